using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task A_pending_run_is_enqueued()
    {
        await Store.CreateAsync(ARun(status: RunStatus.Pending));

        Assert.Equal(ARun(), await Store.EnqueueAsync("run0000001", "ann", Noon));

        Assert.Equal((RunEventKind.Enqueued, "ann"), Last(await Store.ListEventsAsync("run0000001")));
        Assert.Null(await Store.EnqueueAsync("run0000001", "ann", Noon));
        Assert.Null(await Store.EnqueueAsync("other", "ann", Noon));
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Enqueued)]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Paused)]
    [InlineData(RunStatus.Stopping)]
    public async Task A_live_run_can_fail_whoever_has_it_and_is_fenced_by_that(RunStatus status)
    {
        await Store.CreateAsync(ARun(status: status) with { Epoch = 3, Owner = "me", LeaseUntil = Noon });

        var failed = await Store.FailAsync("run0000001", 3, SomeError, Noon);

        Assert.Equal(ARun(status: RunStatus.Failed) with { Epoch = 4, Error = SomeError, FinishedAt = Noon }, failed);
        Assert.Equal(failed, await Store.FindAsync("run0000001"));
        Assert.Equal((RunEventKind.Failed, null), Last(await Store.ListEventsAsync("run0000001")));
    }

    [Fact]
    public async Task A_run_that_is_another_by_now_or_over_cannot_fail()
    {
        await Store.CreateAsync(ARun("first") with { Epoch = 3 });
        await Store.CreateAsync(ARun("second", status: RunStatus.Completed));

        Assert.Null(await Store.FailAsync("first", 2, SomeError, Noon));
        Assert.Null(await Store.FailAsync("second", 0, SomeError, Noon));
    }

    [Theory]
    [InlineData(RunRequestKind.Pause, RunStatus.Running)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopping)]
    public async Task A_run_that_is_let_go_keeps_its_status_and_what_was_asked_of_it(RunRequestKind kind, RunStatus status)
    {
        await HoldAsync();
        await Store.RequestAsync("run0000001", 1, kind, ownerIsGone: false, force: false, "ann", Noon);

        Assert.True(await Store.LetGoAsync("run0000001", 1, SomeCounters, "a hook", Noon));

        var run = (await Store.FindAsync("run0000001"))!;
        Assert.Equal((status, null, null, kind, SomeCounters), (run.Status, run.Owner, run.LeaseUntil, run.Request, run.Counters));
        Assert.Equal(RunEventKind.HookSkipped, Last(await Store.ListEventsAsync("run0000001")).Kind);
    }

    [Fact]
    public async Task A_run_that_was_lost_is_not_let_go()
    {
        await HoldAsync();

        Assert.False(await Store.LetGoAsync("run0000001", 0, SomeCounters, "a hook", Noon));
    }

    [Fact]
    public async Task A_release_that_means_one_status_only_does_not_give_another()
    {
        await HoldAsync();
        await Store.RequestAsync("run0000001", 1, RunRequestKind.Stop, ownerIsGone: false, force: false, "ann", Noon);

        Assert.False(await Store.ReleaseAsync("run0000001", 1, RunStatus.Paused, SomeCounters, null, Noon, exactly: true));

        Assert.Equal(RunStatus.Stopping, (await Store.FindAsync("run0000001"))!.Status);
        Assert.True(await Store.ReleaseAsync("run0000001", 1, RunStatus.Stopped, SomeCounters, null, Noon, exactly: true));
    }

    private static (string Kind, string? Who) Last(IReadOnlyList<RunEvent> events) => (events[^1].Kind, events[^1].Who);
}
