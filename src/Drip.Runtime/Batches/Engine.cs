using Drip.Data;
using Drip.Jobs;
using Drip.Runs;
using Drip.Store;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>Creates runs, takes up those that a worker left behind, and executes them.</summary>
public sealed class Engine(
    JobRegistry jobs, IRunStore store, DatabaseSet databases, IServiceProvider services, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// Creates a run and claims it. Where the same job with the same options has a run that is not over, that one is taken up
    /// instead, if no living worker has it.
    /// </summary>
    /// <exception cref="DripException">A living worker has that run, or the job does not exist.</exception>
    public async ValueTask<HeldRun> StartAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        var job = jobs.Find(request.Job);
        while (true)
        {
            var (run, live) = await CreateAsync(request, job.Info, cancellationToken).ConfigureAwait(false);
            if (live is not null) ThrowIfAlive(live);

            var claimed = await store.ClaimAsync(
                (live ?? run).Id, (live ?? run).Epoch, WorkerIdentity.Current.ToString(), time.GetUtcNow(), cancellationToken).ConfigureAwait(false);

            // Null means that the run ended, or that another worker claimed it, since it was looked at: look again.
            if (claimed is not null) return new HeldRun(claimed, request, TakenUp: live is not null);
        }
    }

    /// <summary>Works on a run until it is done, fails, or is told to leave, and returns it as it is then.</summary>
    /// <param name="held">The run, from <see cref="StartAsync"/>.</param>
    /// <param name="progress">Called after each batch.</param>
    /// <param name="drain">Asks to leave: the batch in flight finishes, and the run is left to be taken up.</param>
    /// <param name="abort">Asks to leave at once: the batch in flight is rolled back.</param>
    /// <exception cref="DripException">The run cannot go on now, for a reason that is not its own: a lock, a full disk, a damaged file.</exception>
    public async Task<Run> ExecuteAsync(HeldRun held, Action<RunProgress>? progress, CancellationToken drain, CancellationToken abort)
    {
        var job = jobs.Find(held.Run.Job);
        var database = databases.Find(job.Info.Database);
        var execution = new RunExecution(held, database, store, services, time, logger, progress, drain, abort);
        var end = await job.ExecuteAsync(execution).ConfigureAwait(false);

        await ReleaseAsync(held.Run, end).ConfigureAwait(false);
        if (end.Cause is not null) throw end.Cause;
        return await store.FindAsync(held.Run.Id, CancellationToken.None).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The run {held.Run.Id} is not in the store any more.");
    }

    // Two runs that were created in the same millisecond can have drawn the same id; a third in a row has not.
    private async ValueTask<(Run Run, Run? Live)> CreateAsync(RunRequest request, BackfillInfo info, CancellationToken cancellationToken)
    {
        const int maxTries = 5;
        for (var tries = 1; ; tries++)
        {
            var run = NewRun(request, info);
            try
            {
                return (run, await store.CreateAsync(run, cancellationToken).ConfigureAwait(false));
            }
            catch (InvalidOperationException) when (tries < maxTries)
            {
                // The id is taken: another is drawn.
            }
        }
    }

    private async Task ReleaseAsync(Run run, RunEnd end)
    {
        try
        {
            var released = await store.ReleaseAsync(run.Id, run.Epoch, end.Status, end.Counters, end.Error, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
            if (!released && end.Cause is null) throw Lease.Lost(run.Id);
        }
        catch (DripException error) when (end.Cause is not null)
        {
            // The store cannot be written either, which is what the cause says already. The run stays with this process's
            // name on it, and is free to be taken up once the process is gone.
            logger.LogWarning("The run {Run} could not be released: {Problem}", run.Id, error.Message);
        }
    }

    private Run NewRun(RunRequest request, BackfillInfo info) => new()
    {
        Id = RunId.Create(time),
        Job = info.Name,
        Options = request.Options.Canonical,
        BatchSize = request.BatchSize ?? info.BatchSize,
        Limit = request.Limit,
        Sleep = request.Sleep ?? info.Sleep,
        CreatedAt = time.GetUtcNow(),
        CreatedBy = request.CreatedBy,
    };

    private static void ThrowIfAlive(Run live)
    {
        if (live.Owner is null || WorkerIdentity.TryParse(live.Owner) is not { } owner || owner.IsKnownDead) return;
        throw new DripException(DripErrorKind.Busy, "already-running",
            $"{live.Job} is already running with these options: run {live.Id}, in process {owner.ProcessId} on {owner.Host}.",
            $"Wait for it, or look at it with: show {live.Id}.");
    }
}
