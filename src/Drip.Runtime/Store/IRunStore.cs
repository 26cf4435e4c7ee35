using System.Data.Common;
using Drip.Runs;

namespace Drip.Store;

/// <summary>Which runs to list. Newest first; the next page begins <see cref="Before"/> the last id of this one.</summary>
/// <param name="Job">Only runs of this job.</param>
/// <param name="Status">Only runs with this status.</param>
/// <param name="IdPrefix">Only runs whose id begins so.</param>
/// <param name="Before">Only runs with a smaller id.</param>
/// <param name="Limit">The most runs to return.</param>
public sealed record RunFilter(string? Job = null, RunStatus? Status = null, string? IdPrefix = null, string? Before = null, int Limit = 50);

/// <summary>Which batches of a run to list. Newest first.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">Only batches with this status.</param>
/// <param name="Before">Only batches with a smaller number.</param>
/// <param name="Limit">The most batches to return.</param>
public sealed record BatchFilter(string RunId, RunStatus? Status = null, long? Before = null, int Limit = 20);

/// <summary>One step of the store's schema.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Name">What it does, in a word or two.</param>
/// <param name="AppliedAt">When it was applied, UTC; null if it was not.</param>
public sealed record MigrationStatus(int Number, string Name, DateTimeOffset? AppliedAt);

/// <summary>
/// Where runs and their batches are kept. It shows progress and says who works on what; the truth about which rows are
/// done is the cursor in the data's own database.
/// </summary>
public interface IRunStore : IAsyncDisposable
{
    /// <summary>What people call this store, without secrets: for example the file's name.</summary>
    string Description { get; }

    /// <summary>The migrations that this binary knows, and which are applied. A store that does not exist yet has none.</summary>
    /// <exception cref="DripException">The store is newer than this binary, or a migration was changed after it was applied.</exception>
    ValueTask<IReadOnlyList<MigrationStatus>> GetMigrationsAsync(CancellationToken cancellationToken = default);

    /// <summary>Applies what is missing, under a lock, and returns what it applied.</summary>
    /// <exception cref="DripException">The store is newer than this binary, or a migration was changed after it was applied.</exception>
    ValueTask<IReadOnlyList<MigrationStatus>> MigrateAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates the run, unless the same job with the same options (and limit) has a run that is not over: then nothing is
    /// created and that run is returned. Null means created.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another run has this id; the caller makes a new one and tries again.</exception>
    ValueTask<Run?> CreateAsync(Run run, CancellationToken cancellationToken = default);

    /// <summary>The run with this id, or null.</summary>
    ValueTask<Run?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Runs, newest first.</summary>
    ValueTask<IReadOnlyList<Run>> ListAsync(RunFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Batches of one run, newest first.</summary>
    ValueTask<IReadOnlyList<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the run for a worker, in one conditional update: if its epoch is still <paramref name="epoch"/> and it is
    /// enqueued, running or paused, it becomes running, its epoch grows by one, <see cref="Run.StartedAt"/> is set if it
    /// was not, and <see cref="Run.Error"/> is cleared. Returns the run as it is then, or null if somebody was faster.
    /// </summary>
    ValueTask<Run?> ClaimAsync(string id, long epoch, string owner, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the worker's hold on the run, in one conditional update on epoch and status: the run gets
    /// <paramref name="status"/>, no owner, the counters, the error and, if the status is terminal, its end. False if the epoch has
    /// moved on or the run is not running or stopping.
    /// </summary>
    ValueTask<bool> ReleaseAsync(string id, long epoch, RunStatus status, RunCounters counters, RunError? error, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Whether this store lives in the database that <paramref name="connection"/> is open on, so that a batch can be recorded in its transaction.</summary>
    bool IsIn(DbConnection connection);

    /// <summary>
    /// Records a batch and the run's counters, if the epoch still holds (a failed batch may be recorded again when it is tried
    /// again: the newest record of a number counts). Completed batches older than the newest 1,000 of a run are deleted; the
    /// counters keep what they did. False if the epoch has moved on.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="counters">The run's counters after it.</param>
    /// <param name="epoch">The worker's epoch.</param>
    /// <param name="transaction">The batch's own transaction, where <see cref="IsIn"/> said so; else null.</param>
    /// <param name="cancellationToken">Cancels waiting for the store.</param>
    ValueTask<bool> RecordBatchAsync(BatchRecord batch, RunCounters counters, long epoch, DbTransaction? transaction, CancellationToken cancellationToken = default);
}
