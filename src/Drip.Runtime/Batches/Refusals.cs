using System.Globalization;
using Drip.Data;
using Drip.Jobs;
using Drip.Leases;
using Drip.Runs;

namespace Drip.Batches;

/// <summary>Why a run is not begun, taken up or gone on with.</summary>
internal static class Refusals
{
    public static DripException Alive(Run run)
    {
        return new DripException(DripErrorKind.Busy, "already-running",
            $"{run.Job} is already running with these options: run {run.Id}, in {WorkerIdentity.Describe(run.Owner)}.",
            $"Wait for it, or look at it with: show {run.Id}.");
    }

    public static DripException ClaimedByAnother(Run run) => new(DripErrorKind.Busy, "already-running",
        $"Another worker was faster: it has run {run.Id} of {run.Job}, or is done with it, so this one changes nothing and leaves.",
        $"Look at it with: show {run.Id}.");

    /// <summary>What a person put aside is not taken up behind their back; what the system paused is.</summary>
    public static void ThrowIfPausedBySomebody(Run run)
    {
        if (run is not { Status: RunStatus.Paused, Request: not null }) return;
        var scanned = run.Counters.Scanned;
        throw new DripException(DripErrorKind.Paused, "run-paused",
            string.Create(CultureInfo.InvariantCulture, $"Run {run.Id} of {run.Job} was paused by {run.RequestedBy} at {scanned:N0} row{(scanned == 1 ? "" : "s")}."),
            $"Go on with: resume {run.Id}.");
    }

    public static void ThrowIfNotFor(Run run, TakeKind kind)
    {
        var remedy = (run.Status, kind) switch
        {
            (RunStatus.Enqueued, _) or (RunStatus.Failed, TakeKind.Retry) => null,
            (RunStatus.Completed, TakeKind.Retry) when run.Counters.Quarantined > 0 => null,
            (RunStatus.Pending or RunStatus.Paused or RunStatus.Stopped or RunStatus.Running, TakeKind.Resume) => null,
            (RunStatus.Completed, TakeKind.Resume) when run.Counters.Quarantined > 0 => $"Try its quarantined rows again with: retry {run.Id}.",
            (RunStatus.Failed, TakeKind.Resume) => $"Try it again with: retry {run.Id}.",
            (RunStatus.Pending or RunStatus.Paused or RunStatus.Stopped or RunStatus.Running, TakeKind.Retry) => $"It did not fail: go on with: resume {run.Id}.",
            _ => $"Look at it with: show {run.Id}.",
        };
        if (remedy is null) return;
        throw new DripException(DripErrorKind.Usage, "wrong-status",
            $"The run {run.Id} of {run.Job} is {run.Status.ToName()}, so there is nothing to {(kind == TakeKind.Retry ? "retry" : "resume")}.", remedy);
    }

    public static DripException Poisoned(Cursor cursor) => new(DripErrorKind.RunFailed, "poisoned",
        string.Create(CultureInfo.InvariantCulture, $"The workers of partition {cursor.Partition} vanished {cursor.Rescues + 1} times in a row {(cursor.After is null ? "in its first batch" : $"in the batch after {cursor.After}")}, so it is not tried again by itself."),
        $"Look at what kills them (memory, a native crash, an operator), then: retry {cursor.Run}.");

    public static DripException TooManyFailures(Run run, RunCounters counters) => new(DripErrorKind.RunFailed, "too-many-failures",
        string.Create(CultureInfo.InvariantCulture, $"{counters.Quarantined:N0} of {counters.Scanned:N0} rows failed, which is more than {run.Job} allows."),
        $"Look at them with: quarantine {run.Id}.");

    public static DripException SecretInQueue(BackfillInfo job, OptionInfo option) => new(DripErrorKind.Usage, "secret-in-queue",
        $"A run of {job.Name} cannot wait for another worker, because nothing stores the value of its secret option --{option.Name}.",
        $"Run it here: run {job.Name}.");

    public static DripException Unknown(string run) => new(DripErrorKind.Usage, "unknown-run",
        $"There is no run '{run}'.", "Use 'runs' to see the runs.");
}
