using Drip.Data;
using Drip.Jobs;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Isolation;

/// <summary>What becomes of quarantined rows: tried again, settled, skipped.</summary>
public sealed class RetriedRows
{
    [Theory]
    [InlineData("each-fragile-item")]
    [InlineData("fragile-item-batches")]
    public async Task Rows_that_were_mended_are_done_by_a_retry_and_nothing_else_is_touched(string job)
    {
        await using var bench = new Workbench(Item.TableOf(100));
        bench.Script<Item>().Throw([5, 50, 100]);
        var first = await bench.RunAsync(job, batchSize: 30);
        Assert.Equal((RunStatus.Completed, 3), (first.Status, first.Counters.Quarantined));
        bench.Script<Item>().Throw([]);

        var run = await RetryAsync(bench, first);

        Assert.Equal((first.Id, RunStatus.Completed, 100, 100, 0), (run.Id, run.Status, run.Counters.Scanned, run.Counters.Processed, run.Counters.Quarantined));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
        Assert.Empty(await bench.Engine().ListQuarantineAsync(run.Id));
    }

    [Fact]
    public async Task A_row_that_fails_again_stays_with_its_new_error_and_one_attempt_more()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        bench.Script<Item>().Throw([3, 4]);
        var first = await bench.RunAsync("each-fragile-item");
        bench.Script<Item>().Element = (item, changes) =>
        {
            if (item.Id == 4) throw new ArgumentException("Still not.");
            changes.Update(item with { Revision = 1 });
        };

        var run = await RetryAsync(bench, first);

        Assert.Equal((RunStatus.Completed, 1), (run.Status, run.Counters.Quarantined));
        var row = Assert.Single(await bench.Engine().ListQuarantineAsync(run.Id));
        Assert.Equal(("4", "Still not.", 2, QuarantineState.Open), (row.Key.ToString(), row.Error.Message, row.Attempts, row.State));
        Assert.Equal(9, bench.Ask<long>("SELECT sum(revision) FROM items"));
    }

    [Fact]
    public async Task A_row_that_was_taken_out_of_the_scope_needs_no_retry()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        bench.Script<Item>().Scope = () => Item.Where($"name <> 'done'");
        bench.Script<Item>().Throw([3]);
        var first = await bench.RunAsync("each-fragile-item");
        bench.Execute("UPDATE items SET name = 'done' WHERE id = 3");

        var run = await RetryAsync(bench, first);

        Assert.Equal((RunStatus.Completed, 0, 9), (run.Status, run.Counters.Quarantined, run.Counters.Processed));
        Assert.Equal(0, bench.Ask<int>("SELECT revision FROM items WHERE id = 3"));
    }

    [Fact]
    public async Task A_run_that_a_row_failed_goes_on_behind_it_once_the_row_was_skipped()
    {
        await using var bench = new Workbench(Item.TableOf(50));
        bench.Script<Item>().Throw([14]);
        var failed = await bench.RunAsync("each-item", batchSize: 10);
        var row = Assert.Single(await bench.Engine().ListQuarantineAsync(failed.Id));

        Assert.True(await bench.Engine().SkipAsync(row, "ann"));
        Assert.False(await bench.Engine().SkipAsync(row, "ann"));
        var run = await RetryAsync(bench, failed);

        Assert.Equal((RunStatus.Completed, 50, 49, 0), (run.Status, run.Counters.Scanned, run.Counters.Processed, run.Counters.Quarantined));
        Assert.Equal([14], bench.List<long>("SELECT id FROM items WHERE revision <> 1"));
        Assert.Contains((await bench.Store.ListEventsAsync(run.Id)), happened => (happened.Kind, happened.Who, happened.Detail) == (RunEventKind.Skipped, "ann", "14"));
    }

    [Fact]
    public async Task A_run_that_still_fails_at_its_row_fails_again()
    {
        await using var bench = new Workbench(Item.TableOf(50));
        bench.Script<Item>().Throw([14]);
        var failed = await bench.RunAsync("each-item", batchSize: 10);

        var run = await RetryAsync(bench, failed);

        Assert.Equal((RunStatus.Failed, "14", 20), (run.Status, run.Error!.Element, run.Counters.Scanned));
    }

    [Fact]
    public async Task A_completed_run_without_quarantined_rows_has_nothing_to_retry()
    {
        await using var bench = new Workbench(Item.TableOf(5));
        var run = await bench.RunAsync("each-fragile-item");

        var error = await Assert.ThrowsAsync<DripException>(() => RetryAsync(bench, run));

        Assert.Equal("wrong-status", error.Code);
    }

    [Fact]
    public async Task A_run_that_was_left_while_rows_were_tried_again_goes_on_with_the_others()
    {
        await using var bench = new Workbench(Item.TableOf(300));
        bench.Script<Item>().Throw([.. Enumerable.Range(1, 250).Select(id => (long)id)]);
        var first = await bench.RunAsync("each-fragile-item", batchSize: 300);
        bench.Script<Item>().Throw([]);
        using var drain = new CancellationTokenSource();
        var held = await bench.Engine().TakeAsync(new TakeRequest(first.Id, TakeKind.Retry));
        var left = await bench.Engine().ExecuteAsync(held, progress =>
        {
            if (progress.Counters.Quarantined == 150) drain.Cancel();
        }, drain.Token, default);
        Assert.Equal((RunStatus.Running, 150), (left.Status, bench.Ask<long>("SELECT sum(revision) FROM items")));

        var run = await bench.RunAsync("each-fragile-item", batchSize: 300);

        Assert.Equal((first.Id, RunStatus.Completed, 300), (run.Id, run.Status, run.Counters.Processed));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    private static async Task<Run> RetryAsync(Workbench bench, Run run) =>
        await bench.ExecuteAsync(await bench.Engine().TakeAsync(new TakeRequest(run.Id, TakeKind.Retry)));
}
