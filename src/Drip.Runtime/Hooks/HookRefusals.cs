using Drip.Generated;
using Drip.Runs;

namespace Drip.Hooks;

/// <summary>What people are told where a hook kept something from happening.</summary>
internal static class HookRefusals
{
    public const string SkippedCode = "hook-skipped";
    public const string FailedCode = "hook-failed";

    /// <summary>Whether a hook has kept the run from going on, which it may do again at once.</summary>
    public static bool IsOne(DripException error) => error.Code is SkippedCode or FailedCode;

    public static DripException Skipped(HookPoint around, Run run) => new(DripErrorKind.Paused, SkippedCode,
        $"The hook {around} of {run.Job} returned without next(), so run {run.Id} did not become {Name(around.Status)}.",
        around.Status == HookStatus.Pending ? "Nothing was created; try again when the hook lets it pass." : $"It is asked again with: resume {run.Id}; look at the run with: show {run.Id}.");

    public static DripException Skipped(HookPoint around, BatchContext batch) => new(DripErrorKind.Paused, SkippedCode,
        $"The hook {around} of {batch.Job} returned without next(), so batch {batch.Number} was rolled back.",
        $"The hook is asked again with: resume {batch.RunId}.");

    public static DripException NotCreated(HookException failure, string job) => new(DripErrorKind.RunFailed, FailedCode,
        $"No run of {job} was created, because its hook {failure.Point} failed: {failure.InnerException!.Message}",
        "Mend what the hook found, and try again.", failure.InnerException);

    public static DripException NotReopened(HookException failure, Run run) => new(DripErrorKind.RunFailed, FailedCode,
        $"The run {run.Id} of {run.Job} stays {run.Status.ToName()}, because its hook {failure.Point} failed: {failure.InnerException!.Message}",
        "Mend what the hook found, and try again.", failure.InnerException);

    public static DripException Failed(HookException failure, Run run) => new(DripErrorKind.RunFailed, FailedCode,
        $"The run {run.Id} of {run.Job} failed, because its hook {failure.Point} did: {failure.InnerException!.Message}",
        $"Mend what the hook found, then: retry {run.Id}.", failure.InnerException);

    private static string Name(HookStatus status) => status switch
    {
        HookStatus.Pending => "pending",
        HookStatus.Enqueued => "enqueued",
        HookStatus.Running => "running",
        HookStatus.Completed => "completed",
        HookStatus.Failed => "failed",
        HookStatus.Stopped => "stopped",
        _ => "paused",
    };
}
