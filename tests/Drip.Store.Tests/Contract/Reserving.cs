using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

/// <summary>The rate of a run, which all of its workers keep together.</summary>
public abstract partial class RunStoreContract
{
    [Fact]
    public async Task A_run_keeps_its_rate()
    {
        var run = ARun() with { Rate = 0.1 };

        await Store.CreateAsync(run);

        Assert.Equal(0.1, (await Store.FindAsync(run.Id))!.Rate);
        Assert.Equal(0.1, (await Store.ListAsync(new RunFilter())).Single().Rate);
    }

    [Fact]
    public async Task Reservations_follow_each_other_and_the_first_begins_at_once()
    {
        await Store.CreateAsync(ARun());

        Assert.Equal(Begin, await ReserveAsync(rows: 100, at: 0));
        Assert.Equal(Begin.AddSeconds(2), await ReserveAsync(rows: 100, at: 0));
        Assert.Equal(Begin.AddSeconds(4), await ReserveAsync(rows: 50, at: 1));
        Assert.Equal(Begin.AddSeconds(5), await ReserveAsync(rows: 50, at: 4.5));
    }

    [Fact]
    public async Task Time_that_nobody_used_is_not_saved_up()
    {
        await Store.CreateAsync(ARun());
        await ReserveAsync(rows: 100, at: 0);

        Assert.Equal(Begin.AddSeconds(60), await ReserveAsync(rows: 100, at: 60));
        Assert.Equal(Begin.AddSeconds(62), await ReserveAsync(rows: 100, at: 60));
    }

    [Fact]
    public async Task Each_run_has_its_own_time()
    {
        await Store.CreateAsync(ADistinctRun(1));
        await Store.CreateAsync(ADistinctRun(2));
        await Store.ReserveAsync(Id(1), 1000, 50, Begin);

        Assert.Equal(Begin, await Store.ReserveAsync(Id(2), 1000, 50, Begin));
    }

    [Fact]
    public async Task Workers_that_reserve_at_the_same_time_get_a_time_each()
    {
        await Store.CreateAsync(ARun());

        var times = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => ReserveAsync(rows: 50, at: 0))));

        Assert.Equal(Enumerable.Range(0, 12).Select(second => Begin.AddSeconds(second)), times.Order());
    }

    [Fact]
    public async Task What_was_reserved_before_a_clock_was_set_back_is_forgotten()
    {
        await Store.CreateAsync(ARun());
        await ReserveAsync(rows: 1, at: 3600);

        Assert.Equal(Begin, await ReserveAsync(rows: 1, at: 0));
        Assert.Equal(Begin.AddMilliseconds(20), await ReserveAsync(rows: 1, at: 0));
    }

    [Fact]
    public async Task A_reservation_changes_nothing_else_of_a_run_even_of_one_that_is_over()
    {
        var run = ARun(status: RunStatus.Completed) with { FinishedAt = Begin };
        await Store.CreateAsync(run);

        await ReserveAsync(rows: 100, at: 0);

        Assert.Equal(run, await Store.FindAsync(run.Id));
    }

    // Whole microseconds, which every store keeps.
    private static DateTimeOffset Begin => new(2030, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private async Task<DateTimeOffset> ReserveAsync(int rows, double at) => await Store.ReserveAsync("run0000001", rows, perSecond: 50, Begin.AddSeconds(at));
}
