using Drip.Batches;
using Drip.Data;
using Drip.Generated;
using Drip.Hooks;
using Drip.Jobs;
using Drip.Runs;
using Drip.Store;

namespace Drip.Workers;

/// <summary>
/// The quick way to an enqueued run, where the store has one: it takes a run and claims it in one statement, so that many workers
/// do not look at the same run. Runs whose hooks are to be called when they are claimed, and those that need a secret, go the
/// other way.
/// </summary>
internal sealed class RunQueue(JobRegistry jobs, IRunStore store, EngineParts parts)
{
    private readonly Lock _lock = new();
    private readonly List<LeaseClaim> _unanswered = [];

    private string[] Jobs => field ??= [.. jobs.All.Where(CanTake).Select(job => job.Info.Name)];

    /// <summary>Takes the first run behind this id; null if there is none.</summary>
    public async ValueTask<Run?> TakeAsync(string? after, CancellationToken cancellationToken)
    {
        if (Jobs.Length == 0) return null;
        var claim = new LeaseClaim(parts.Worker, parts.Time.GetUtcNow(), parts.Leases.Duration) { Hooks = HookSet.None };
        try
        {
            return await store.TakeAsync(new TakeFilter(Jobs, after), claim, cancellationToken).ConfigureAwait(false);
        }
        catch (DripException)
        {
            // It may have taken a run although no answer came, which nobody works on then and which this worker seems to have.
            lock (_lock) _unanswered.Add(claim);
            throw;
        }
    }

    /// <summary>Whether the run was taken for this worker without its knowing.</summary>
    public bool IsTakenUnknown(Run run)
    {
        lock (_lock)
        {
            if (_unanswered.Count == 0) return false;
            var now = parts.Time.GetUtcNow();
            _unanswered.RemoveAll(claim => claim.Until <= now);
            return _unanswered.Exists(claim => PatientStore.IsBy(claim, run));
        }
    }

    private bool CanTake(Job job) => !job.Info.Options.Any(option => option.IsSecret) && !JobHooks.HasOfRuns(JobHooks.SetOf(job.Hooks, jobs.HookHandler));
}
