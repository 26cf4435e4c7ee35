using System.Data.Common;
using Drip.Data;
using Drip.Hooks;
using Drip.Runs;

namespace Drip.Store;

/// <summary>Which runs to list. Newest first; the next page begins <see cref="Before"/> the last id of this one.</summary>
/// <param name="Job">Only runs of this job.</param>
/// <param name="Status">Only runs with this status.</param>
/// <param name="IdPrefix">Only runs whose id begins so.</param>
/// <param name="Before">Only runs with a smaller id.</param>
/// <param name="Limit">The most runs to return.</param>
public sealed record RunFilter(string? Job = null, RunStatus? Status = null, string? IdPrefix = null, string? Before = null, int Limit = 50);

/// <summary>Which batches of a run to list. Those that finished last come first; the next page begins <see cref="Before"/> the last batch of this one.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">Only batches with this status.</param>
/// <param name="Before">Only batches that come after this one in the list. A number does not say where: each partition has its own.</param>
/// <param name="Limit">The most batches to return.</param>
public sealed record BatchFilter(string RunId, RunStatus? Status = null, BatchRecord? Before = null, int Limit = 20);

/// <summary>One step of the store's schema.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Name">What it does, in a word or two.</param>
/// <param name="AppliedAt">When it was applied, UTC; null if it was not.</param>
public sealed record MigrationStatus(int Number, string Name, DateTimeOffset? AppliedAt);

/// <summary>What a worker learns when it records a batch.</summary>
/// <param name="Held">Whether the run is still the worker's; if not, nothing was recorded.</param>
/// <param name="Request">What was asked of the run, to be obeyed now.</param>
public readonly record struct BatchReceipt(bool Held, RunRequestKind? Request)
{
    /// <summary>The run is another's.</summary>
    public static BatchReceipt Lost => default;
}

/// <summary>Which enqueued runs a worker takes.</summary>
/// <param name="Jobs">Those of these jobs.</param>
/// <param name="After">
/// Those with a larger id: the worker's watermark, so that it does not walk again and again over what it has taken. A run that
/// is enqueued again keeps its id and lies before it, so from time to time a worker looks from the beginning (null).
/// </param>
public sealed record TakeFilter(IReadOnlyList<string> Jobs, string? After);

/// <summary>
/// Where runs and their batches are kept. It shows progress and says who works on what; the truth about which rows are
/// done is the cursor in the data's own database. Whatever changes a run writes an event in the same transaction.
/// </summary>
public interface IRunStore : IAsyncDisposable
{
    /// <summary>What people call this store, without secrets: for example the file's name.</summary>
    string Description { get; }

    /// <summary>The clock by which all workers of this store judge leases; null for the machine's, where all of them are on one.</summary>
    TimeProvider? Clock => null;

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

