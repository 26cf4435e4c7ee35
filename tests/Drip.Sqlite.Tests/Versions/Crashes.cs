using Drip.Producers.Versions;
using Drip.Sqlite.Tests.Versions.Harness;
using Drip.Sqlite.Versions;

namespace Drip.Sqlite.Tests.Versions;

public sealed class Crashes
{
    // Snapshots in several pieces, and versions in several parts.
    private static readonly VersionSettings Small = new() { SnapshotFloor = 300, PieceSize = 400, PartSize = 100, GroupSize = 3 };

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Wherever_the_log_is_cut_off_the_file_holds_the_first_versions_whole(int seed)
    {
        await using var bench = new VersionBench(Small);
        var run = bench.Begin();
        var changes = new RandomChanges(seed);
        var lengths = new List<long> { new FileInfo(bench.File + "-wal").Length };
        for (var version = 0; version < 40; version++)
        {
            run.Append(changes.Next(run));
            if (version % 3 == 0) await run.Log.FlushAsync();
            lengths.Add(new FileInfo(bench.File + "-wal").Length);
        }

        await run.Log.FlushAsync();
        Assert.True(run.Snapshots > 0);
        var whole = new FileInfo(bench.File + "-wal").Length;
        var (last, seen) = (0L, new HashSet<long>());

        // Every page that was written, and a place within it.
        for (var length = lengths[0]; length <= whole; length += (length - 32) % 4120 == 0 ? 2000 : 2120)
        {
            var copy = bench.Copy(length);
            Assert.Equal("first", Assert.Single(bench.Storage.List(copy)).Run);
            using (var reader = bench.Open(directory: copy))
            {
                Assert.True(reader.Count >= last);
                last = reader.Count;
                seen.Add(last);
                if (last > 0)
                {
                    Assert.Equal(run.States[(int)last - 1], reader.Load(last - 1));
                    Assert.Equal(run.Versions.Take((int)last).Sum(version => version.Changes.Length), reader.Changes(-1, last - 1).Count());
                }
            }

            Directory.Delete(copy, recursive: true);
        }

        Assert.Equal(run.Versions.Count, last);
        Assert.True(seen.Count > 13);
    }

    [Fact]
    public async Task A_run_whose_process_died_has_no_end_and_can_be_gone_on_from()
    {
        await using var bench = new VersionBench();
        var run = bench.Begin();
        var changes = new RandomChanges(3);
        for (var version = 0; version < 20; version++) run.Append(changes.Next(run));
        await run.Log.FlushAsync();
        var copy = bench.Copy();

        var dead = Assert.Single(bench.Storage.List(copy));
        Assert.Equal((20, null, null), (dead.Versions, dead.EndedAt, dead.Outcome));
        var log = bench.Storage.Begin(new NewVersionLog(Plans.Crawl, "next", copy, new VersionOrigin("first", 19), Durability.Relaxed, TimeProvider.System,
            () => throw new InvalidOperationException("No snapshot is due.")));
        log.Append(run.Versions[19] with { Number = 20, Changes = [] });
        await log.EndAsync(StepOutcome.Succeeded);

        Assert.Equal(run.States[19], log.Reader.Load(20));
        log.Reader.Dispose();
        await log.DisposeAsync();
    }
}
