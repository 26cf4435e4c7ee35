using Drip.Data;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;
using Drip.Store;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>Creates runs, takes up those that were left behind or put aside, executes them, and asks them to pause or stop.</summary>
public sealed class Engine(
    JobRegistry jobs, IRunStore store, DatabaseSet databases, IServiceProvider services, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// How long batches may go on before the store is told of them, and of what was asked of the run meanwhile. No batch
    /// waits for that to be committed.
    /// </summary>
    internal TimeSpan TellEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Creates a run and claims it. Where the same job with the same options has a run that is not over, that one is taken up
    /// instead, if no living worker has it.
    /// </summary>
    /// <exception cref="DripException">A living worker has that run, a person paused it, or the job does not exist.</exception>
    public async ValueTask<HeldRun> StartAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        var job = jobs.Find(request.Job);
        while (true)
        {
            var (run, live) = await CreateAsync(request, job.Info, cancellationToken).ConfigureAwait(false);
            if (live is not null)
            {
                Refusals.ThrowIfAlive(live);
                if (await SettleAsync(live, cancellationToken).ConfigureAwait(false)) continue;
                Refusals.ThrowIfPausedBySomebody(live);
            }

            var claimed = await ClaimAsync(live ?? run, request.CreatedBy, cancellationToken).ConfigureAwait(false);

            // Null means that the run ended, or that another worker claimed it, since it was looked at: look again.
            if (claimed is not null) return new HeldRun(claimed, request, TakenUp: live is not null);
        }
    }

    /// <summary>
    /// Claims a run that was begun before, to go on from its cursor with the options that it has. One that failed or was
    /// stopped is enqueued again for that.
    /// </summary>
    /// <exception cref="DripException">
    /// There is no such run, its status is another, a living worker has it, another run of the same job and options is not
    /// over, or the value of a secret option is missing.
    /// </exception>
    public async ValueTask<HeldRun> TakeAsync(TakeRequest request, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var run = await store.FindAsync(request.Run, cancellationToken).ConfigureAwait(false) ?? throw Refusals.Unknown(request.Run);
            Refusals.ThrowIfAlive(run);
            if (await SettleAsync(run, cancellationToken).ConfigureAwait(false)) continue;
            Refusals.ThrowIfNotFor(run, request.Kind);

            var command = $"{(request.Kind == TakeKind.Retry ? "retry" : "resume")} {run.Id}";
            var options = OptionParser.FromStored(jobs.Find(run.Job).Info, run.Options, request.Secrets, command);
            if (run.Status.IsTerminal())
            {
                if (await store.ReopenAsync(run.Id, request.Who, time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is not { } reopened) continue;
                run = reopened;
            }

            if (await ClaimAsync(run, request.Who, cancellationToken).ConfigureAwait(false) is { } claimed)
                return new HeldRun(claimed, new RunRequest(run.Job, options) { CreatedBy = request.Who }, TakenUp: true);
        }
    }

    /// <summary>
    /// Asks a run to pause or to stop. Its worker, if there is a living one, finishes its batch first; forced, it is fenced
    /// off instead: in the store, and in the database that holds the rows. Returns the run as it is then.
    /// </summary>
    /// <exception cref="DripException">There is no such run, or one with its status cannot be asked for this.</exception>
    public async ValueTask<Run> AskAsync(string runId, RunRequestKind kind, bool force, string? who, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var run = await store.FindAsync(runId, cancellationToken).ConfigureAwait(false) ?? throw Refusals.Unknown(runId);
            if (force && run.Owner is not null) await FenceAsync(run, kind, cancellationToken).ConfigureAwait(false);

            var asked = await store.RequestAsync(
                run.Id, run.Epoch, kind, Refusals.IsGone(run), force, who, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            if (asked is not null) return asked;
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
        var execution = new RunExecution(held, database, store, services, time, logger, progress, TellEvery, drain, abort);
        var end = await job.ExecuteAsync(execution).ConfigureAwait(false);

        await ReleaseAsync(held.Run, end).ConfigureAwait(false);
        if (end.Cause is not null) throw end.Cause;
        return await store.FindAsync(held.Run.Id, CancellationToken.None).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The run {held.Run.Id} is not in the store any more.");
    }

    private ValueTask<Run?> ClaimAsync(Run run, string? who, CancellationToken cancellationToken) =>
        store.ClaimAsync(run.Id, run.Epoch, new LeaseClaim(WorkerIdentity.Current.ToString(), time.GetUtcNow(), TimeSpan.FromSeconds(30)), who, cancellationToken);

    // The worker that was asked died before it could obey; what it was asked for holds.
    private async ValueTask<bool> SettleAsync(Run run, CancellationToken cancellationToken)
    {
        var isSettled = run.Status is not RunStatus.Stopping && (run.Status is not RunStatus.Running || run.Request is null);
        if (isSettled) return false;
        await store.RequestAsync(
            run.Id, run.Epoch, run.Request ?? RunRequestKind.Stop, ownerIsGone: true, force: false, run.RequestedBy, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return true;
    }

    // Before the store says so: a fence without a request only makes the worker leave, a request without its fence would
    // let it go on where the store is in another place than the rows.
    private async ValueTask FenceAsync(Run run, RunRequestKind kind, CancellationToken cancellationToken)
    {
        if (RunChanges.Request(run, run.Epoch, kind, ownerIsGone: false, force: true, who: null, time.GetUtcNow()) is null) return;
        var database = databases.Find(jobs.Find(run.Job).Info.Database);
        await database.Cursors.FenceAsync(run.Id, cancellationToken).ConfigureAwait(false);
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
}
