using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Store;

namespace Drip.Sqlite.Tests.Execution;

/// <summary>Who may work on a run, and what becomes of a worker that lost it.</summary>
public sealed class TakingOver
{
    private static readonly string Dead = (WorkerIdentity.Current with { ProcessId = int.MaxValue }).ToString();

    [Fact]
    public async Task A_run_whose_worker_lives_is_refused_and_named()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        var held = await bench.StartAsync("each-item");

        var error = await Assert.ThrowsAsync<DripException>(() => bench.StartAsync("each-item"));

        Assert.Equal((DripErrorKind.Busy, "already-running"), (error.Kind, error.Code));
        Assert.Contains(held.Run.Id, error.Message);
        Assert.Contains($"process {Environment.ProcessId}", error.Message);
    }

    [Fact]
    public async Task Another_job_and_another_limit_are_other_runs()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        await bench.StartAsync("each-item");

        await bench.StartAsync("each-item", limit: 5);
        await bench.StartAsync("item-batches");

        Assert.Equal(3, (await bench.Store.ListAsync(new RunFilter())).Count);
    }

    [Fact]
    public async Task A_run_whose_worker_died_is_taken_up()
    {
        await using var bench = new Workbench(Item.TableOf(30));
        bench.Script<Item>().CountTouches();
        using var drain = new CancellationTokenSource();
        await bench.Engine().ExecuteAsync(await bench.StartAsync("each-item", batchSize: 10), progress =>
        {
            if (progress.Counters.Batches == 2) drain.Cancel();
        }, drain.Token, default);
        bench.Execute("UPDATE drip_run SET owner = @Dead", new { Dead });

        var held = await bench.StartAsync("each-item", batchSize: 10);
        var run = await bench.ExecuteAsync(held);

        Assert.True(held.TakenUp);
        Assert.Equal((RunStatus.Completed, 30, 3), (run.Status, run.Counters.Scanned, run.Counters.Batches));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Theory]
    [InlineData("UPDATE drip_cursor SET epoch = epoch + 1")]
    [InlineData("UPDATE drip_run SET epoch = epoch + 1")]
    [InlineData("UPDATE drip_cursor SET epoch = epoch + 1; UPDATE drip_run SET epoch = epoch + 1")]
    public async Task A_worker_that_was_fenced_off_changes_nothing_more_and_leaves(string fence)
    {
        await using var bench = new Workbench(Item.TableOf(50));
        bench.Script<Item>().CountTouches();
        var held = await bench.StartAsync("each-item", batchSize: 10);

        var error = await Assert.ThrowsAsync<DripException>(() => bench.Engine().ExecuteAsync(held, progress =>
        {
            if (progress.Counters.Batches == 2) bench.Execute(fence);
        }, default, default));

        Assert.Equal((DripErrorKind.Busy, "lease-lost"), (error.Kind, error.Code));
        Assert.Equal(20, bench.Ask<long>("SELECT sum(revision) FROM items"));
        Assert.Equal(2, bench.Ask<long>("SELECT batches FROM drip_cursor"));
        Assert.Equal(("running", null), bench.List<(string, string?)>("SELECT status, error_type FROM drip_run").Single());
    }

    [Fact]
    public async Task A_worker_that_was_overtaken_leaves_the_run_to_the_other()
    {
        await using var bench = new Workbench(Item.TableOf(50));
        bench.Script<Item>().CountTouches();
        var slow = await bench.StartAsync("each-item", batchSize: 10);
        Run? other = null;

        await Assert.ThrowsAsync<DripException>(() => bench.Engine().ExecuteAsync(slow, progress =>
        {
            if (progress.Counters.Batches != 2) return;
            bench.Execute("UPDATE drip_run SET owner = @Dead", new { Dead });
            other = bench.RunAsync("each-item", batchSize: 10).GetAwaiter().GetResult();
        }, default, default));

        Assert.Equal((slow.Run.Id, RunStatus.Completed, 50), (other!.Id, other.Status, other.Counters.Scanned));
        Assert.Equal(RunStatus.Completed, (await bench.Store.FindAsync(other.Id))!.Status);
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }
}
