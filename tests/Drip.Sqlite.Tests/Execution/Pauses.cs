using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Tests.Time;

namespace Drip.Sqlite.Tests.Execution;

public sealed class Pauses
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(25, null, 2)]
    [InlineData(30, null, 2)]
    [InlineData(10, null, 0)]
    [InlineData(0, null, 0)]
    [InlineData(30, 20, 1)]
    [InlineData(30, 15, 1)]
    public async Task A_run_sleeps_between_batches_and_not_behind_the_last(int rows, int? limit, int pauses)
    {
        await using var bench = new Workbench(Item.TableOf(rows));
        var time = new ManualTimeProvider { SkipsWaitsUpTo = TimeSpan.FromMinutes(1) };
        bench.Time = time;
        bench.Script<Item>().CountTouches();

        var run = await bench.RunAsync("each-item", batchSize: 10, limit, Pause);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(Enumerable.Repeat(Look, 5 * pauses), time.Waits);
        Assert.Equal(pauses * Pause, run.Counters.Active);
        Assert.Equal(Math.Min(rows, limit ?? rows), bench.Ask<long>("SELECT coalesce(sum(revision), 0) FROM items"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_is_told_to_leave_wakes_up(bool drains)
    {
        await using var bench = new Workbench(Item.TableOf(30));
        using var leave = new CancellationTokenSource();
        bench.Time = new ManualTimeProvider { Waiting = wait => { if (wait == Look) leave.Cancel(); } };
        var held = await bench.StartAsync("each-item", batchSize: 10, sleep: Pause);

        var run = await bench.ExecuteAsync(held, drains ? leave.Token : default, drains ? default : leave.Token);

        Assert.Equal((RunStatus.Running, null, 10), (run.Status, run.Owner, run.Counters.Scanned));
    }
}
