namespace Drip.Runs;

/// <summary>Something that happened to a run: a row of <c>drip_event</c>.</summary>
/// <param name="Id">Its place in the log of the store; a later event has a greater one.</param>
/// <param name="RunId">The run.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Kind">What happened, see <see cref="RunEventKind"/>.</param>
/// <param name="Who">The person or the worker that did it.</param>
/// <param name="Detail">What else there is to say.</param>
public sealed record RunEvent(long Id, string RunId, DateTimeOffset At, string Kind, string? Who, string? Detail);

/// <summary>The kinds of events. Texts, so that a log with a kind from a later version can still be read.</summary>
public static class RunEventKind
{
    /// <summary>The run was created.</summary>
    public const string Created = "created";

    /// <summary>A worker claimed it from the queue.</summary>
    public const string Started = "started";

    /// <summary>A worker claimed it after another one had left it or died.</summary>
    public const string TakenUp = "taken-up";

    /// <summary>A worker claimed it after a pause.</summary>
    public const string Resumed = "resumed";

    /// <summary>Its worker was asked to pause.</summary>
    public const string PauseRequested = "pause-requested";

    /// <summary>Its worker was asked to stop.</summary>
    public const string StopRequested = "stop-requested";

    /// <summary>It was put aside, by its worker, by a person or because it could not go on.</summary>
    public const string Paused = "paused";

    /// <summary>It was ended before its end.</summary>
    public const string Stopped = "stopped";

    /// <summary>Its worker left it to be taken up.</summary>
    public const string Left = "left";

    /// <summary>Every row in scope was handled.</summary>
    public const string Completed = "completed";

    /// <summary>An error ended it.</summary>
    public const string Failed = "failed";

    /// <summary>It was over, and was enqueued again.</summary>
    public const string Reopened = "reopened";

    /// <summary>Another worker helps with its partitions.</summary>
    public const string Joined = "joined";

    /// <summary>A worker without work took the upper half of another partition.</summary>
    public const string Stolen = "stolen";

    /// <summary>A partition was taken from worker after worker that vanished, and is not tried any more.</summary>
    public const string Poisoned = "poisoned";

    /// <summary>Rows failed and were put into quarantine; the rest of their batch went on.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>A person closed rows in quarantine, so that they are not tried again.</summary>
    public const string Skipped = "skipped";

    /// <summary>A run that was pending was handed to the queue.</summary>
    public const string Enqueued = "enqueued";

    /// <summary>An around-hook returned without calling what it wraps, so that did not happen.</summary>
    public const string HookSkipped = "hook-skipped";

    /// <summary>A hook threw; what it was to follow stands.</summary>
    public const string HookFailed = "hook-failed";
}