    /// <summary>Batches of one run; those that finished last come first.</summary>
    ValueTask<IReadOnlyList<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the run for a worker, in one conditional update: if its epoch is still <paramref name="epoch"/> and it is
    /// enqueued, running or paused, it becomes running, its epoch grows by one, it gets the claim's lease, whatever lease
    /// another worker had (the caller looks whether that has ended), <see cref="Run.StartedAt"/> is set if it was not, and <see cref="Run.Error"/> is cleared, as is the request, unless the run was running: then the worker before
    /// did not obey it, and this one has to. Returns the run as it is then, or null if somebody was faster.
    /// </summary>
    /// <param name="id">The run.</param>
    /// <param name="epoch">Its epoch when it was looked at.</param>
    /// <param name="claim">The worker, and how long its lease lasts.</param>
    /// <param name="who">The person for whom the worker works, for the log.</param>
    /// <param name="cancellationToken">Cancels waiting for the store.</param>
    ValueTask<Run?> ClaimAsync(string id, long epoch, LeaseClaim claim, string? who = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the first run that is enqueued, as <see cref="ClaimAsync"/> does, past those that other workers are about to take at the same
    /// moment: many workers that want one each do not meet. Null if there is none, and always from a store that has no such
    /// way; whoever wants work then looks with <see cref="FindWorkAsync"/>, which sees everything.
    /// </summary>
    /// <param name="filter">Which runs.</param>
    /// <param name="claim">The worker, and how long its lease lasts.</param>
    /// <param name="cancellationToken">Cancels waiting for the store.</param>
    ValueTask<Run?> TakeAsync(TakeFilter filter, LeaseClaim claim, CancellationToken cancellationToken = default) => new((Run?)null);

    /// <summary>
    /// Calls <paramref name="wake"/>, from any thread, when there may be work for a worker: a hint that may be missing, late or wrong, so that
    /// whoever gets none looks from time to time. Null from a store that gives none. Disposing ends it.
    /// </summary>
    ValueTask<IAsyncDisposable?> ListenAsync(Action wake, CancellationToken cancellationToken = default) => new((IAsyncDisposable?)null);

    /// <summary>
    /// Reserves the time in which a run may handle so many rows at a rate that all of its workers keep together, and returns when that time
    /// begins: whoever asked waits until then. The first rows may be handled at once; time that nobody used is not saved up.
    /// </summary>
    /// <param name="id">The run.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="perSecond">How many of them a second.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels waiting for the store.</param>
    ValueTask<DateTimeOffset> ReserveAsync(string id, int rows, double perSecond, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>
    /// Makes the lease of the run's worker last longer, and says whether the epoch still held and what was asked of the run.
    /// It does not hold for a worker that has left the run.
    /// </summary>
    ValueTask<BatchReceipt> RenewAsync(string id, long epoch, LeaseClaim claim, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs that a worker might take or help with, oldest first: enqueued, running, stopping, and paused by no person. A page begins
    /// behind the id <paramref name="after"/>.
    /// </summary>
    ValueTask<IReadOnlyList<Run>> FindWorkAsync(string? after = null, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Writes down something that happened to a run, if there is such a run; <see cref="RunEvent.Id"/> is the store's to give.</summary>
    ValueTask LogAsync(RunEvent happened, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says how many quarantined rows a run has left, after some of them were skipped: the one thing that changes in a run that
    /// is over. Does nothing while the run is running or stopping, because its worker tells of them with each batch.
    /// </summary>
    ValueTask SetQuarantinedAsync(string id, long quarantined, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the worker's hold on the run, in one conditional update on epoch and status: the run gets
    /// <paramref name="status"/>, no owner, no lease, the counters (which count as in <see cref="RecordBatchesAsync"/>), the error
    /// and, if the status is terminal, its end. A worker that leaves a run (running) or puts it aside (paused) obeys by that what
    /// it did not see yet: the run becomes stopped if it was told to stop, and paused if it was told to pause, unless this very
    /// status is meant (<paramref name="exactly"/>). False if the epoch
    /// has moved on, the run is not running or stopping, or the status may not follow.
    /// </summary>
    ValueTask<bool> ReleaseAsync(
        string id, long epoch, RunStatus status, RunCounters counters, RunError? error, DateTimeOffset now, bool exactly = false, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the worker's hold on the run and changes nothing else in it, because a hook kept it from the status that it was to
    /// have: what was asked of it stays asked. False if the epoch has moved on, or the run is not running or stopping.
    /// </summary>
    /// <param name="id">The run.</param>
    /// <param name="epoch">The worker's epoch.</param>
    /// <param name="counters">How far the run is.</param>
    /// <param name="why">What kept it, for the log.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels waiting for the store.</param>
    ValueTask<bool> LetGoAsync(string id, long epoch, RunCounters counters, string why, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Hands a run that is pending to the queue. Returns the run as it is then, or null if it is not pending, or there is none.</summary>
    ValueTask<Run?> EnqueueAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a run that is not over with an error, whoever has it; its epoch grows. Returns the run as it is then, or null if its
    /// epoch is not <paramref name="epoch"/> any more, it is over, or there is none.
    /// </summary>
    ValueTask<Run?> FailAsync(string id, long epoch, RunError error, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>
    /// The after-hooks of runs that are to be called. Whatever changes the status of a run writes one, in the same
    /// transaction, where <see cref="Run.Hooks"/> has the hook of that status.
    /// </summary>
    IOutbox Outbox { get; }

    /// <summary>
    /// Asks a run to pause or to stop. A running one with a living worker is told: it keeps its status for a pause and becomes
    /// stopping for a stop. Otherwise the request takes effect at once, and the epoch grows: a running one becomes paused or
    /// stopped; a pending, enqueued or paused one can be stopped. Returns the run as it is then, or null if its epoch is not
    /// <paramref name="epoch"/> any more, or there is no such run.
    /// </summary>
    /// <param name="id">The run.</param>
    /// <param name="epoch">Its epoch when it was looked at.</param>
    /// <param name="kind">What is asked for.</param>
    /// <param name="ownerIsGone">Whether the worker that has the run is known to be gone.</param>
    /// <param name="force">Take effect at once although the worker lives: it is fenced off.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels waiting for the store.</param>
    /// <exception cref="DripException">A run with its status cannot be asked for this; the message names the status.</exception>
    ValueTask<Run?> RequestAsync(
        string id, long epoch, RunRequestKind kind, bool ownerIsGone, bool force, string? who, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>
    /// Enqueues a run that failed, was stopped, or completed with rows in quarantine, so that it goes on from its cursors: no
    /// end, no error, no request. Returns the run as it is then, or null if it is none of these, or there is no such run.
    /// </summary>
    /// <exception cref="DripException">Another run of the same job and options is not over; the message names it.</exception>
    ValueTask<Run?> ReopenAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>What happened to a run, oldest first, after the event <paramref name="afterId"/> (0 for all).</summary>
    ValueTask<IReadOnlyList<RunEvent>> ListEventsAsync(string run, long afterId = 0, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Whether this store lives in the database that <paramref name="connection"/> is open on, so that a batch can be recorded in its transaction.</summary>
    bool IsIn(DbConnection connection);

    /// <summary>
    /// Records batches of one run and its counters, if the epoch still holds (a batch may be recorded again: the newest record of
    /// a number counts). Completed batches older than the newest 1,000 of a partition are deleted; the counters keep what
    /// they did. A null <see cref="RunCounters.Total"/> leaves the total that is there, and <see cref="RunCounters.Active"/>
    /// never shrinks. Returns whether the epoch still held, and what was asked of the run.
    /// </summary>
    /// <param name="batches">The batches, at least one, all of one run, oldest first.</param>
    /// <param name="counters">The run's counters after them.</param>
    /// <param name="epoch">The worker's epoch.</param>
    /// <param name="leaseUntil">Until when the run's worker has it from now on; null from those that only help it.</param>
    /// <param name="transaction">The last batch's own transaction, where <see cref="IsIn"/> said so; else null.</param>
    /// <param name="cancellationToken">Cancels waiting for the store.</param>
    ValueTask<BatchReceipt> RecordBatchesAsync(IReadOnlyList<BatchRecord> batches, RunCounters counters, long epoch, DateTimeOffset? leaseUntil, DbTransaction? transaction, CancellationToken cancellationToken = default);
}
