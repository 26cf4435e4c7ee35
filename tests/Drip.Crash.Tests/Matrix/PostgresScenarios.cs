using Drip.Chaos;

namespace Drip.Crash.Tests.Matrix;

/// <summary>The scenarios where the rows or the store are in PostgreSQL.</summary>
internal static class PostgresScenarios
{
    // The write-ahead log of a file is none of its business, and the steps of migrations are its own.
    private static readonly string[] OfFiles = [FailPoints.Migration, FailPoints.Checkpointing, FailPoints.Closing];

    // Where what is beside the rows and what is in the store follow each other, which is one transaction where both are in one database.
    private static readonly string[] BetweenBoth =
    [
        FailPoints.RunClaimed, FailPoints.Rescue, FailPoints.Reopening, FailPoints.Fencing, FailPoints.Planning, FailPoints.PartitionRescue,
        FailPoints.Stolen, FailPoints.Commit, FailPoints.Committed, FailPoints.PartitionDone, FailPoints.Quarantined, FailPoints.Finishing,
        FailPoints.Failing, FailPoints.Pausing, FailPoints.Drain, FailPoints.HookDue, FailPoints.HookCalled,
    ];

    /// <summary>Those for both in one PostgreSQL database.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [.. Scenarios.All.Where(scenario => !OfFiles.Contains(scenario.Place) && !IsTakenAtOnce(scenario))];

    // What waits for any worker is found and claimed in one statement.
    private static bool IsTakenAtOnce(Scenario scenario) => scenario is { Place: FailPoints.BeforeClaim, Command: "worker --drain" };

    /// <summary>Those for rows and a store that are not in one database.</summary>
    public static IReadOnlyList<Scenario> Between { get; } = [.. All.Where(scenario => BetweenBoth.Contains(scenario.Place))];
}
