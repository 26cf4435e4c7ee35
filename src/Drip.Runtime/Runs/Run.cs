using Drip.Generated;

namespace Drip.Runs;

/// <summary>Where a run, or a batch, is in its life.</summary>
public enum RunStatus
{
    /// <summary>Created, for later.</summary>
    Pending,
    /// <summary>Waiting for a worker.</summary>
    Enqueued,
    /// <summary>Taken by a worker, or left by one that died or was told to leave, and to be taken up.</summary>
    Running,
    /// <summary>Put aside; goes on from its cursor.</summary>
    Paused,
    /// <summary>Told to stop; the batch in flight finishes.</summary>
    Stopping,
    /// <summary>Stopped by someone before its end.</summary>
    Stopped,
    /// <summary>Every row in scope was handled.</summary>
    Completed,
    /// <summary>Ended by an error.</summary>
    Failed,
}

/// <summary>Questions about statuses.</summary>
public static class RunStatusExtensions
{
    /// <summary>Whether a run with this status is over for good.</summary>
    public static bool IsTerminal(this RunStatus status) => status is RunStatus.Completed or RunStatus.Failed or RunStatus.Stopped;

    /// <summary>The status as it is stored and shown: lower case.</summary>
    public static string ToName(this RunStatus status) => status switch
    {
        RunStatus.Pending => "pending",
        RunStatus.Enqueued => "enqueued",
        RunStatus.Running => "running",
        RunStatus.Paused => "paused",
        RunStatus.Stopping => "stopping",
        RunStatus.Stopped => "stopped",
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>The status with this name, or null if there is none.</summary>
    public static RunStatus? FromName(string name) => name switch
    {
        "pending" => RunStatus.Pending,
        "enqueued" => RunStatus.Enqueued,
        "running" => RunStatus.Running,
        "paused" => RunStatus.Paused,
        "stopping" => RunStatus.Stopping,
        "stopped" => RunStatus.Stopped,
        "completed" => RunStatus.Completed,
        "failed" => RunStatus.Failed,
        _ => null,
    };
}

/// <summary>Why a run or a batch failed.</summary>
/// <param name="Type">The exception's full type name.</param>
/// <param name="Message">Its message.</param>
/// <param name="Stack">Its stack trace.</param>
/// <param name="Element">The key of the row that was being processed, where rows come one by one.</param>
public sealed record RunError(string Type, string Message, string? Stack, string? Element);

/// <summary>How far a run has come. Counted in the data's database together with the rows; the store holds a copy.</summary>
/// <param name="Scanned">Rows that batches have covered; what the limit counts.</param>
/// <param name="Processed">Rows that the author's method said it handled.</param>
/// <param name="Batches">Batches that committed.</param>
/// <param name="Total">Rows in scope, where they are counted by now.</param>
/// <param name="Active">The time that workers have spent on the run.</param>
public sealed record RunCounters(long Scanned, long Processed, long Batches, long? Total, TimeSpan Active)
{
    /// <summary>Rows that failed and wait in quarantine.</summary>
    public long Quarantined { get; init; }

    /// <summary>Nothing done.</summary>
    public static RunCounters Zero { get; } = new(0, 0, 0, null, TimeSpan.Zero);
}

/// <summary>One execution of a job: a row of <c>drip_run</c>. All times are UTC.</summary>
public sealed record Run
{
    /// <summary>The run's id; ids sort by the time of creation.</summary>
    public required string Id { get; init; }

    /// <summary>The job's name.</summary>
    public required string Job { get; init; }

    /// <summary>Where the run is in its life.</summary>
    public RunStatus Status { get; init; } = RunStatus.Enqueued;

    /// <summary>The options as a canonical JSON object of texts: sorted names, secrets masked.</summary>
    public required string Options { get; init; }

    /// <summary>Rows per batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The most rows to scan, for a trial; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>The pause between batches.</summary>
    public TimeSpan Sleep { get; init; }

    /// <summary>How many rows a second all workers of the run handle together at most; null for no limit.</summary>
    public double? Rate { get; init; }

    /// <summary>Into how many ranges of keys the scope is divided, for as many workers; 1 for one after the other.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>When a worker first took it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How far it has come.</summary>
    public RunCounters Counters { get; init; } = RunCounters.Zero;

    /// <summary>Why it failed or was paused.</summary>
    public RunError? Error { get; init; }

    /// <summary>The worker that has it, see <see cref="WorkerIdentity"/>; null when no worker does.</summary>
    public string? Owner { get; init; }

    /// <summary>Until when that worker has it unless it renews its lease; null when no worker does.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>
    /// The fencing token: grows by one with each claim and with each request that takes effect at once, and a worker with an
    /// older one cannot commit.
    /// </summary>
    public long Epoch { get; init; }

    /// <summary>
    /// The after-hooks of its job's runs, as the process that created it or the worker that claimed it last knew them: whoever
    /// changes its status writes down by that which hook is to be called.
    /// </summary>
    public HookSet Hooks { get; init; }

    /// <summary>What a person asked of it: to be obeyed while it runs, and kept while it is paused or stopped by that.</summary>
    public RunRequestKind? Request { get; init; }

    /// <summary>Who asked for that.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>When that was asked for.</summary>
    public DateTimeOffset? RequestedAt { get; init; }
}

/// <summary>One batch of a run: a row of <c>drip_batch</c>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Number">The batch's number in its partition, from 1.</param>
/// <param name="Status">Completed or failed.</param>
/// <param name="From">The key after which it begins, as people see it; null at the beginning.</param>
/// <param name="To">Its last key, as people see it; null if the batch failed before its rows were known.</param>
/// <param name="Size">How many rows it covers.</param>
/// <param name="Processed">How many rows were handled.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="FinishedAt">When its work was done, UTC.</param>
/// <param name="Error">Why it failed.</param>
public sealed record BatchRecord(
    string RunId, long Number, RunStatus Status, string? From, string? To, int Size, long Processed,
    DateTimeOffset StartedAt, DateTimeOffset FinishedAt, RunError? Error)
{
    /// <summary>The partition that it is of; a batch's number counts in its partition.</summary>
    public int Partition { get; init; }

    /// <summary>How many of its rows failed and were put into quarantine.</summary>
    public int Quarantined { get; init; }
}
