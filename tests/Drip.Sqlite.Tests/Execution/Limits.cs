using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Execution;

public sealed class Limits
{
    [Theory]
    [InlineData("each-item", 3, 10, 3, 1)]
    [InlineData("each-item", 10, 10, 10, 1)]
    [InlineData("each-item", 25, 10, 25, 3)]
    [InlineData("each-item", 30, 10, 30, 3)]
    [InlineData("each-item", 95, 100, 95, 1)]
    [InlineData("each-item", 100, 100, 100, 1)]
    [InlineData("each-item", 1000, 30, 100, 4)]
    [InlineData("each-item", 0, 30, 0, 0)]
    [InlineData("item-batches", 3, 10, 3, 1)]
    [InlineData("item-batches", 25, 10, 25, 3)]
    [InlineData("item-batches", 30, 10, 30, 3)]
    [InlineData("item-batches", 1000, 30, 100, 4)]
    public async Task A_limit_is_the_most_rows_that_are_scanned(string job, long limit, int batchSize, int rows, int batches)
    {
        await using var bench = new Workbench(Item.TableOf(100));
        bench.Script<Item>().CountTouches();

        var run = await bench.RunAsync(job, batchSize, limit);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal((rows, rows, batches, (long?)rows), (run.Counters.Scanned, run.Counters.Processed, run.Counters.Batches, run.Counters.Total));
        Assert.Equal(rows, bench.Ask<long>("SELECT count(*) FROM items WHERE revision = 1"));
        Assert.Equal(rows, bench.Ask<long>("SELECT coalesce(max(id), 0) FROM items WHERE revision = 1"));
    }

    [Fact]
    public async Task A_limit_counts_what_was_done_before_the_run_was_taken_up()
    {
        await using var bench = new Workbench(Item.TableOf(100));
        bench.Script<Item>().CountTouches();
        using var drain = new CancellationTokenSource();
        var held = await bench.StartAsync("each-item", batchSize: 10, limit: 35);
        await bench.Engine().ExecuteAsync(held, progress => Drain(drain, progress.Counters.Batches == 2), drain.Token, default);

        var run = await bench.RunAsync("each-item", batchSize: 10, limit: 35);

        Assert.Equal(held.Run.Id, run.Id);
        Assert.Equal((35, 4), (run.Counters.Scanned, run.Counters.Batches));
        Assert.Equal(35, bench.Ask<long>("SELECT sum(revision) FROM items"));
    }

    [Fact]
    public async Task An_empty_scope_completes_at_once_with_nothing()
    {
        await using var bench = new Workbench(Item.Table);

        var run = await bench.RunAsync("each-item");

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal((0, 0, 0, (long?)0), (run.Counters.Scanned, run.Counters.Processed, run.Counters.Batches, run.Counters.Total));
        Assert.Empty(await bench.BatchesAsync(run));
        Assert.NotNull(run.FinishedAt);
    }

    [Fact]
    public async Task Batches_say_where_they_began_and_ended()
    {
        await using var bench = new Workbench(Item.TableOf(5));

        var batches = await bench.BatchesAsync(await bench.RunAsync("each-item", batchSize: 2));

        Assert.Equal([(1, null, "2", 2), (2, "2", "4", 2), (3, "4", "5", 1)], batches.Select(batch => (batch.Number, batch.From, batch.To, batch.Size)));
        Assert.All(batches, batch => Assert.Equal(RunStatus.Completed, batch.Status));
    }

    private static void Drain(CancellationTokenSource drain, bool now)
    {
        if (now) drain.Cancel();
    }
}
