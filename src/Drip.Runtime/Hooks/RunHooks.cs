using Drip.Batches;
using Drip.Data;
using Drip.Generated;
using Drip.Runs;
using Drip.Store;

namespace Drip.Hooks;

/// <summary>
/// Changes the status of runs with the hooks that belong to that. Where a job has none for a status, this is the store's
/// own change and nothing else.
/// </summary>
internal sealed class RunHooks(PatientStore store, HookDelivery delivery, TimeProvider time)
{
    private static readonly RunStatus[] s_live = [RunStatus.Pending, RunStatus.Enqueued, RunStatus.Running, RunStatus.Paused, RunStatus.Stopping];

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Creates a run, or returns the one that is in its place. Only where hooks look at that, it is pending before it is enqueued.</summary>
    /// <exception cref="DripException">A hook threw or did not let it pass.</exception>
    public async ValueTask<Run?> CreateAsync(Run run, JobHooks hooks, CancellationToken stop)
    {
        run = run with { Hooks = hooks.AfterRun };
        if (!hooks.Has(HookTarget.Run, HookStatus.Pending) && !hooks.Has(HookTarget.Run, HookStatus.Enqueued)) return await store.CreateAsync(run, stop).ConfigureAwait(false);

        // First, because nothing is created, and no hook is to hear of it, where the run goes on that is there.
        if (await FindLiveAsync(run, stop).ConfigureAwait(false) is { } other) return other;
        run = run with { Status = RunStatus.Pending };
        Run? live = null;
        try
        {
            var created = await EnterAsync(null, run, hooks, async () => (live = await store.CreateAsync(run, stop).ConfigureAwait(false)) is null ? run : null, stop).ConfigureAwait(false);
            if (created is null) return live;
        }
        catch (HookException failure)
        {
            throw HookRefusals.NotCreated(failure, run.Job);
        }

        await EnqueueAsync(run, hooks, run.CreatedBy, stop).ConfigureAwait(false);
        return null;
    }

