using System.Globalization;
using System.Numerics;
using Drip.Batches;
using Drip.Chaos;
using Drip.Data;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;
using Drip.Store;
using Microsoft.Extensions.Logging;

namespace Drip.Hooks;

/// <summary>
/// Calls after-hooks: at once in the process that made the transition, and again, later and from whichever process works,
/// where one failed or its process died. At least once; that two processes call one at the same time is rare, not impossible.
/// </summary>
internal sealed class HookDelivery(JobRegistry jobs, IRunStore store, DatabaseSet databases, IServiceProvider services, EngineParts parts)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly Retry _retry = parts.RetryOnStore();
    private bool? _isNeeded;

    public Generated.IHookHandler? Shared => jobs.HookHandler;

    /// <summary>The hooks of a run, with the options that this process was given for it.</summary>
    public JobHooks Of(Job job, ParsedOptions options) => Of(job, () => options);

    /// <summary>The hooks of a run of which only the store is known; none where this host does not have its job.</summary>
    public JobHooks Of(Run run) => Find(run.Job) is { } job
        ? Of(job, () => OptionParser.WithoutSecrets(job.Info, run.Options))
        : new JobHooks(Generated.HookSet.None, () => throw new InvalidOperationException($"There is no job {run.Job} here."), null, services);

    /// <summary>Calls the hook of an entry that is in this worker's hands, and settles or postpones it.</summary>
    public async Task DeliverAsync(IOutbox outbox, OutboxEntry entry, JobHooks hooks, CancellationToken stop)
    {
        try
        {
            stop.ThrowIfCancellationRequested();
            FailPoint.Hit(FailPoints.HookDue);
            await hooks.CallAsync(entry, stop).ConfigureAwait(false);
            FailPoint.Hit(FailPoints.HookCalled);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to leave and no failure of the hook: whoever works next calls it.
            await TryAsync(entry, () => outbox.PostponeAsync(entry with { Due = parts.Time.GetUtcNow() }), stop).ConfigureAwait(false);
            return;
        }
        catch (Exception error)
        {
            var failed = Failed(entry, error);
            await TryAsync(entry, () => outbox.PostponeAsync(failed), stop).ConfigureAwait(false);
            await LogFailedAsync(failed).ConfigureAwait(false);
            return;
        }

        await TryAsync(entry, () => outbox.SettleAsync(entry), stop).ConfigureAwait(false);
    }

    /// <summary>The entry after its hook failed once more: due again after about twice as long as the time before.</summary>
    public OutboxEntry Failed(OutboxEntry entry, Exception error)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, entry.Attempts), LongestWait.TotalSeconds)) * (0.5 + (parts.Random.NextDouble() / 2));
        return entry with { Attempts = entry.Attempts + 1, Error = $"{error.GetType().FullName}: {error.Message}", Due = parts.Time.GetUtcNow() + wait, Owner = null };
    }

    /// <summary>Writes down that an after-hook failed. Not each time: one that fails for days would fill the log.</summary>
    public ValueTask LogFailedAsync(OutboxEntry failed) => BitOperations.IsPow2(failed.Attempts)
        ? LogAsync(failed.Run, RunEventKind.HookFailed, string.Create(CultureInfo.InvariantCulture,
            $"{failed.Point}{(failed.Number > 0 && failed.Point.Target == HookTarget.Batch ? $" of batch {failed.Number}" : "")}: {failed.Error} (try {failed.Attempts}; it is tried again)"))
        : default;

    /// <summary>Writes down what happened at a hook; the work goes on where that cannot be written.</summary>
    public async ValueTask LogAsync(string run, string kind, string detail)
    {
        try
        {
            var happened = new RunEvent(0, run, parts.Time.GetUtcNow(), kind, WorkerIdentity.Describe(parts.Worker), detail);
            await store.LogAsync(happened).ConfigureAwait(false);
        }
        catch (DripException problem)
        {
            parts.Log.LogWarning("Run {Run}: {Kind}, {Detail}, which could not be written down: {Problem}", run, kind, detail, problem.Message);
        }
    }

    /// <summary>Calls what is due, and what a worker that is gone has left.</summary>
    public async Task DeliverDueAsync(CancellationToken stop)
    {
        if (stop.IsCancellationRequested || !(_isNeeded ??= jobs.All.Any(job => JobHooks.HasAfter(SetOf(job))))) return;
        foreach (var outbox in Outboxes())
        {
            try
            {
                var due = await _retry.RunAsync(() => outbox.FindAsync(parts.Time.GetUtcNow(), cancellationToken: stop).AsTask(), stop).ConfigureAwait(false);
                foreach (var entry in due) await DeliverDueAsync(outbox, entry, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Told to leave: what is due stays for the next worker.
                return;
            }
            catch (DripException problem)
            {
                // What is wrong with the database is told by the work on it; the entries are still there.
                parts.Log.LogWarning("After-hooks that are due could not be called: {Problem} {Remedy}", problem.Message, problem.Remedy);
            }
        }
    }

    /// <summary>The after-hooks of a run that are still to be called.</summary>
    public async ValueTask<IReadOnlyList<OutboxEntry>> ListAsync(Run run, CancellationToken cancellationToken)
    {
        var entries = await store.Outbox.ListAsync(run.Id, cancellationToken).ConfigureAwait(false);
        if (Find(run.Job) is not { } job || !JobHooks.HasAfterBatch(SetOf(job))) return entries;
        return [.. entries, .. await databases.Find(job.Info.Database).Outbox.ListAsync(run.Id, cancellationToken).ConfigureAwait(false)];
    }

    private async Task DeliverDueAsync(IOutbox outbox, OutboxEntry entry, CancellationToken stop)
    {
        var now = parts.Time.GetUtcNow();
        if (entry.Due > now && !parts.Liveness.IsGone(entry.Owner, entry.Due)) return;
        if (Find(entry.Job) is not { } job) return;
        var mine = entry.HeldBy(parts.Worker, now);

        // One that was claimed although no answer came is called when it is due again.
        if (!await _retry.RunAsync(() => outbox.ClaimAsync(entry, parts.Worker, mine.Due, stop).AsTask(), stop).ConfigureAwait(false)) return;

        // A hook that the job does not have any more, or a run that was deleted: there is nothing to call.
        if (!SetOf(job).Contains(entry.Point) || await FindAsync(entry.Run, stop).ConfigureAwait(false) is not { } run) await TryAsync(entry, () => outbox.SettleAsync(entry), stop).ConfigureAwait(false);
        else await DeliverAsync(outbox, mine, Of(run), stop).ConfigureAwait(false);
    }

    private Task<Run?> FindAsync(string run, CancellationToken stop) => _retry.RunAsync(() => store.FindAsync(run, stop).AsTask(), stop);

    private async ValueTask TryAsync(OutboxEntry entry, Func<ValueTask> write, CancellationToken leave)
    {
        try
        {
            await _retry.FinishAsync(WriteAsync, leave).ConfigureAwait(false);
        }
        catch (DripException problem)
        {
            // The entry stays as it is, so its hook is called once more: at least once is what is promised.
            parts.Log.LogWarning("What became of {Hook} of run {Run} could not be written down: {Problem}", entry.Point, entry.Run, problem.Message);
        }

        async Task<bool> WriteAsync()
        {
            await write().ConfigureAwait(false);
            return true;
        }
    }

    private IEnumerable<IOutbox> Outboxes()
    {
        var ofBatches = jobs.All.Where(job => JobHooks.HasAfterBatch(SetOf(job))).Select(job => job.Info.Database).Distinct(StringComparer.OrdinalIgnoreCase);
        yield return store.Outbox;
        foreach (var name in ofBatches) yield return databases.Find(name).Outbox;
    }

    private JobHooks Of(Job job, Func<ParsedOptions> options) => new(job.Hooks, () => job.OpenHooks(services, options().Values), Shared, services);

    private Generated.HookSet SetOf(Job job) => JobHooks.SetOf(job.Hooks, Shared);

    private Job? Find(string name) => jobs.All.FirstOrDefault(job => job.Info.Name == name);
}
