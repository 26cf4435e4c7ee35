using System.Globalization;
using Drip.Data;
using Drip.Runs;

namespace Drip.Store;

/// <summary>A run as it is after something happened to it, and the event that says so.</summary>
internal sealed record RunChange(Run Run, RunEvent Event);

/// <summary>
/// What claims, releases, requests and reopening make of a run. Every store does what this says, and writes the run and
/// the event in one transaction. Null means that the run is not what the caller thinks it is.
/// </summary>
internal static class RunChanges
{
    public static RunEvent Created(Run run) => new(0, run.Id, run.CreatedAt, RunEventKind.Created, run.CreatedBy, null);

    /// <summary>A request that the worker before did not live to obey stays for the next one; a pause or an end is over with the claim.</summary>
    public static RunChange? Claim(Run run, long epoch, LeaseClaim claim, string? who)
    {
        if (run.Epoch != epoch || !RunTransitions.CanClaim(run.Status)) return null;
        var after = run.Status == RunStatus.Running ? run : WithoutRequest(run);
        var kind = run.Status switch
        {
            RunStatus.Enqueued => RunEventKind.Started,
            RunStatus.Paused => RunEventKind.Resumed,
            _ => RunEventKind.TakenUp,
        };
        var worker = WorkerIdentity.Describe(claim.Owner);
        return new RunChange(
            after with
            {
                Status = RunStatus.Running,
                Epoch = epoch + 1,
                Owner = claim.Owner,
                LeaseUntil = claim.Until,
                StartedAt = run.StartedAt ?? claim.Now,
                Error = null,
                Hooks = claim.Hooks ?? run.Hooks,
            },
            new RunEvent(0, run.Id, claim.Now, kind, who ?? worker, who is null ? At(run.Counters) : $"by {worker}, {At(run.Counters)}"));
    }

    /// <summary>What was asked for and not yet seen counts: a worker that only leaves a run pauses or stops it by that.</summary>
    public static RunChange? Release(Run run, long epoch, RunStatus asked, RunCounters counters, RunError? error, DateTimeOffset now, bool exactly = false)
    {
        if (run.Epoch != epoch || !RunTransitions.IsHeld(run.Status)) return null;
        var status = (run.Status, asked, run.Request) switch
        {
            (RunStatus.Stopping, RunStatus.Running or RunStatus.Paused, _) => RunStatus.Stopped,
            (RunStatus.Running, RunStatus.Running, RunRequestKind.Pause) => RunStatus.Paused,
            _ => asked,
        };
        if (exactly && status != asked) return null;

        // Stopping is what a worker does while it has the run, and no state to leave it in.
        if (status == RunStatus.Stopping || !RunTransitions.IsAllowed(run.Status, status)) return null;

        var isObeyed = run.Request is not null && status is RunStatus.Paused or RunStatus.Stopped;
        var after = (isObeyed ? run : WithoutRequest(run)) with
        {
            Status = status,
            Owner = null,
            LeaseUntil = null,
            Counters = Count(run.Counters, counters),
            Error = error,
            FinishedAt = status.IsTerminal() ? now : run.FinishedAt,
        };
        var who = isObeyed ? run.RequestedBy : WorkerIdentity.Describe(run.Owner);
        return new RunChange(after, new RunEvent(0, run.Id, now, KindOf(status), who, error?.Message ?? At(counters)));
    }

    /// <summary>
    /// A run's counters after <paramref name="now"/> was told: a worker that did not count the total does not lose what
    /// another one counted, and the time that was spent does not shrink when a helper tells of less.
    /// </summary>
    public static RunCounters Count(RunCounters before, RunCounters now) => now with
    {
        Total = now.Total ?? before.Total,
        Active = before.Active > now.Active ? before.Active : now.Active,
    };

    /// <summary>
    /// A worker that is there obeys by itself. Otherwise the request takes effect at once, and the epoch grows, so that
    /// neither a worker that is fenced off nor a claim of what was seen before can undo it.
    /// </summary>
    /// <exception cref="DripException">A run with this status cannot be asked for this.</exception>
    public static RunChange? Request(Run run, long epoch, RunRequestKind kind, bool ownerIsGone, bool force, string? who, DateTimeOffset now)
    {
        if (run.Epoch != epoch) return null;
        var isHeld = RunTransitions.IsHeld(run.Status);
        var waits = isHeld && run.Owner is not null && !ownerIsGone && !force;
        var status = (kind, run.Status) switch
        {
            (RunRequestKind.Stop, RunStatus.Running or RunStatus.Stopping) => waits ? RunStatus.Stopping : RunStatus.Stopped,
            (RunRequestKind.Stop, RunStatus.Pending or RunStatus.Enqueued or RunStatus.Paused) => RunStatus.Stopped,
            (RunRequestKind.Pause, RunStatus.Running) => waits ? RunStatus.Running : RunStatus.Paused,
            _ => throw Refused(run, kind),
        };

        var after = run with { Status = status, Request = kind, RequestedBy = who, RequestedAt = now };
        if (waits)
        {
            var requested = kind == RunRequestKind.Pause ? RunEventKind.PauseRequested : RunEventKind.StopRequested;
            return new RunChange(after, new RunEvent(0, run.Id, now, requested, who, $"{WorkerIdentity.Describe(run.Owner)} finishes its batch"));
        }

        var isFencedOff = force && isHeld && run.Owner is not null;
        return new RunChange(
            after with { Owner = null, LeaseUntil = null, Epoch = run.Epoch + 1, FinishedAt = status.IsTerminal() ? now : run.FinishedAt },
            new RunEvent(0, run.Id, now, KindOf(status), who, isFencedOff ? $"by force: {WorkerIdentity.Describe(run.Owner)} is fenced off" : At(run.Counters)));
    }

