using Drip.Chaos;
using Drip.Data;
using Drip.Hooks;
using Drip.Jobs;
using Drip.Leases;
using Drip.Options;
using Drip.Runs;
using Drip.Store;
using Drip.Workers;
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

    /// <summary>How long what this worker claims is its own, and how often it renews that.</summary>
    public LeaseSettings Leases { get; init; } = new();

    /// <summary>The name of this worker.</summary>
    internal string Worker { get; init; } = WorkerIdentity.Current.ToString();

    /// <summary>Who is gone.</summary>
    internal Liveness Liveness { get; init; } = Liveness.OfProcesses(time);

    /// <summary>Draws how long retries wait, and the ids of runs.</summary>
    internal Random Random { get; init; } = Random.Shared;

    /// <summary>Where work goes on.</summary>
    internal Threads Threads { get; init; } = Threads.OfThePool;

    private EngineParts Parts => field ??= new EngineParts(time, logger, Worker, Leases, Liveness, Random, Threads, TellEvery);

    private HookDelivery Delivery => field ??= new HookDelivery(jobs, store, databases, services, Parts);

    private PatientStore Patient => field ??= new PatientStore(store, Parts.RetryOnStore());

    private RunQueue Queue => field ??= new RunQueue(jobs, store, Parts);

    private RunHooks Hooks => field ??= new RunHooks(Patient, Delivery, time);

    private RunCreation Creation => field ??= new RunCreation(Hooks, Delivery, Parts);

    /// <summary>
    /// Creates a run and claims it. Where the same job with the same options has a run that is not over, that one is taken up
    /// instead, if no living worker has it.
    /// </summary>
    /// <exception cref="DripException">A living worker has that run, or was faster to claim it, a person paused it, or the job does not exist.</exception>
    public async ValueTask<HeldRun> StartAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        var job = jobs.Find(request.Job);
        while (true)
        {
            var (run, live) = await Creation.CreateAsync(request, job, cancellationToken).ConfigureAwait(false);
            if (live is not null)
            {
                ThrowIfAlive(live);
                if (await EnqueueAsync(live, request, cancellationToken).ConfigureAwait(false) || await SettleAsync(live, cancellationToken).ConfigureAwait(false)) continue;
                Refusals.ThrowIfPausedBySomebody(live);
            }

            if (await ClaimAsync(live ?? run, request, live is not null, cancellationToken).ConfigureAwait(false) is { } held) return held;

            // What was asked for is that run, and another worker has it or is done with it by now: a second one must not follow.
            throw Refusals.ClaimedByAnother(live ?? run);
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
            var run = await Patient.FindAsync(request.Run, cancellationToken).ConfigureAwait(false) ?? throw Refusals.Unknown(request.Run);
            ThrowIfAlive(run);
            if (await SettleAsync(run, cancellationToken).ConfigureAwait(false)) continue;
            Refusals.ThrowIfNotFor(run, request.Kind);

            var command = $"{(request.Kind == TakeKind.Retry ? "retry" : "resume")} {run.Id}";
            var options = OptionParser.FromStored(jobs.Find(run.Job).Info, run.Options, request.Secrets, command);
            var asked = new RunRequest(run.Job, options) { CreatedBy = request.Who };
            if (await EnqueueAsync(run, asked, cancellationToken).ConfigureAwait(false)) continue;
            if (run.Status.IsTerminal())
            {
                var over = run;
                if (await Hooks.ReopenAsync(run, HooksOf(asked), request.Who, () => ReopenAsync(over, request.Who, cancellationToken), cancellationToken).ConfigureAwait(false) is not { } reopened) continue;
                run = reopened;
            }

            if (await ClaimAsync(run, asked, isTakenUp: true, cancellationToken).ConfigureAwait(false) is { } held) return held;
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
            if (await RequestAsync(run, kind, IsGone(run), force, who, cancellationToken).ConfigureAwait(false) is { } asked) return asked;
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
        await Delivery.DeliverDueAsync(abort).ConfigureAwait(false);
        var end = await jobs.Find(held.Run.Job).ExecuteAsync(Execution(held, progress, held.Run.Partitions, drain, abort)).ConfigureAwait(false);
        return await SettleAsync(held, end, abort).ConfigureAwait(false);
    }

    private async Task<Run> SettleAsync(HeldRun held, RunEnd end, CancellationToken abort)
    {
        await ReleaseAsync(held, end, abort).ConfigureAwait(false);
        await Delivery.DeliverDueAsync(Leave(end, abort)).ConfigureAwait(false);
        var run = await Patient.FindLastAsync(held.Run.Id, Leave(end, abort)).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The run {held.Run.Id} is not in the store any more.");

        // Where a worker that helped has failed the run, that is what became of it, and not that it was lost.
        var isFailedByHelper = end.Cause is { Code: "lease-lost" } && run.Status == RunStatus.Failed && run.Epoch == held.Run.Epoch;
        if (end.Cause is not null && !isFailedByHelper) throw end.Cause;
        return run;
    }

    // Who has waited in vain for the server does not wait for it again.
    private static CancellationToken Leave(RunEnd end, CancellationToken abort) => Trouble.IsConnectionLost(end.Cause) ? new CancellationToken(canceled: true) : abort;

    /// <summary>
    /// Works on partitions of a run that another worker has, as long as there are some to take. Where a row fails that may
    /// not, the run fails. Returns whether there was anything to do.
    /// </summary>
    internal async Task<bool> HelpAsync(Run run, CancellationToken drain, CancellationToken abort)
    {
        var job = jobs.Find(run.Job);
        var request = new RunRequest(run.Job, OptionParser.FromStored(job.Info, run.Options, new Dictionary<string, string?>(), $"run {run.Job}"));
        var retry = Parts.RetryOn(DatabaseOf(run));
        var before = await retry.RunAsync(() => CursorsOf(run).ListAsync(run.Id, abort).AsTask(), abort).ConfigureAwait(false);
        if (before.Count == 0) return false;

        var execution = Execution(new HeldRun(run, request, TakenUp: true), null, parallel: 1, drain, abort);
        var end = await job.HelpAsync(execution).ConfigureAwait(false);
        if (end.Cause is { Code: not "lease-lost" } cause) throw cause;
        if (end.Status == RunStatus.Failed)
        {
            await retry.FinishAsync(() => CursorsOf(run).FenceAsync(run.Id, run.Epoch + 1, CancellationToken.None).AsTask(), abort).ConfigureAwait(false);
            await Hooks.ReleaseAsync(run, HooksOf(request), end, abort).ConfigureAwait(false);
        }

        return end.Counters.Batches > before.Sum(cursor => cursor.Batches);
    }

    /// <summary>The rows of a run that fail, as its job's database knows them.</summary>
    /// <exception cref="DripException">There is no such run.</exception>
    public async ValueTask<IReadOnlyList<QuarantinedRow>> ListQuarantineAsync(string runId, CancellationToken cancellationToken = default)
    {
        var run = await store.FindAsync(runId, cancellationToken).ConfigureAwait(false) ?? throw Refusals.Unknown(runId);
        return await DatabaseOf(run).Quarantine.ListAsync(run.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes a quarantined row, so that it counts as a failure no more and is not tried again.</summary>
    /// <param name="row">The row, from <see cref="ListQuarantineAsync"/>.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellationToken">Cancels waiting for the database.</param>
    /// <returns>False if it is not open any more.</returns>
    public async ValueTask<bool> SkipAsync(QuarantinedRow row, string? who, CancellationToken cancellationToken = default)
    {
        var run = await store.FindAsync(row.Run, cancellationToken).ConfigureAwait(false) ?? throw Refusals.Unknown(row.Run);
        var quarantine = DatabaseOf(run).Quarantine;
        if (!await quarantine.SkipAsync(run.Id, row.Key, cancellationToken).ConfigureAwait(false)) return false;
        await store.LogAsync(new RunEvent(0, run.Id, time.GetUtcNow(), RunEventKind.Skipped, who, row.Key.ToString()), cancellationToken).ConfigureAwait(false);
        await store.SetQuarantinedAsync(run.Id, await quarantine.CountAsync(run.Id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Takes runs from the queue, goes on with those whose worker is gone, and helps with the partitions of others, until told
    /// to leave or, where the settings say so, until nothing is left to do.
    /// </summary>
    /// <param name="settings">How many at the same time, and whether to leave.</param>
    /// <param name="news">Called with what happens, from any thread.</param>
    /// <param name="drain">Asks to leave: batches in flight finish, and their runs are left to be taken up.</param>
    /// <param name="abort">Asks to leave at once: batches in flight are rolled back.</param>
    /// <exception cref="DripException">The store cannot be used at the start.</exception>
    public Task WorkAsync(WorkSettings settings, Action<WorkNews>? news, CancellationToken drain, CancellationToken abort) =>
        new WorkLoop(this, store, time, logger, settings, news).RunAsync(drain, abort);

    /// <summary>The after-hooks of a run that are still to be called: by the worker that called them just now, or again because they failed.</summary>
    /// <exception cref="DripException">There is no such run.</exception>
    public async ValueTask<IReadOnlyList<OutboxEntry>> ListOutboxAsync(string runId, CancellationToken cancellationToken = default) =>
        await Delivery.ListAsync(await store.FindAsync(runId, cancellationToken).ConfigureAwait(false) ?? throw Refusals.Unknown(runId), cancellationToken).ConfigureAwait(false);

    /// <summary>Calls the after-hooks that are due, or that a worker which is gone has left.</summary>
    internal Task DeliverDueAsync(CancellationToken cancellationToken) => Delivery.DeliverDueAsync(cancellationToken);

    /// <summary>Creates a run for a worker to take from the queue.</summary>
    /// <exception cref="DripException">The same job with the same options has a run that is not over, the job does not exist, or it has secret options, which no queue holds.</exception>
    public async ValueTask<Run> EnqueueAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        var job = jobs.Find(request.Job);
        if (job.Info.Options.FirstOrDefault(option => option.IsSecret) is { } secret) throw Refusals.SecretInQueue(job.Info, secret);
        var (run, live) = await Creation.CreateAsync(request, job, cancellationToken).ConfigureAwait(false);
        return live is null ? run : throw RunChanges.InTheWay(live);
    }

    /// <summary>Whether the worker that has the run is gone, or none has it.</summary>
    internal bool IsGone(Run run) => Liveness.IsGone(run.Owner, run.LeaseUntil) || Queue.IsTakenUnknown(run);

    /// <summary>Takes the first run behind this id from the queue, where the store can do that in one go; null if there is none.</summary>
    internal ValueTask<Run?> TakeNextAsync(string? after, CancellationToken cancellationToken) => Queue.TakeAsync(after, cancellationToken);

    /// <summary>Makes a run that was taken so ready to be executed.</summary>
    /// <exception cref="DripException">Its options are not those of the job as it is here; the run is left for another worker.</exception>
    internal async ValueTask<HeldRun> HoldAsync(Run run, CancellationToken abort)
    {
        FailPoint.Hit(FailPoints.RunClaimed);
        try
        {
            // An earlier claim has left another epoch.
            return new HeldRun(run, new RunRequest(run.Job, OptionsOf(run)), TakenUp: run.Epoch > 1);
        }
        catch (DripException)
        {
            await Patient.ReleaseAsync(run.Id, run.Epoch, RunStatus.Running, run.Counters, null, time.GetUtcNow(), exactly: false, abort).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes a run that is free for a worker that looks for work; null if it cannot be taken, or another was faster.</summary>
    internal async ValueTask<HeldRun?> TryTakeAsync(Run run, CancellationToken cancellationToken)
    {
        if (!IsGone(run) || await SettleAsync(run, cancellationToken).ConfigureAwait(false)) return null;
        return await ClaimAsync(run, new RunRequest(run.Job, OptionsOf(run)), isTakenUp: run.Status != RunStatus.Enqueued || run.StartedAt is not null, cancellationToken).ConfigureAwait(false);
    }

    private ParsedOptions OptionsOf(Run run) => OptionParser.FromStored(jobs.Find(run.Job).Info, run.Options, new Dictionary<string, string?>(), $"resume {run.Id}");

    /// <summary>Works on a run, one partition at a time.</summary>
    internal async Task<Run> ExecuteOneByOneAsync(HeldRun held, CancellationToken drain, CancellationToken abort)
    {
        var end = await jobs.Find(held.Run.Job).ExecuteAsync(Execution(held, null, parallel: 1, drain, abort)).ConfigureAwait(false);
        return await SettleAsync(held, end, abort).ConfigureAwait(false);
    }

    private RunExecution Execution(HeldRun held, Action<RunProgress>? progress, int parallel, CancellationToken drain, CancellationToken abort) =>
        new(held, DatabaseOf(held.Run), store, services, Parts, progress, drain, abort)
        {
            Hooks = Delivery,
            Parallel = parallel,
        };

    private JobHooks HooksOf(RunRequest request) => Delivery.Of(jobs.Find(request.Job), request.Options);

    private IDatabase DatabaseOf(Run run) => databases.Find(jobs.Find(run.Job).Info.Database);

    private ICursors CursorsOf(Run run) => DatabaseOf(run).Cursors;

    private void ThrowIfAlive(Run run)
    {
        if (!IsGone(run)) throw Refusals.Alive(run);
    }

    private async ValueTask<HeldRun?> ClaimAsync(Run run, RunRequest request, bool isTakenUp, CancellationToken cancellationToken)
    {
        FailPoint.Hit(run.Owner is null ? FailPoints.BeforeClaim : FailPoints.Rescue);
        var isPlanned = false;
        var claimed = await Hooks.ClaimAsync(
            run, HooksOf(request), () => new LeaseClaim(Worker, time.GetUtcNow(), Leases.Duration), request.CreatedBy, PlanAsync, cancellationToken).ConfigureAwait(false);
        if (claimed is null) return null;
        FailPoint.Hit(FailPoints.RunClaimed);
        return new HeldRun(claimed, request, isTakenUp) { IsPlanned = isPlanned };

        async Task PlanAsync(Run begun)
        {
            try
            {
                await jobs.Find(run.Job).PlanAsync(Execution(new HeldRun(begun, request, isTakenUp), null, parallel: 1, default, cancellationToken)).ConfigureAwait(false);
                isPlanned = true;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The execution meets it again, and knows what is to become of the run.
                logger.LogInformation("The run {Run} could not be planned when it was claimed: {Problem}", run.Id, error.Message);
            }
        }
    }

    // A run that is pending waits for nothing but this: its process died, or a hook did not let it into the queue.
    private async ValueTask<bool> EnqueueAsync(Run run, RunRequest request, CancellationToken cancellationToken)
    {
        if (run.Status != RunStatus.Pending) return false;
        await Hooks.EnqueueAsync(run, HooksOf(request), request.CreatedBy, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<Run?> ReopenAsync(Run run, string? who, CancellationToken cancellationToken)
    {
        // First, because a run that nobody reopened is not touched by it.
        await Parts.RetryOn(DatabaseOf(run)).RunAsync(() => CursorsOf(run).ReopenAsync(run.Id, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.Reopening);
        return await Patient.ReopenAsync(run.Id, who, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<Run?> RequestAsync(Run run, RunRequestKind kind, bool ownerIsGone, bool force, string? who, CancellationToken cancellationToken)
    {
        var preview = RunChanges.Request(run, run.Epoch, kind, ownerIsGone, force, who, time.GetUtcNow());
        return Hooks.RequestAsync(run, Delivery.Of(run), preview, RequestAsync, cancellationToken);

        async Task<Run?> RequestAsync()
        {
            // Before the store says so: a fence without a request only makes the worker leave, a request without its fence
            // would let it go on where the store is in another place than the rows.
            if (force && RunTransitions.IsHeld(run.Status) && preview is not null)
            {
                await CursorsOf(run).FenceAsync(run.Id, preview.Run.Epoch, cancellationToken).ConfigureAwait(false);
                FailPoint.Hit(FailPoints.Fencing);
            }

            return await store.RequestAsync(run.Id, run.Epoch, kind, ownerIsGone, force, who, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }

    // The worker that was asked died before it could obey; what it was asked for holds.
    private async ValueTask<bool> SettleAsync(Run run, CancellationToken cancellationToken)
    {
        var isSettled = run.Status is not RunStatus.Stopping && (run.Status is not RunStatus.Running || run.Request is null);
        if (isSettled) return false;
        try
        {
            // One that was heard although no answer came has settled it, too.
            var kind = run.Request ?? RunRequestKind.Stop;
            await Parts.RetryOnStore().RunAsync(() => RequestAsync(run, kind, ownerIsGone: true, force: false, run.RequestedBy, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        }
        catch (DripException settled) when (settled.Code == "wrong-status")
        {
            // Its worker lived to obey, after all, or another one has seen to it.
        }

        return true;
    }

    private async Task ReleaseAsync(HeldRun held, RunEnd end, CancellationToken abort)
    {
        var run = held.Run;
        try
        {
            var released = await Hooks.ReleaseAsync(run, HooksOf(held.Request), end, Leave(end, abort)).ConfigureAwait(false);
            if (!released && end.Cause is null) throw Lease.Lost(run.Id);
        }
        catch (DripException error) when (end.Cause is not null)
        {
            // The store cannot be written either, which is what the cause says already. The run stays with this process's
            // name on it, and is free to be taken up once the process is gone.
            logger.LogWarning("The run {Run} could not be released: {Problem}", run.Id, error.Message);
        }
    }
}
