using Drip.Data;
using Drip.Hooks;
using Drip.Runs;
using Drip.Store;

namespace Drip.Batches;

/// <summary>
/// The store as the engine changes runs in it: where the connection breaks it is asked again. What it was asked for may have
/// happened although no answer came, so that whatever is not the same when it is done twice looks for that first.
/// </summary>
internal sealed class PatientStore(IRunStore store, Retry retry)
{
    /// <summary>Stores keep times to the microsecond at least.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromMicroseconds(2);

    public IOutbox Outbox => store.Outbox;

    public Task<Run?> FindAsync(string id, CancellationToken stop) => retry.RunAsync(() => store.FindAsync(id, stop).AsTask(), stop);

    /// <summary>Finds a run also for a worker that is told to leave at once.</summary>
    public Task<Run?> FindLastAsync(string id, CancellationToken leave) => retry.FinishAsync(() => store.FindAsync(id, CancellationToken.None).AsTask(), leave);

    public Task<IReadOnlyList<Run>> ListAsync(RunFilter filter, CancellationToken stop) => retry.RunAsync(() => store.ListAsync(filter, stop).AsTask(), stop);

    /// <summary>Creates a run, or returns the one that is in its place.</summary>
    public Task<Run?> CreateAsync(Run run, CancellationToken stop)
    {
        var isRepeated = false;
        return retry.RunAsync(CreateAsync, stop);

        async Task<Run?> CreateAsync()
        {
            if (isRepeated && await store.FindAsync(run.Id, stop).ConfigureAwait(false) is { } there && there.Job == run.Job && there.Options == run.Options) return null;
            isRepeated = true;
            var live = await store.CreateAsync(run, stop).ConfigureAwait(false);
            return live?.Id == run.Id ? null : live;
        }
    }

    public Task<Run?> EnqueueAsync(string id, string? who, DateTimeOffset now, CancellationToken stop) =>
        retry.RunAsync(() => store.EnqueueAsync(id, who, now, stop).AsTask(), stop);

    public Task<Run?> ReopenAsync(string id, string? who, DateTimeOffset now, CancellationToken stop) =>
        retry.RunAsync(() => store.ReopenAsync(id, who, now, stop).AsTask(), stop);

    public Task<Run?> FailAsync(string id, long epoch, RunError error, DateTimeOffset now, CancellationToken stop) =>
        retry.RunAsync(() => store.FailAsync(id, epoch, error, now, stop).AsTask(), stop);

    /// <summary>Makes the lease of a run last longer; false if it is another's.</summary>
    public Task<bool> RenewAsync(string id, long epoch, Func<LeaseClaim> claim, CancellationToken stop) =>
        retry.RunAsync(async () => (await store.RenewAsync(id, epoch, claim(), stop).ConfigureAwait(false)).Held, stop);

    /// <summary>Takes a run with a claim that begins when it is sent. One that was taken by a claim before, whose answer got lost, is this worker's.</summary>
    public Task<Run?> ClaimAsync(string id, long epoch, Func<LeaseClaim> claim, string? who, CancellationToken stop)
    {
        LeaseClaim? before = null;
        return retry.RunAsync(ClaimAsync, stop);

        async Task<Run?> ClaimAsync()
        {
            var now = claim();
            if (before is { } sent && await store.FindAsync(id, stop).ConfigureAwait(false) is { } run && run.Epoch == epoch + 1 && IsBy(sent, run))
                return (await store.RenewAsync(id, run.Epoch, now, stop).ConfigureAwait(false)).Held ? run with { LeaseUntil = now.Until } : null;
            before = now;
            return await store.ClaimAsync(id, epoch, now, who, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the run has the lease of this claim, and of no other of the same worker.</summary>
    public static bool IsBy(LeaseClaim claim, Run run) => run.Owner == claim.Owner && run.LeaseUntil is { } until && (until - claim.Until).Duration() <= Precision;

    public Task<bool> ReleaseAsync(
        string id, long epoch, RunStatus status, RunCounters counters, RunError? error, DateTimeOffset now, bool exactly, CancellationToken leave) =>
        EndAsync(id, epoch, () => store.ReleaseAsync(id, epoch, status, counters, error, now, exactly), leave);

    public Task<bool> LetGoAsync(string id, long epoch, RunCounters counters, string why, DateTimeOffset now, CancellationToken leave) =>
        EndAsync(id, epoch, () => store.LetGoAsync(id, epoch, counters, why, now), leave);

    private Task<bool> EndAsync(string id, long epoch, Func<ValueTask<bool>> end, CancellationToken leave)
    {
        var isRepeated = false;
        return retry.FinishAsync(EndAsync, leave);

        async Task<bool> EndAsync()
        {
            var isFirst = !isRepeated;
            isRepeated = true;
            if (await end().ConfigureAwait(false)) return true;
            if (isFirst) return false;

            // Nobody but its worker ends a hold without another epoch.
            return await store.FindAsync(id).ConfigureAwait(false) is { Owner: null } run && run.Epoch == epoch;
        }
    }
}
