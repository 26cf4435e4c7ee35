using Drip.Generated;
using Drip.Producers.Versions;
using Drip.Runtime.Tests.Producers.Harness;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Tests.Producers;

/// <summary>Runs that die at each write of their log, are gone on with, die again, and end as a run that nobody disturbed.</summary>
public sealed class CrashedRuns : IDisposable
{
    private const int Seeds = 4;

    private readonly string _directory = Directory.CreateTempSubdirectory("drip-crashed-").FullName;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, Seeds)];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory, MemberData(nameof(Numbers))]
    public async Task Whatever_write_is_the_last_one_the_end_is_the_same(int seed)
    {
        var control = Work(seed).Make();
        Assert.True((await control.RunAsync(Items(seed))).Succeeded);
        var expected = Told(control.Store);

        for (var writes = 0; writes < control.History.Count; writes++)
        {
            var folder = Path.Combine(_directory, $"{seed}-{writes}");
            var ended = await GoOnUntilItEndsAsync(seed, folder, writes);

            Assert.True(expected.SequenceEqual(Told(ended)), $"seed {seed}, {writes} writes");
        }
    }

    // Each life writes as many versions as it may and one more, so that every one comes further.
    private static async Task<RecordStore> GoOnUntilItEndsAsync(int seed, string folder, int writes)
    {
        ProducerVersion? from = null;
        for (var life = 0; ; life++)
        {
            var options = new ProducerOptions { Directory = folder, Synchronous = (seed + life) % 2 == 0 };
            var storage = new DyingStorage(writes + life);
            var producer = from is null ? new ProducerUnderTest(Work(seed).Code(), options, storage) : new ProducerUnderTest(Work(seed).Code(), from, options, storage);
            try
            {
                var result = from is null ? await producer.RunAsync(Items(seed)) : await producer.RunAsync();
                Assert.True(result.Succeeded, $"seed {seed}, {writes} writes, life {life}");
                AssertEachStepSucceededOnce(producer.History, $"seed {seed}, {writes} writes, life {life}");
                return producer.History[^1].Store;
            }
            catch (DripException death) when (death.Code == DyingStorage.Code)
            {
                var history = ProducerHistory.Open(SqliteVersions.Storage, folder, producer.Run, Work(seed).Code().Plan);
                if (history.Count > 0) from = history[^1];
            }
        }
    }

    private static void AssertEachStepSucceededOnce(ProducerHistory history, string when)
    {
        var steps = history.Where(version => version.Kind == "step").Select(version => $"{version.Pipeline}/{version.Step}/{version.Record}").ToList();
        Assert.True(steps.Count == steps.Distinct().Count(), when);
    }

    // What is written depends on what was read, so that a step which ran twice, or too early, or not at all, shows.
    private static Plans Work(int seed)
    {
        var random = new Random(seed);
        var (width, layers) = (random.Next(1, 4), random.Next(1, 4));
        return new Plans()
            .Each("Records", steps => steps
                .Step("Mark", call => call.Changes.Update(call.Record with { Status = call.Record.Status + "!", Hits = call.Record.Hits + 1 }))
                .Step("Tag", call => call.Changes.Create(new Tag($"tag {call.Record.Id}", call.Record.Status))), concurrency: seed % 3)
            .Pipeline("Layers", steps =>
            {
                for (var step = 0; step < layers * width; step++)
                {
                    var number = step;
                    string[] after = step < width ? [] : [.. Enumerable.Range(step / width * width - width, width).Select(before => $"S{before}")];
                    steps.StepAsync($"S{number}", async call =>
                    {
                        if (number % 2 == 0) await Task.Yield();
                        var sum = call.Store.Find<Item>(1)!;
                        call.Changes.Update(sum with { Hits = sum.Hits + 10 + number });
                    }, after);
                }
            })
            .Pipeline("Last", steps => steps
                .Step("Count", call => call.Changes.Create(new Tag("count", $"{call.Store.All<Tag>().Count}"))),
                open: call => call.Store.All<Tag>().Count == Items(seed).Length, reads: [1]);
    }

    private static Item[] Items(int seed) => [.. Enumerable.Range(1, 2 + seed).Select(id => new Item(id, $"item {id}"))];

    private static List<string> Told(RecordStore store) =>
        [.. store.All<Item>().Select(item => item.ToString()).Concat(store.All<Tag>().Select(tag => tag.ToString())).Order(StringComparer.Ordinal)];

    /// <summary>A storage whose log takes so many versions and then dies.</summary>
    private sealed class DyingStorage(int writes) : VersionStorage
    {
        public const string Code = "died";

        internal override IVersionLog Begin(NewVersionLog run) => new Log(SqliteVersions.Storage.Begin(run), writes);

        internal override IReadOnlyList<VersionRun> List(string directory) => SqliteVersions.Storage.List(directory);

        internal override IVersionReader Open(string directory, string run, ProducerPlan plan) => SqliteVersions.Storage.Open(directory, run, plan);

        private sealed class Log(IVersionLog log, int writes) : IVersionLog
        {
            private int _left = writes;

            public IVersionReader Reader => log.Reader;

            public void Append(Version version)
            {
                if (_left-- <= 0) throw new DripException(DripErrorKind.Store, Code, "The process died.", "Go on from the last version.");
                log.Append(version);
            }

            public ValueTask FlushAsync() => log.FlushAsync();

            // A process that is dead does not say how its run ended.
            public ValueTask EndAsync(StepOutcome outcome) => _left < 0 ? ValueTask.CompletedTask : log.EndAsync(outcome);

            public ValueTask DisposeAsync() => log.DisposeAsync();
        }
    }
}
