using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Store;
using Drip.Tests.Time;

namespace Drip.Sqlite.Tests.Execution;

public sealed class LockedDatabases
{
    private static readonly SqliteSettings Impatient = new() { BusyTimeout = TimeSpan.FromMilliseconds(10), SynchronousNormal = true };

    [Fact]
    public async Task A_batch_that_meets_a_lock_is_tried_again_until_the_lock_is_gone()
    {
        await using var bench = new Workbench(Item.TableOf(30), Impatient) { Store = new InMemoryStore() };
        bench.Script<Item>().CountTouches();
        var other = bench.Connect();
        bench.Time = new ManualTimeProvider { SkipsWaitsUpTo = TimeSpan.FromSeconds(10), Skipping = _ => other.Dispose() };

        var run = await bench.Engine().ExecuteAsync(await bench.StartAsync("each-item", batchSize: 10), progress =>
        {
            if (progress.Counters.Batches == 1) other.BeginTransaction(deferred: false);
        }, default, default);

        Assert.Equal((RunStatus.Completed, 30, 3), (run.Status, run.Counters.Scanned, run.Counters.Batches));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
        Assert.Single(((ManualTimeProvider)bench.Time).Waits);
    }

    [Fact]
    public async Task A_lock_that_stays_ends_the_work_and_leaves_the_run_to_be_taken_up()
    {
        await using var bench = new Workbench(Item.TableOf(30), Impatient) { Store = new InMemoryStore() };
        bench.Script<Item>().CountTouches();
        var time = new ManualTimeProvider { SkipsWaitsUpTo = TimeSpan.FromSeconds(10) };
        bench.Time = time;
        var other = bench.Connect();

        var error = await Assert.ThrowsAsync<DripException>(async () => await bench.Engine().ExecuteAsync(await bench.StartAsync("each-item", batchSize: 10), progress =>
        {
            if (progress.Counters.Batches == 1) other.BeginTransaction(deferred: false);
        }, default, default));
        other.Dispose();

        Assert.Equal((DripErrorKind.Busy, "database-locked"), (error.Kind, error.Code));
        Assert.Contains("data.db", error.Message);
        Assert.Equal(4, time.Waits.Count);
        var left = Assert.Single(await bench.Store.ListAsync(new RunFilter()));
        Assert.Equal((RunStatus.Running, null, 10), (left.Status, left.Owner, left.Counters.Scanned));

        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("each-item", batchSize: 10)).Status);
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }
}
