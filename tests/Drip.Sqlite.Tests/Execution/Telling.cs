using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Store;
using Drip.Tests.Time;

namespace Drip.Sqlite.Tests.Execution;

/// <summary>The store is told of several batches together; what it does not know yet stands in the cursor.</summary>
public sealed class Telling
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_batches_are_told_together_and_none_is_missing(bool together)
    {
        await using var bench = Bench(500, together);
        var run = await bench.RunAsync("each-item", batchSize: 5, limit: 250);

        Assert.Equal((RunStatus.Completed, 250, 50), (run.Status, run.Counters.Scanned, run.Counters.Batches));
        Assert.Equal(Enumerable.Range(1, 50).Select(number => (long)number), (await bench.BatchesAsync(run)).Select(batch => batch.Number));
        Assert.Equal([(null, "5"), ("5", "10")], (await bench.BatchesAsync(run)).Take(2).Select(batch => (batch.From, batch.To)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batches_that_a_worker_could_not_tell_are_found_in_the_cursor_by_the_next(bool together)
    {
        await using var bench = Bench(100, together);
        var store = bench.Store;
        bench.Store = new HookedStore(store, batch =>
        {
            if (batch.Number > 1) throw new DripException(DripErrorKind.Store, "gone", "The store is gone.", "Bring it back.");
        });
        using var drain = new CancellationTokenSource();
        var held = await bench.StartAsync("each-item", batchSize: 10);

        await Assert.ThrowsAsync<DripException>(() => bench.Engine().ExecuteAsync(held, progress =>
        {
            if (progress.Counters.Batches == 4) drain.Cancel();
        }, drain.Token, default));

        Assert.Equal(4, bench.Ask<long>("SELECT batches FROM drip_cursor"));
        Assert.Equal(3, bench.Ask<long>("SELECT json_array_length(untold) FROM drip_cursor"));
        bench.Store = store;
        Assert.Equal([1], (await bench.BatchesAsync(held.Run)).Select(batch => batch.Number));

        var run = await bench.RunAsync("each-item", batchSize: 10);

        Assert.Equal((held.Run.Id, RunStatus.Completed, 100), (run.Id, run.Status, run.Counters.Scanned));
        var batches = await bench.BatchesAsync(run);
        Assert.Equal(Enumerable.Range(1, 10).Select(number => (long)number), batches.Select(batch => batch.Number));
        Assert.Equal([(null, "10", 10), ("10", "20", 10), ("20", "30", 10), ("30", "40", 10)], batches.Take(4).Select(batch => (batch.From, batch.To, batch.Size)));
        Assert.All(batches, batch => Assert.True(batch.FinishedAt >= batch.StartedAt));
    }

    [Fact]
    public async Task The_store_is_told_at_the_latest_a_quarter_of_a_second_later()
    {
        var time = new ManualTimeProvider();
        await using var bench = Bench(100, together: true);
        bench.Time = time;
        var known = new List<long>();

        await bench.Engine().ExecuteAsync(await bench.StartAsync("each-item", batchSize: 10), _ =>
        {
            known.Add(bench.Ask<long>("SELECT count(*) FROM drip_batch"));
            time.Advance(TimeSpan.FromMilliseconds(125));
        }, default, default);

        Assert.Equal([0, 1, 1, 3, 3, 5, 5, 7, 7, 9, 9], known);
    }

    private static Workbench Bench(int rows, bool together)
    {
        var bench = new Workbench(Item.TableOf(rows)) { Time = new ManualTimeProvider(), TellEvery = null };
        if (!together) bench.Store = new InMemoryStore();
        bench.Script<Item>().CountTouches();
        return bench;
    }
}
