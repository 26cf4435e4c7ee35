using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    private static readonly DateTimeOffset Later = Noon.AddMinutes(2);

    [Theory]
    [InlineData(RunRequestKind.Pause, RunStatus.Running)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopping)]
    public async Task A_worker_that_is_there_is_told_with_its_next_batch(RunRequestKind kind, RunStatus status)
    {
        await HoldAsync();

        var asked = await RequestAsync(kind);

        Assert.Equal(
            ARun(status: status) with
            {
                Epoch = 1, Owner = "me", LeaseUntil = Noon.AddSeconds(30), StartedAt = Noon, Request = kind, RequestedBy = "ann", RequestedAt = Later,
            },
            asked);
        Assert.Equal(asked, await Store.FindAsync("run0000001"));
        Assert.Equal(new BatchReceipt(true, kind), await RecordAsync(ABatch(1)));
    }

    [Theory]
    [InlineData(RunRequestKind.Pause, RunStatus.Running, RunStatus.Paused)]
    [InlineData(RunRequestKind.Stop, RunStatus.Running, RunStatus.Stopped)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopping, RunStatus.Stopped)]
    public async Task Where_the_worker_is_gone_a_request_takes_effect_at_once(RunRequestKind kind, RunStatus from, RunStatus to)
    {
        await Store.CreateAsync(ARun(status: from) with { Owner = "gone", Epoch = 4 });

        var asked = await RequestAsync(kind, epoch: 4, ownerIsGone: true);

        Assert.Equal((to, null, "ann"), (asked!.Status, asked.Owner, asked.RequestedBy));
        Assert.Equal(to == RunStatus.Stopped ? Later : null, asked.FinishedAt);
    }

    [Theory]
    [InlineData(RunRequestKind.Pause, RunStatus.Paused)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopped)]
    public async Task A_run_that_was_left_has_no_worker_to_wait_for(RunRequestKind kind, RunStatus status)
    {
        await HoldAsync();
        await ReleaseAsync(RunStatus.Running);

        Assert.Equal(status, (await RequestAsync(kind))!.Status);
    }

    [Theory]
    [InlineData(RunRequestKind.Pause, RunStatus.Paused)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopped)]
    public async Task A_forced_request_fences_the_worker_off(RunRequestKind kind, RunStatus status)
    {
        await HoldAsync();

        var asked = await RequestAsync(kind, force: true);

        Assert.Equal((status, null, null, 2), (asked!.Status, asked.Owner, asked.LeaseUntil, asked.Epoch));
        Assert.False((await RecordAsync(ABatch(1))).Held);
        Assert.False(await ReleaseAsync(RunStatus.Completed));
        Assert.Equal(asked, await Store.FindAsync("run0000001"));
    }

    [Fact]
    public async Task A_claim_of_what_was_seen_before_a_pause_is_refused()
    {
        await HoldAsync();
        await ReleaseAsync(RunStatus.Running);
        await RequestAsync(RunRequestKind.Pause);

        Assert.Null(await Store.ClaimAsync("run0000001", 1, ALease("other", Noon)));
    }

    [Fact]
    public async Task A_request_for_what_was_seen_before_a_claim_is_not_made()
    {
        await HoldAsync();
        var taken = await Store.ClaimAsync("run0000001", 1, ALease("other", Noon));

        Assert.Null(await RequestAsync(RunRequestKind.Stop, ownerIsGone: true));

        Assert.Equal(taken, await Store.FindAsync("run0000001"));
    }

    [Fact]
    public async Task Every_status_is_paused_or_stopped_by_a_request_as_the_status_machine_says()
    {
        List<string> done = [];
        foreach (var (kind, status, force) in from kind in Enum.GetValues<RunRequestKind>()
                                              from status in Enum.GetValues<RunStatus>()
                                              from force in (bool[])[false, true]
                                              select (kind, status, force))
        {
            var id = $"{kind}-{status}-{force}";
            await Store.CreateAsync(ARun(id, options: id, status: status) with { Owner = RunTransitions.IsHeld(status) ? "me" : null });
            try
            {
                var asked = await Store.RequestAsync(id, 0, kind, ownerIsGone: false, force, "ann", Later);
                done.Add($"{kind.ToName()}{(force ? " by force" : "")}: {status.ToName()} → {asked!.Status.ToName()}");
            }
            catch (DripException refused)
            {
                Assert.Equal(DripErrorKind.Usage, refused.Kind);
                Assert.Contains($"{id} of add-role is {status.ToName()}", refused.Message);
                Assert.Equal(status, (await Store.FindAsync(id))!.Status);
            }
        }

        Assert.Equal(
            [
                "pause by force: running → paused", "pause: running → running",
                "stop by force: enqueued → stopped", "stop by force: paused → stopped", "stop by force: pending → stopped",
                "stop by force: running → stopped", "stop by force: stopping → stopped",
                "stop: enqueued → stopped", "stop: paused → stopped", "stop: pending → stopped", "stop: running → stopping", "stop: stopping → stopping",
            ],
            done.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(RunRequestKind.Pause, RunStatus.Paused)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopped)]
    public async Task A_worker_that_leaves_before_it_saw_the_request_obeys_it_by_that(RunRequestKind kind, RunStatus status)
    {
        await HoldAsync();
        await RequestAsync(kind);

        Assert.True(await ReleaseAsync(RunStatus.Running));

        var run = await Store.FindAsync("run0000001");
        Assert.Equal((status, kind, "ann", null), (run!.Status, run.Request, run.RequestedBy, run.Owner));
    }

    [Theory]
    [InlineData(RunRequestKind.Pause)]
    [InlineData(RunRequestKind.Stop)]
    public async Task A_run_that_had_finished_is_completed_whatever_it_was_told(RunRequestKind kind)
    {
        await HoldAsync();
        await RequestAsync(kind);

        Assert.True(await ReleaseAsync(RunStatus.Completed));

        var run = await Store.FindAsync("run0000001");
        Assert.Equal((RunStatus.Completed, null, null, null), (run!.Status, run.Request, run.RequestedBy, run.RequestedAt));
    }

    [Fact]
    public async Task A_worker_that_takes_a_run_up_inherits_what_the_one_before_did_not_obey()
    {
        await HoldAsync();
        await RequestAsync(RunRequestKind.Pause);

        var claimed = await Store.ClaimAsync("run0000001", 1, ALease("other", Noon));

        Assert.Equal((RunRequestKind.Pause, "ann"), (claimed!.Request, claimed.RequestedBy));
    }

    [Fact]
    public async Task A_claim_after_a_pause_ends_the_request()
    {
        await HoldAsync();
        await RequestAsync(RunRequestKind.Pause, force: true);

        var claimed = await Store.ClaimAsync("run0000001", 2, ALease("me", Later));

        Assert.Equal((RunStatus.Running, null, null, 3), (claimed!.Status, claimed.Request, claimed.RequestedBy, claimed.Epoch));
    }

    [Fact]
    public async Task A_run_that_does_not_exist_cannot_be_asked() => Assert.Null(await RequestAsync(RunRequestKind.Stop));

    private ValueTask<Run?> RequestAsync(RunRequestKind kind, long epoch = 1, bool ownerIsGone = false, bool force = false) =>
        Store.RequestAsync("run0000001", epoch, kind, ownerIsGone, force, "ann", Later);
}
