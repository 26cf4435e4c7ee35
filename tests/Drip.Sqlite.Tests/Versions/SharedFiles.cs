using Drip.Producers.Versions;
using Drip.Sqlite.Tests.Versions.Harness;
using Drip.Sqlite.Versions;
using Drip.Tests.Time;

namespace Drip.Sqlite.Tests.Versions;

public sealed class SharedFiles
{
    [Fact]
    public async Task Several_runs_write_to_one_file_at_the_same_time_while_it_is_read()
    {
        await using var bench = new VersionBench(new VersionSettings { SnapshotFloor = 500, GroupSize = 5 });
        WrittenRun[] runs = [.. Enumerable.Range(0, 4).Select(run => bench.Begin($"run {run}"))];
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var reads = 0;
            while (!stop.IsCancellationRequested)
            {
                foreach (var run in bench.Storage.List(bench.Directory).Where(run => run.Versions > 0))
                {
                    using var reader = bench.Storage.Open(bench.Directory, run.Run, Plans.Crawl);
                    var count = reader.Count;
                    Assert.True(count >= run.Versions);
                    Assert.Equal(count, reader.List(0, count).Count());
                    Assert.NotEmpty(reader.Load(count - 1));
                    reads++;
                }
            }

            return reads;
        });

        await Task.WhenAll(runs.Select((run, seed) => Task.Run(async () =>
        {
            var changes = new RandomChanges(seed + 50);
            for (var version = 0; version < 150; version++) run.Append(changes.Next(run));
            await run.Log.EndAsync(StepOutcome.Succeeded);
        })));
        await stop.CancelAsync();

        Assert.True(await reading > 0);
        Assert.All(runs, run =>
        {
            using var reader = bench.Open(run.Name);
            Assert.Equal(run.States[^1], reader.Load(149));
            Assert.Equal(run.States[70], reader.Load(70));
        });
    }

    [Fact]
    public async Task Runs_are_listed_with_how_they_began_and_ended()
    {
        await using var bench = new VersionBench();
        var time = new SteppedTimeProvider();
        Assert.Empty(bench.Storage.List(Path.Combine(bench.Directory, "nowhere")));
        Assert.Empty(bench.Storage.List(bench.Directory));
        var begun = time.GetUtcNow();
        var first = bench.Begin("first", time: time);
        for (var version = 0; version < 5; version++) first.Append();
        time.Advance(TimeSpan.FromMinutes(1));
        await first.Log.EndAsync(StepOutcome.Stalled);
        var branch = bench.Branch(first, 2, "branch");

        Assert.Equal(
            [
                new VersionRun("first", "crawl", null, 5, begun, begun.AddMinutes(1), StepOutcome.Stalled),
                new VersionRun("branch", "crawl", new VersionOrigin("first", 2), 3, bench.Storage.List(bench.Directory)[1].BegunAt, null, null),
            ], bench.Storage.List(bench.Directory));
        Assert.Equal(3, branch.Log.Reader.Count);
        branch.Append();
        Assert.Equal((4, 4), (branch.Log.Reader.Count, branch.Log.Reader.Run.Versions));
        branch.Log.Reader.Dispose();
    }

    [Fact]
    public async Task A_branch_of_a_run_in_another_directory_is_refused()
    {
        await using var bench = new VersionBench();
        await using var other = new VersionBench();
        var run = other.Begin("other");
        run.Append();
        await run.Log.FlushAsync();

        var error = Assert.Throws<DripException>(() => bench.Branch(run, 0, "branch"));

        Assert.Equal((DripErrorKind.Usage, "parent-elsewhere"), (error.Kind, error.Code));
        Assert.Empty(bench.Storage.List(bench.Directory));
    }

    [Fact]
    public async Task What_is_not_there_is_said_to_be_missing()
    {
        await using var bench = new VersionBench();
        Assert.Equal("unknown-run", Assert.Throws<DripException>(() => bench.Open()).Code);
        var run = bench.Begin();
        for (var version = 0; version < 3; version++) run.Append();
        await run.Log.FlushAsync();

        Assert.Equal("run-exists", Assert.Throws<DripException>(() => bench.Begin()).Code);
        Assert.Equal("Did you mean first? Else check the directory.", Assert.Throws<DripException>(() => bench.Open("frist")).Remedy);
        var reader = (VersionReader)bench.Open();
        Action[] acts =
        [
            () => reader.Load(3), () => reader.Read(-1), () => reader.Changes(0, 3), () => reader.Weigh(3), () => bench.Storage.Begin(new NewVersionLog(
                Plans.Crawl, "later", bench.Directory, new VersionOrigin("first", 3), Durability.Group, TimeProvider.System, () => throw new InvalidOperationException())),
        ];
        Assert.All(acts, act => Assert.Equal("The run first has no version", Assert.Throws<DripException>(act).Message[..28]));

        Assert.Empty(reader.List(3, 10));
        Assert.Empty(reader.Changes(1, 1));
    }
}
