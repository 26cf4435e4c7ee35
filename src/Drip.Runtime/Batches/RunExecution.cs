using Drip.Data;
using Drip.Jobs;
using Drip.Runs;
using Drip.Store;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>What the execution of one run needs, gathered once.</summary>
internal sealed record RunExecution(
    HeldRun Held,
    IDatabase Database,
    IRunStore Store,
    IServiceProvider Services,
    TimeProvider Time,
    ILogger Log,
    Action<RunProgress>? Progress,
    TimeSpan TellEvery,
    CancellationToken Drain,
    CancellationToken Abort)
{
    public Run Run => Held.Run;

    public LeaseClaim Claim => new(WorkerIdentity.Current.ToString(), Time.GetUtcNow(), TimeSpan.FromSeconds(30));

    public int BatchSize => Held.Request.BatchSize ?? Held.Run.BatchSize;

    public TimeSpan Sleep => Held.Request.Sleep ?? Held.Run.Sleep;
}

/// <summary>How an execution ended: the status that the run is left with, how far it is, and why.</summary>
/// <param name="Status">Completed or failed; running when it was left to be taken up; paused when it cannot go on now or was told to pause; stopped when it was told to.</param>
/// <param name="Counters">How far the run is.</param>
/// <param name="Error">Why it failed or was paused.</param>
/// <param name="Cause">What to tell the person who waits, beyond the run's own error: rethrown once the run is released.</param>
internal sealed record RunEnd(RunStatus Status, RunCounters Counters, RunError? Error = null, DripException? Cause = null);
