using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Execution;

public sealed class Totals
{
    [Theory]
    [InlineData(null, 100)]
    [InlineData(30L, 30)]
    [InlineData(1000L, 100)]
    public async Task The_total_is_counted_beside_the_work_and_never_changes_while_the_scope_shrinks(long? limit, long total)
    {
        await using var bench = new Workbench(Item.TableOf(100));
        var script = bench.Script<Item>().CountTouches();
        script.Scope = () => Item.Where($"revision = 0");

        var run = await bench.RunAsync("each-item", batchSize: 5, limit);

        Assert.All(bench.Progress, progress => Assert.True(progress.Counters.Total is null || progress.Counters.Total == total, $"{progress.Counters}"));
        Assert.Equal(total, run.Counters.Total);
    }

    [Fact]
    public async Task The_total_of_a_run_that_was_taken_up_holds_what_was_done_before()
    {
        await using var bench = new Workbench(Item.TableOf(100));
        var script = bench.Script<Item>().CountTouches();
        script.Scope = () => Item.Where($"revision = 0");
        using var drain = new CancellationTokenSource();
        await bench.Engine().ExecuteAsync(await bench.StartAsync("each-item", batchSize: 10), progress =>
        {
            if (progress.Counters.Batches == 4) drain.Cancel();
        }, drain.Token, default);

        var totals = new List<long>();
        await bench.Engine().ExecuteAsync(await bench.StartAsync("each-item", batchSize: 10), progress => totals.AddRange(progress.Counters.Total is { } total ? [total] : []), default, default);

        Assert.All(totals, total => Assert.Equal(100, total));
    }

    [Fact]
    public async Task A_total_that_cannot_be_counted_stays_unknown_and_the_work_goes_on()
    {
        await using var bench = new Workbench(Item.TableOf(100));
        bench.Script<Item>().CountTouches();
        // On this clock the count's patience has run out before it begins.
        bench.Time = new Drip.Tests.Time.ManualTimeProvider { SkipsWaitsUpTo = TimeSpan.FromHours(1) };

        var run = await bench.RunAsync("each-item", batchSize: 50);

        Assert.All(bench.Progress, progress => Assert.Null(progress.Counters.Total));
        Assert.Equal((RunStatus.Completed, 100L), (run.Status, run.Counters.Total));
    }

    [Fact]
    public async Task Progress_is_told_before_the_first_batch_and_after_each()
    {
        await using var bench = new Workbench(Item.TableOf(25));

        await bench.RunAsync("each-item", batchSize: 10);

        Assert.Equal([0, 10, 20, 25], bench.Progress.Select(progress => progress.Counters.Scanned));
        Assert.Equal([0, 1, 2, 3], bench.Progress.Select(progress => progress.Counters.Batches));
    }
}
