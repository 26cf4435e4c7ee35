using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Execution;

/// <summary>Runs that are left before their end, and taken up again.</summary>
public sealed class Leaving
{
    [Theory]
    [InlineData("each-item")]
    [InlineData("item-batches")]
    public async Task A_drained_run_finishes_its_batch_and_is_taken_up_at_its_cursor(string job)
    {
        await using var bench = new Workbench(Item.TableOf(100));
        bench.Script<Item>().CountTouches();
        using var drain = new CancellationTokenSource();
        var held = await bench.StartAsync(job, batchSize: 8);

        var left = await bench.Engine().ExecuteAsync(held, progress => CancelAfter(drain, progress, 3), drain.Token, default);

        Assert.Equal((RunStatus.Running, null, 24, null), (left.Status, left.Owner, left.Counters.Scanned, left.FinishedAt));
        Assert.Equal(24, bench.Ask<long>("SELECT sum(revision) FROM items"));

        var again = await bench.StartAsync(job, batchSize: 8);
        var run = await bench.ExecuteAsync(again);

        Assert.True(again.TakenUp);
        Assert.Equal((left.Id, left.Epoch + 1), (again.Run.Id, again.Run.Epoch));
        Assert.Equal((RunStatus.Completed, 100, 100, 13), (run.Status, run.Counters.Scanned, run.Counters.Processed, run.Counters.Batches));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
        Assert.Equal(Enumerable.Range(1, 13).Select(i => (long)i), (await bench.BatchesAsync(run)).Select(batch => batch.Number));
    }

    [Fact]
    public async Task A_run_that_is_aborted_in_the_middle_of_a_batch_rolls_it_back()
    {
        await using var bench = new Workbench(Item.TableOf(30));
        using var abort = new CancellationTokenSource();
        var script = bench.Script<Item>();
        script.Batch = async (batch, cancellationToken) =>
        {
            var count = await batch.UpdateAsync($"revision = revision + 1", cancellationToken);
            if (batch.From?.ToString() == "10") await abort.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return count;
        };

        var left = await bench.RunAsync("item-batches", batchSize: 10, abort: abort.Token);

        Assert.Equal((RunStatus.Running, null, null, 10), (left.Status, left.Owner, left.Error, left.Counters.Scanned));
        Assert.Equal(10, bench.Ask<long>("SELECT sum(revision) FROM items"));

        script.CountTouches();
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("item-batches", batchSize: 10)).Status);
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Fact]
    public async Task Rows_that_come_one_by_one_are_aborted_between_two_of_them()
    {
        await using var bench = new Workbench(Item.TableOf(30));
        using var abort = new CancellationTokenSource();
        var met = 0;
        bench.Script<Item>().Element = (item, changes) =>
        {
            met++;
            changes.Update(item with { Revision = 1 });
            if (item.Id == 15) abort.Cancel();
        };

        var left = await bench.RunAsync("each-item", batchSize: 10, abort: abort.Token);

        Assert.Equal((RunStatus.Running, 15, 10), (left.Status, met, left.Counters.Scanned));
        Assert.Equal(10, bench.Ask<long>("SELECT sum(revision) FROM items"));
    }

    [Fact]
    public async Task A_run_that_is_drained_before_it_began_does_nothing()
    {
        await using var bench = new Workbench(Item.TableOf(30));
        bench.Script<Item>().CountTouches();

        var left = await bench.RunAsync("each-item", drain: new CancellationToken(canceled: true));

        Assert.Equal((RunStatus.Running, 0), (left.Status, left.Counters.Scanned));
        Assert.Equal(0, bench.Ask<long>("SELECT sum(revision) FROM items"));
    }

    [Fact]
    public async Task The_time_of_all_workers_adds_up()
    {
        await using var bench = new Workbench(Item.TableOf(30));
        var time = new Drip.Tests.Time.ManualTimeProvider();
        bench.Time = time;
        bench.Script<Item>().Element = (_, _) => time.Advance(TimeSpan.FromSeconds(1));
        using var drain = new CancellationTokenSource();
        await bench.Engine().ExecuteAsync(await bench.StartAsync("each-item", batchSize: 10), progress => CancelAfter(drain, progress, 1), drain.Token, default);
        time.Advance(TimeSpan.FromHours(1));

        var run = await bench.RunAsync("each-item", batchSize: 10);

        Assert.Equal(TimeSpan.FromSeconds(30), run.Counters.Active);
    }

    private static void CancelAfter(CancellationTokenSource source, RunProgress progress, long batches)
    {
        if (progress.Counters.Batches == batches) source.Cancel();
    }
}
