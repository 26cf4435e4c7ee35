using Drip.Runs;

namespace Drip.Store;

/// <summary>Which status may follow which. A run that failed to change its status because a hook threw, fails; so every live status may.</summary>
internal static class RunTransitions
{
    public static bool IsAllowed(RunStatus from, RunStatus to) => (from, to) switch
    {
        (RunStatus.Pending, RunStatus.Enqueued or RunStatus.Stopped or RunStatus.Failed) => true,
        (RunStatus.Enqueued, RunStatus.Running or RunStatus.Stopped or RunStatus.Failed) => true,
        // From running to running a run changes its worker.
        (RunStatus.Running, RunStatus.Running or RunStatus.Paused or RunStatus.Stopping) => true,
        (RunStatus.Running, RunStatus.Completed or RunStatus.Failed or RunStatus.Stopped) => true,
        (RunStatus.Paused, RunStatus.Running or RunStatus.Stopped or RunStatus.Failed) => true,
        // Told to stop in its last batch, a run is complete: there is nothing that it was kept from.
        (RunStatus.Stopping, RunStatus.Stopped or RunStatus.Completed or RunStatus.Failed) => true,
        // Completed with rows in quarantine, see CanReopen.
        (RunStatus.Failed or RunStatus.Stopped or RunStatus.Completed, RunStatus.Enqueued) => true,
        _ => false,
    };

    /// <summary>Whether a worker can take a run that has this status.</summary>
    public static bool CanClaim(RunStatus status) => status is RunStatus.Enqueued or RunStatus.Running or RunStatus.Paused;

    /// <summary>Whether there is something left to do in a run that is over.</summary>
    public static bool CanReopen(Run run) =>
        run.Status is RunStatus.Failed or RunStatus.Stopped || run is { Status: RunStatus.Completed, Counters.Quarantined: > 0 };

    /// <summary>Whether a worker might take a run or help with it. What a person put aside, only a person takes up again.</summary>
    public static bool IsWork(Run run) => run.Status switch
    {
        RunStatus.Pending => false,
        RunStatus.Paused => run.Request is null,
        var status => !status.IsTerminal(),
    };

    /// <summary>Whether a run with this status is a worker's.</summary>
    public static bool IsHeld(RunStatus status) => status is RunStatus.Running or RunStatus.Stopping;
}
