using Drip.Data;
using Drip.Hooks;
using Drip.Runs;

namespace Drip.Batches;

/// <summary>What an error is about, which decides what becomes of the batch and of its run.</summary>
internal static class Trouble
{
    /// <summary>
    /// Whether the error may be that of one row: then the batch is taken apart. What is the matter with the database, the
    /// machine, the lease or the job as a whole would only be met again in each part.
    /// </summary>
    public static bool IsOfRows(Exception error, RunExecution execution) =>
        error is not HookException && !(error is OperationCanceledException && execution.Abort.IsCancellationRequested) && Explain(error, execution.Database)?.Kind is null or DripErrorKind.RunFailed;

    /// <summary>Whether the database was busy and the same may succeed in a moment.</summary>
    public static bool IsTransient(Exception error, IDatabase? database) =>
        Explain(error, database) is { Kind: DripErrorKind.Busy, Code: not "lease-lost" };

    /// <summary>Whether a connection broke, or none can be made just now: the server restarts, or another takes its place.</summary>
    public static bool IsConnectionLost(Exception error, IDatabase? database) => Explain(error, database) is { } explained && IsConnectionLost(explained);

    /// <summary>Whether that is what ended something.</summary>
    public static bool IsConnectionLost(DripException? error) => error is { Kind: DripErrorKind.Busy, Code: "connection-lost" };

    /// <summary>
    /// What an error of the author's method means whose connection is not open any more: whatever the method made of that, no row
    /// is to blame.
    /// </summary>
    public static DripException ConnectionLost(Exception error, IDatabase database) => new(DripErrorKind.Busy, "connection-lost",
        $"The connection to {database.Description} broke in the middle of a batch: {error.Message}",
        "Nothing is to be done: the batch was rolled back and is tried again.", error);

    /// <summary>
    /// What is the matter with the database or the machine leaves the run to be taken up; what is the matter with the job,
    /// its rows or its options fails it.
    /// </summary>
    public static RunEnd EndOf(Exception error, IDatabase database, RunCounters counters, string? element)
    {
        var explained = Explain(error, database);
        return explained?.Kind switch
        {
            DripErrorKind.Paused => new RunEnd(RunStatus.Paused, counters, Describe(explained, element), explained),
            DripErrorKind.Busy or DripErrorKind.Store or DripErrorKind.Schema => new RunEnd(RunStatus.Running, counters, null, explained),
            DripErrorKind.Usage when error is DripException => new RunEnd(RunStatus.Failed, counters, Describe(error, element), explained),
            _ => new RunEnd(RunStatus.Failed, counters, Describe(error, element)),
        };
    }

    /// <summary>The error as runs, batches and quarantined rows keep it.</summary>
    // What people can mend themselves says so in words; where in Drip it was noticed would only distract.
    public static RunError Describe(Exception error, string? element) => error is HookException { InnerException: { } thrown } ? Describe(thrown, null)
        : error is DripException known ? new RunError(known.GetType().FullName!, $"{known.Message} {known.Remedy}", null, element)
        : new RunError(error.GetType().FullName!, error.Message, error.StackTrace, element);

    private static DripException? Explain(Exception error, IDatabase? database) =>
        error as DripException ?? database?.Explain(error) ?? (error.InnerException is { } inner ? FindLost(inner, database) : null);

    // A connection that broke below the author's method or a hook may arrive here in an error of their own.
    private static DripException? FindLost(Exception inner, IDatabase? database)
    {
        for (var error = inner; error is not null; error = error.InnerException)
        {
            if ((error as DripException ?? database?.Explain(error)) is { } explained && IsConnectionLost(explained)) return explained;
        }

        return null;
    }
}