    /// <summary>Hands a run that is pending to the queue.</summary>
    /// <exception cref="DripException">A hook threw, and the run failed by that; or it did not let it pass, and the run stays pending.</exception>
    public async ValueTask EnqueueAsync(Run run, JobHooks hooks, string? who, CancellationToken stop)
    {
        if (RunChanges.Enqueue(run, who, Now) is not { } change) return;
        try
        {
            await EnterAsync(run.Status, change.Run, hooks, () => store.EnqueueAsync(run.Id, who, Now, stop), stop).ConfigureAwait(false);
        }
        catch (HookException failure)
        {
            throw await FailAsync(run, hooks, failure, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Enqueues a run that was over. <paramref name="reopen"/> does it, in the database of the rows and in the store.</summary>
    /// <exception cref="DripException">A hook threw or did not let it pass, and the run stays as it was.</exception>
    public async ValueTask<Run?> ReopenAsync(Run run, JobHooks hooks, string? who, Func<Task<Run?>> reopen, CancellationToken stop)
    {
        if (!hooks.Has(HookTarget.Run, HookStatus.Enqueued)) return await reopen().ConfigureAwait(false);
        if (RunChanges.Reopen(run, who, Now) is not { } change) return null;
        try
        {
            return await EnterAsync(run.Status, change.Run, hooks, reopen, stop).ConfigureAwait(false);
        }
        catch (HookException failure)
        {
            throw HookRefusals.NotReopened(failure, run);
        }
    }

    /// <summary>
    /// Takes a run for a worker. Running is entered from the queue and after a pause; a run that only changes its worker was
    /// running already. The first planning belongs to it.
    /// </summary>
    /// <param name="run">The run, as it was looked at.</param>
    /// <param name="hooks">Its hooks.</param>
    /// <param name="claim">Makes a claim that begins now.</param>
    /// <param name="who">The person for whom the worker works.</param>
    /// <param name="plan">Plans the run, once it is claimed.</param>
    /// <param name="stop">Cancels waiting for the store.</param>
    /// <exception cref="DripException">A hook threw, and the run failed by that; or it did not let it pass, and the run stays as it was.</exception>
    public async ValueTask<Run?> ClaimAsync(Run run, JobHooks hooks, Func<LeaseClaim> claim, string? who, Func<Run, Task> plan, CancellationToken stop)
    {
        if (run.Status == RunStatus.Running || !hooks.Has(HookTarget.Run, HookStatus.Running)) return await store.ClaimAsync(run.Id, run.Epoch, Claim, who, stop).ConfigureAwait(false);
        if (RunChanges.Claim(run, run.Epoch, Claim(), who) is not { } change) return null;
        try
        {
            var claimed = await EnterAsync(run.Status, change.Run, hooks, ClaimAndPlanAsync, stop).ConfigureAwait(false);
            if (claimed is null) return null;

            // Hooks may have taken long, and the run is looked after by its execution only from now on.
            return await store.RenewAsync(claimed.Id, claimed.Epoch, Claim, stop).ConfigureAwait(false) ? claimed : null;
        }
        catch (HookException failure)
        {
            throw await FailAsync(run, hooks, failure, stop).ConfigureAwait(false);
        }

        LeaseClaim Claim() => claim() with { Hooks = hooks.AfterRun };

        async Task<Run?> ClaimAndPlanAsync()
        {
            var claimed = await store.ClaimAsync(run.Id, run.Epoch, Claim, who, stop).ConfigureAwait(false);
            if (claimed is not null) await plan(claimed).ConfigureAwait(false);
            return claimed;
        }
    }

    /// <summary>Ends this worker's hold on a run. False if the run was lost.</summary>
    /// <exception cref="DripException">An around-hook did not let the status pass: the run is left as it is, and nobody has it.</exception>
    public async ValueTask<bool> ReleaseAsync(Run run, JobHooks hooks, RunEnd end, CancellationToken stop)
    {
        while (true)
        {
            var now = hooks.Set == HookSet.None ? null : await store.FindLastAsync(run.Id, stop).ConfigureAwait(false);
            var change = now is null ? null : RunChanges.Release(now, run.Epoch, end.Status, end.Counters, end.Error, Now);
            if (change is null || HookContexts.StatusOf(change.Run.Status) is not { } status || status == HookStatus.Running || !hooks.Has(HookTarget.Run, status))
                return await store.ReleaseAsync(run.Id, run.Epoch, end.Status, end.Counters, end.Error, Now, exactly: false, stop).ConfigureAwait(false);

            try
            {
                // Exactly, because a request that arrives meanwhile makes it another status, with hooks of its own.
                if (await EnterAsync(now!.Status, change.Run, hooks, () => WriteAsync(change.Run), stop, isSkipLogged: false).ConfigureAwait(false) is not null) return true;
            }
            catch (HookException failure)
            {
                await delivery.LogAsync(run.Id, RunEventKind.HookFailed, failure.Message).ConfigureAwait(false);
                if (status == HookStatus.Failed) return await ForceAsync(now!, change.Run, hooks, () => WriteAsync(change.Run), stop).ConfigureAwait(false) is not null;
                end = new RunEnd(RunStatus.Failed, end.Counters, Trouble.Describe(failure, null), end.Cause);
            }
            catch (DripException skipped) when (skipped.Code == HookRefusals.SkippedCode)
            {
                if (!await store.LetGoAsync(run.Id, run.Epoch, end.Counters, skipped.Message, Now, stop).ConfigureAwait(false)) return false;
                throw;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return await store.LetGoAsync(run.Id, run.Epoch, end.Counters, "told to leave before its hooks were called", Now, stop).ConfigureAwait(false);
            }
        }

        async Task<Run?> WriteAsync(Run after) =>
            await store.ReleaseAsync(run.Id, run.Epoch, after.Status, end.Counters, end.Error, Now, exactly: true, stop).ConfigureAwait(false) ? after : null;
    }

    /// <summary>Asks a run to pause or to stop; where that takes effect at once, with the hooks of that. Null if the run is another by now.</summary>
    /// <param name="run">The run, as it was looked at.</param>
    /// <param name="hooks">Its hooks.</param>
    /// <param name="preview">What the request makes of it; null if nothing.</param>
    /// <param name="request">Makes the request.</param>
    /// <param name="stop">Cancels waiting for the store.</param>
    /// <exception cref="DripException">An around-hook did not let it pass, and the run stays as it was.</exception>
    public async ValueTask<Run?> RequestAsync(Run run, JobHooks hooks, RunChange? preview, Func<Task<Run?>> request, CancellationToken stop)
    {
        var isEntered = preview is not null && preview.Run.Status != run.Status && HookContexts.StatusOf(preview.Run.Status) is { } status && hooks.Has(HookTarget.Run, status);
        if (!isEntered) return await request().ConfigureAwait(false);
        try
        {
            return await EnterAsync(run.Status, preview!.Run, hooks, request, stop).ConfigureAwait(false);
        }
        catch (HookException failure)
        {
            throw await FailAsync(run, hooks, failure, stop).ConfigureAwait(false);
        }
    }

    /// <summary>A hook threw before the transition, so the run fails with that; the hooks of failed are called. Returns what to tell the person.</summary>
    private async ValueTask<DripException> FailAsync(Run run, JobHooks hooks, HookException failure, CancellationToken stop)
    {
        await delivery.LogAsync(run.Id, RunEventKind.HookFailed, failure.Message).ConfigureAwait(false);
        var error = Trouble.Describe(failure, null);
        if (RunChanges.Fail(run, run.Epoch, error, Now) is not { } change) return HookRefusals.Failed(failure, run);
        try
        {
            await EnterAsync(run.Status, change.Run, hooks, WriteAsync, stop).ConfigureAwait(false);
        }
        catch (HookException second)
        {
            await delivery.LogAsync(run.Id, RunEventKind.HookFailed, second.Message).ConfigureAwait(false);
            await ForceAsync(run, change.Run, hooks, WriteAsync, stop).ConfigureAwait(false);
        }

        return HookRefusals.Failed(failure, run);

        Task<Run?> WriteAsync() => store.FailAsync(run.Id, run.Epoch, error, Now, stop);
    }

    // A run has to be able to fail, whatever its hooks say to that.
    private async Task<Run?> ForceAsync(Run before, Run after, JobHooks hooks, Func<Task<Run?>> write, CancellationToken stop)
    {
        var failed = await write().ConfigureAwait(false);
        if (failed is not null) await DeliverAsync(before.Status, after, hooks, stop).ConfigureAwait(false);
        return failed;
    }

    /// <summary>before → around → the write → around → after. Null if the write found that the run is another by now.</summary>
    private async Task<Run?> EnterAsync(RunStatus? before, Run after, JobHooks hooks, Func<Task<Run?>> write, CancellationToken stop, bool isSkipLogged = true)
    {
        var status = HookContexts.StatusOf(after.Status)!.Value;
        var context = HookContexts.Of(after, status);
        Run? entered = null;
        var result = await Transition.RunAsync(
            hooks.Set, HookTarget.Run, status, (point, next) => hooks.CallAsync(point, context, next, stop),
            async () => (entered = await write().ConfigureAwait(false)) is not null, stop).ConfigureAwait(false);
        if (result.Late is { } late) await delivery.LogAsync(after.Id, RunEventKind.HookFailed, late.Message).ConfigureAwait(false);
        if (result.End == TransitionEnd.Skipped)
        {
            var skipped = HookRefusals.Skipped(HookPoint.Of(HookTarget.Run, status, HookMoment.Around), after);
            if (isSkipLogged) await delivery.LogAsync(after.Id, RunEventKind.HookSkipped, skipped.Message).ConfigureAwait(false);
            throw skipped;
        }

        if (entered is not null) await DeliverAsync(before, entered, hooks, stop).ConfigureAwait(false);
        return entered;
    }

    private async Task DeliverAsync(RunStatus? before, Run entered, JobHooks hooks, CancellationToken stop)
    {
        if (HookContexts.EntryOf(before, entered, Now) is { } entry && hooks.Set.Contains(entry.Point)) await delivery.DeliverAsync(store.Outbox, entry, hooks, stop).ConfigureAwait(false);
    }

    private async ValueTask<Run?> FindLiveAsync(Run run, CancellationToken cancellationToken)
    {
        foreach (var status in s_live)
        {
            var others = await store.ListAsync(new RunFilter(run.Job, status, Limit: int.MaxValue), cancellationToken).ConfigureAwait(false);
            if (others.FirstOrDefault(other => other.Options == run.Options && other.Limit == run.Limit) is { } live) return live;
        }

        return null;
    }
}