    /// <summary>Puts a run that is over, but has something left to do, into the queue again.</summary>
    public static RunChange? Reopen(Run run, string? who, DateTimeOffset now)
    {
        if (!RunTransitions.CanReopen(run)) return null;
        return new RunChange(
            WithoutRequest(run) with { Status = RunStatus.Enqueued, FinishedAt = null, Error = null },
            new RunEvent(0, run.Id, now, RunEventKind.Reopened, who, $"was {run.Status.ToName()}"));
    }

    /// <summary>Hands a run that is pending to the queue.</summary>
    public static RunChange? Enqueue(Run run, string? who, DateTimeOffset now) => run.Status == RunStatus.Pending
        ? new RunChange(run with { Status = RunStatus.Enqueued }, new RunEvent(0, run.Id, now, RunEventKind.Enqueued, who, null))
        : null;

    /// <summary>Ends a run that no worker holds, or none any more; the epoch grows, so that no claim of what was seen before undoes it.</summary>
    public static RunChange? Fail(Run run, long epoch, RunError error, DateTimeOffset now)
    {
        if (run.Epoch != epoch || run.Status.IsTerminal()) return null;
        var after = WithoutRequest(run) with { Status = RunStatus.Failed, Owner = null, LeaseUntil = null, Epoch = run.Epoch + 1, Error = error, FinishedAt = now };
        return new RunChange(after, new RunEvent(0, run.Id, now, RunEventKind.Failed, null, error.Message));
    }

    /// <summary>A worker leaves a run as it is, with what was asked of it: a hook kept it from the status that it was to have.</summary>
    public static RunChange? LetGo(Run run, long epoch, RunCounters counters, string why, DateTimeOffset now)
    {
        if (run.Epoch != epoch || !RunTransitions.IsHeld(run.Status)) return null;
        return new RunChange(
            run with { Owner = null, LeaseUntil = null, Counters = Count(run.Counters, counters) },
            new RunEvent(0, run.Id, now, RunEventKind.HookSkipped, WorkerIdentity.Describe(run.Owner), why));
    }

    /// <summary>The code of the error that another run of the job and options is not over.</summary>
    public const string IsInTheWay = "already-running";

    public static DripException InTheWay(Run other) => new(DripErrorKind.Busy, IsInTheWay,
        $"Another run of {other.Job} with these options is not over: run {other.Id} is {other.Status.ToName()}.",
        $"Wait for it, or end it with: stop {other.Id}.");

    private static Run WithoutRequest(Run run) => run with { Request = null, RequestedBy = null, RequestedAt = null };

    private static string KindOf(RunStatus status) => status switch
    {
        RunStatus.Running => RunEventKind.Left,
        RunStatus.Paused => RunEventKind.Paused,
        RunStatus.Stopped => RunEventKind.Stopped,
        RunStatus.Completed => RunEventKind.Completed,
        RunStatus.Failed => RunEventKind.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private static string At(RunCounters counters) =>
        string.Create(CultureInfo.InvariantCulture, $"at {counters.Scanned:N0} row{(counters.Scanned == 1 ? "" : "s")}");

    private static DripException Refused(Run run, RunRequestKind kind) => new(DripErrorKind.Usage, "wrong-status",
        $"The run {run.Id} of {run.Job} is {run.Status.ToName()}, so it cannot be {(kind == RunRequestKind.Pause ? "paused" : "stopped")}.",
        run.Status switch
        {
            RunStatus.Paused => $"Go on with: resume {run.Id}, or end it with: stop {run.Id}.",
            RunStatus.Pending or RunStatus.Enqueued => $"Only a running one can be paused; end it with: stop {run.Id}.",
            RunStatus.Stopping => $"It stops when its batch is done; look at it with: show {run.Id}.",
            _ => $"It is over; look at it with: show {run.Id}.",
        });
}
