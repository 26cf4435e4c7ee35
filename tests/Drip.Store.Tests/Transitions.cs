using Drip.Runs;

namespace Drip.Store.Tests;

/// <summary>The status machine, written down a second time and by hand.</summary>
internal static class Transitions
{
    public static readonly string[] Allowed =
    [
        "pending → enqueued", "pending → stopped", "pending → failed",
        "enqueued → running", "enqueued → stopped", "enqueued → failed",
        "running → running", "running → paused", "running → stopping", "running → stopped", "running → completed", "running → failed",
        "paused → running", "paused → stopped", "paused → failed",
        "stopping → stopped", "stopping → completed", "stopping → failed",
        "stopped → enqueued",
        "failed → enqueued",
        "completed → enqueued",
    ];

    /// <summary>What only a run with rows in quarantine may do.</summary>
    public static readonly string[] OnlyWithQuarantinedRows = ["completed → enqueued"];

    public static readonly (RunStatus From, RunStatus To)[] AllPairs =
        [.. from before in Enum.GetValues<RunStatus>() from after in Enum.GetValues<RunStatus>() select (before, after)];

    public static string Name((RunStatus From, RunStatus To) pair) => $"{pair.From.ToName()} → {pair.To.ToName()}";
}
