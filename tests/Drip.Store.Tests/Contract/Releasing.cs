using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task Releasing_as_failed_ends_the_run_with_its_counters_and_error()
    {
        await HoldAsync();

        Assert.True(await ReleaseAsync(RunStatus.Failed, error: SomeError));

        Assert.Equal(
            ARun(status: RunStatus.Failed) with { Epoch = 1, StartedAt = Noon, FinishedAt = Noon.AddMinutes(1), Counters = SomeCounters, Error = SomeError },
            await Store.FindAsync("run0000001"));
    }

    [Theory]
    [InlineData(RunStatus.Paused)]
    [InlineData(RunStatus.Running)]
    public async Task A_run_that_is_left_for_later_has_no_owner_and_no_end(RunStatus status)
    {
        await HoldAsync();

        Assert.True(await ReleaseAsync(status));

        Assert.Equal(
            ARun(status: status) with { Epoch = 1, StartedAt = Noon, Counters = SomeCounters },
            await Store.FindAsync("run0000001"));
    }

    [Fact]
    public async Task A_worker_that_lost_the_run_cannot_release_it()
    {
        await HoldAsync();
        var taken = await Store.ClaimAsync("run0000001", 1, ALease("other", Noon));

        Assert.False(await ReleaseAsync(RunStatus.Completed, epoch: 1));

        Assert.Equal(taken, await Store.FindAsync("run0000001"));
    }

    [Fact]
    public async Task A_completed_run_is_neither_claimed_nor_released_again()
    {
        await HoldAsync();
        await ReleaseAsync(RunStatus.Completed);
        var completed = await Store.FindAsync("run0000001");

        Assert.Null(await Store.ClaimAsync("run0000001", 1, ALease("other", Noon)));
        Assert.False(await ReleaseAsync(RunStatus.Failed));

        Assert.Equal(completed, await Store.FindAsync("run0000001"));
    }

    [Fact]
    public async Task A_run_is_released_only_while_it_is_held_and_only_along_the_status_machine()
    {
        List<string> released = [];
        foreach (var (pair, number) in Transitions.AllPairs.Select((pair, number) => (pair, number)))
        {
            await Store.CreateAsync(ADistinctRun(number, pair.From));
            var done = await Store.ReleaseAsync(Id(number), 0, pair.To, SomeCounters, null, Noon);
            var status = (await Store.FindAsync(Id(number)))!.Status;
            if (done) released.Add(Transitions.Name((pair.From, status)));
            else Assert.Equal(pair.From, status);
        }

        // What was told to stop, and is only left or put aside, stops; so there are three ways from stopping to stopped.
        var held = Transitions.Allowed.Where(pair => pair.StartsWith("running ") || pair.StartsWith("stopping ")).Except(["running → stopping"]);
        Assert.Equal(held.Concat(["stopping → stopped", "stopping → stopped"]).Order(), released.Order());
    }

    [Fact]
    public async Task A_worker_that_leaves_takes_neither_the_total_nor_the_time_that_was_spent_with_it()
    {
        await HoldAsync();
        await RecordAsync(ABatch(1));

        await Store.ReleaseAsync("run0000001", 1, RunStatus.Running, SomeCounters with { Total = null, Active = TimeSpan.Zero, Scanned = 50 }, null, Noon);

        Assert.Equal(SomeCounters with { Scanned = 50 }, (await Store.FindAsync("run0000001"))!.Counters);
    }

    private ValueTask<bool> ReleaseAsync(RunStatus status, RunError? error = null, long epoch = 1) =>
        Store.ReleaseAsync("run0000001", epoch, status, SomeCounters, error, Noon.AddMinutes(1));
}
