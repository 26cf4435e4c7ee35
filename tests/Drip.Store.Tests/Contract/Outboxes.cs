using Drip.Generated;
using Drip.Hooks;
using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    private static readonly HookSet s_everyHook = new((1UL << HookPoint.Count) - 1);

    [Fact]
    public async Task Each_status_that_a_run_enters_writes_its_after_hook()
    {
        await Store.CreateAsync(ARun(status: RunStatus.Pending) with { Hooks = s_everyHook });
        await Store.EnqueueAsync("run0000001", "ann", Noon.AddSeconds(1));
        await Store.ClaimAsync("run0000001", 0, ALease("me", Noon.AddSeconds(2)));
        await Store.ReleaseAsync("run0000001", 1, RunStatus.Paused, SomeCounters, null, Noon.AddSeconds(3));
        await Store.ClaimAsync("run0000001", 1, ALease("me", Noon.AddSeconds(4)));
        await Store.ReleaseAsync("run0000001", 2, RunStatus.Failed, SomeCounters, SomeError, Noon.AddSeconds(5));
        await Store.ReopenAsync("run0000001", "ann", Noon.AddSeconds(6));
        await Store.RequestAsync("run0000001", 2, RunRequestKind.Stop, ownerIsGone: false, force: false, "ann", Noon.AddSeconds(7));

        Assert.Equal(
            [
                "AfterRunPending 0", "AfterRunEnqueued 0", "AfterRunRunning 1", "AfterRunPaused 1", "AfterRunRunning 2", "AfterRunFailed 2", "AfterRunEnqueued 2",
                "AfterRunStopped 3",
            ],
            (await Store.Outbox.ListAsync("run0000001")).Select(entry => $"{entry.Point} {entry.Number}"));
    }

    [Fact]
    public async Task A_run_that_changes_its_worker_or_is_told_to_stop_enters_no_status_with_hooks()
    {
        await Store.CreateAsync(ARun() with { Hooks = s_everyHook });
        await Store.ClaimAsync("run0000001", 0, ALease("me", Noon));
        await Store.ClaimAsync("run0000001", 1, ALease("other", Noon));
        await Store.RequestAsync("run0000001", 2, RunRequestKind.Stop, ownerIsGone: false, force: false, "ann", Noon);

        Assert.Equal(["AfterRunEnqueued", "AfterRunRunning"], (await Store.Outbox.ListAsync("run0000001")).Select(entry => entry.Point.ToString()).Order());
    }

    [Fact]
    public async Task A_run_without_hooks_writes_none()
    {
        await HoldAsync();
        await ReleaseAsync(RunStatus.Completed);

        Assert.Empty(await Store.Outbox.ListAsync("run0000001"));
    }

    [Fact]
    public async Task A_hook_is_told_of_the_run_as_it_was_then()
    {
        await Store.CreateAsync(ARun(options: """{"department":"eng"}""") with { CreatedBy = "ann", Hooks = s_everyHook });
        await Store.ClaimAsync("run0000001", 0, ALease("me", Noon));
        await Store.ReleaseAsync("run0000001", 1, RunStatus.Failed, SomeCounters with { Quarantined = 2 }, SomeError, Noon.AddHours(1));
        await Store.ReopenAsync("run0000001", null, Noon.AddHours(2));

        var entry = (await Store.Outbox.ListAsync("run0000001")).Single(entry => entry.Point.Status == HookStatus.Failed);
        Assert.Equal(("add-role", Noon.AddHours(1), 0, null), (entry.Job, entry.At, entry.Attempts, entry.Error));
        Assert.Equal(
            new RunContext("run0000001", "add-role", HookStatus.Failed, """{"department":"eng"}""", "ann", 30, 20, 2, 3, 100, SomeError.Type, SomeError.Message),
            HookContexts.ReadRun(entry));
    }

    [Fact]
    public async Task A_claim_says_which_hooks_there_are_from_then_on()
    {
        await Store.CreateAsync(ARun() with { Hooks = s_everyHook });

        var claimed = await Store.ClaimAsync("run0000001", 0, ALease("me", Noon) with { Hooks = HookSet.None });
        var again = await Store.ClaimAsync("run0000001", 1, ALease("me", Noon));

        Assert.Equal((HookSet.None, HookSet.None), (claimed!.Hooks, again!.Hooks));
        Assert.Equal(["AfterRunEnqueued"], (await Store.Outbox.ListAsync("run0000001")).Select(entry => entry.Point.ToString()));
    }

    [Fact]
    public async Task An_entry_is_in_the_hands_of_who_wrote_it_until_it_is_due()
    {
        var entry = await EntryAsync();

        Assert.Equal((WorkerIdentity.Current.ToString(), Noon.AddMinutes(1)), (entry.Owner, entry.Due));
        Assert.Equal([entry], await Store.Outbox.FindAsync(Noon));
    }

    [Fact]
    public async Task An_entry_is_claimed_by_one_only()
    {
        var entry = await EntryAsync();

        Assert.True(await Store.Outbox.ClaimAsync(entry, "first", Noon.AddMinutes(2)));
        Assert.False(await Store.Outbox.ClaimAsync(entry, "second", Noon.AddMinutes(2)));

        Assert.Equal(entry with { Owner = "first", Due = Noon.AddMinutes(2) }, Assert.Single(await Store.Outbox.ListAsync("run0000001")));
    }

    [Fact]
    public async Task An_entry_that_is_postponed_is_nobodys_and_found_when_it_is_due()
    {
        var entry = await EntryAsync();
        var postponed = entry with { Attempts = 3, Error = "It is bad.", Due = Noon.AddSeconds(4), Owner = null };

        await Store.Outbox.PostponeAsync(postponed);

        Assert.Empty(await Store.Outbox.FindAsync(Noon.AddSeconds(3)));
        Assert.Equal([postponed], await Store.Outbox.FindAsync(Noon.AddSeconds(4)));
        Assert.True(await Store.Outbox.ClaimAsync(postponed, "other", Noon.AddMinutes(2)));
    }

    [Fact]
    public async Task An_entry_that_is_settled_is_gone_and_cannot_be_postponed()
    {
        var entry = await EntryAsync();

        await Store.Outbox.SettleAsync(entry);
        await Store.Outbox.PostponeAsync(entry with { Attempts = 1 });

        Assert.Empty(await Store.Outbox.ListAsync("run0000001"));
        Assert.False(await Store.Outbox.ClaimAsync(entry, "other", Noon.AddMinutes(2)));
    }

    [Fact]
    public async Task An_entry_that_is_added_again_is_written_over()
    {
        var entry = await EntryAsync();

        await Store.Outbox.AddAsync(entry with { Attempts = 5 }, null);

        Assert.Equal([entry with { Attempts = 5 }], await Store.Outbox.ListAsync("run0000001"));
    }

    private async Task<OutboxEntry> EntryAsync()
    {
        await Store.CreateAsync(ARun() with { Hooks = s_everyHook });
        return Assert.Single(await Store.Outbox.ListAsync("run0000001"));
    }
}
