using System.Data.Common;
using Drip.Data;
using Drip.Runs;
using Drip.Store;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>
/// What the walks of one run share in this process: how far every partition is, what was asked of the run, and the way to
/// tell the store of it.
/// </summary>
internal sealed class SharedRun(RunExecution execution, Retry retry, bool isLead)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Cursor> _cursors = [];
    private readonly Dictionary<int, long> _told = [];
    private readonly ProgressMeter _meter = new(execution.Time);
    private readonly long _began = execution.Time.GetTimestamp();
    private TimeSpan _activeBefore = execution.Run.Counters.Active;
    private long _quarantined = execution.Run.Counters.Quarantined;
    private long _epoch = execution.Run.Epoch;

    public RunExecution Execution => execution;

    public Retry Retry => retry;

    /// <summary>Whether this process has the run, and does not only help with it.</summary>
    public bool IsLead => isLead;

    /// <summary>A claim of a partition that is sent now.</summary>
    public LeaseClaim Claim => execution.Claim with { RunEpoch = Volatile.Read(ref _epoch) };

    /// <summary>The partitions, as far as this process knows.</summary>
    public IReadOnlyList<Cursor> Cursors
    {
        get
        {
            var cursors = new List<Cursor>();
            lock (_lock) cursors.AddRange(_cursors.Values);
            cursors.Sort(static (left, right) => left.Partition.CompareTo(right.Partition));
            return cursors;
        }
    }

    /// <summary>What was asked of the run, once it was seen.</summary>
    public RunRequestKind? Request { get; set; }

    /// <summary>Why the run is to fail, once a walk has found that.</summary>
    public RunError? Failure { get; private set; }

    /// <summary>What to tell the person who waits of that.</summary>
    public DripException? FailureCause { get; private set; }

    /// <summary>Whether the run is in other hands, or over, so that there is nothing to help with any more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>How many rows the scope has; counted beside the work.</summary>
    public TotalCount? Total { get; set; }

    /// <summary>Whether no other batch is to begin.</summary>
    public bool IsLeaving => Request is not null || Failure is not null || IsOver || execution.Drain.IsCancellationRequested;

    public TimeSpan Active => _activeBefore + execution.Time.GetElapsedTime(_began);

    /// <summary>How far the run is: the sum of its partitions.</summary>
    public RunCounters Counters => CountersWith(null);

    /// <summary>Whether quarantined rows are still to be tried again.</summary>
    public bool HasRetries
    {
        get
        {
            lock (_lock) return _cursors.Values.Any(cursor => cursor.Retries > 0);
        }
    }

    /// <summary>Rows that all partitions covered.</summary>
    public long Scanned => Counters.Scanned;

    /// <summary>Takes over how far the partitions are, as the database says.</summary>
    public void Know(IReadOnlyList<Cursor> cursors)
    {
        lock (_lock)
        {
            foreach (var cursor in cursors)
            {
                // What a walk of this process has committed since the list was read is newer.
                if (!_cursors.TryGetValue(cursor.Partition, out var known) || known.Epoch <= cursor.Epoch && known.Batches <= cursor.Batches) _cursors[cursor.Partition] = cursor;
            }
        }
    }

    /// <summary>The run goes on from these partitions; the time spent on it stands in the first, where the store was not told of all of it.</summary>
    public void Begin(IReadOnlyList<Cursor> cursors)
    {
        if (cursors[0].Active > _activeBefore) _activeBefore = cursors[0].Active;
        Know(cursors);
    }

    /// <summary>A batch has committed.</summary>
    public void Moved(Cursor cursor)
    {
        lock (_lock) _cursors[cursor.Partition] = cursor;
    }

    /// <summary>How many rows are in quarantine now.</summary>
    public void Quarantined(long count) => Volatile.Write(ref _quarantined, count);

    /// <summary>The run is to fail; the first reason counts.</summary>
    /// <param name="error">Why.</param>
    /// <param name="cause">What to tell the person who waits, where that can be said in two sentences.</param>
    public void Fail(RunError error, DripException? cause = null)
    {
        lock (_lock)
        {
            if (Failure is null) (Failure, FailureCause) = (error, cause);
        }
    }

    public void Report()
    {
        if (execution.Progress is not { } progress) return;
        var counters = Counters;
        lock (_lock) progress(new RunProgress(execution.Run.Id, execution.Run.Job, counters, _meter.Sample(counters.Scanned)));
    }

    /// <summary>Tells the store of committed batches, in a transaction of its own.</summary>
    public async Task TellAsync(BatchJournal journal)
    {
        if (journal.Batches.Count == 0) return;
        var sent = execution.Time.GetTimestamp();
        if (await retry.RunAsync(() => TellAsync(journal.Batches, null, null).AsTask(), execution.Abort).ConfigureAwait(false)) journal.Told(sent);
    }

    /// <summary>
    /// Tells the store of batches of partitions that nobody walks any more, where the worker that walked them did not live to tell it, or
    /// could not reach it.
    /// </summary>
    public async Task TellRestAsync(IEnumerable<Cursor> cursors)
    {
        foreach (var cursor in cursors)
        {
            if (cursor.Untold is not null && !IsTold(cursor)) await TellAsync(new BatchJournal(cursor, execution.Time, execution.Parts.TellEvery)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Tells the store of batches; in the transaction of the last of them, where that is one of the store's database. What
    /// was asked of the run is known then. False if the store did not take it, because the run is in other hands.
    /// </summary>
    /// <param name="batches">The batches.</param>
    /// <param name="next">A cursor that moves in the same transaction.</param>
    /// <param name="transaction">That transaction.</param>
    public async ValueTask<bool> TellAsync(IReadOnlyList<BatchRecord> batches, Cursor? next, DbTransaction? transaction)
    {
        DateTimeOffset? lease = isLead ? execution.RunClaim.Until : null;
        var receipt = await execution.Store.RecordBatchesAsync(batches, CountersWith(next), Volatile.Read(ref _epoch), lease, transaction, CancellationToken.None).ConfigureAwait(false);
        if (receipt.Held) Request = receipt.Request ?? Request;
        else await LostAsync().ConfigureAwait(false);
        if (receipt.Held && transaction is null) Told(batches[^1]);
        return receipt.Held;
    }

    /// <summary>Writes down what happened; the work goes on where that cannot be written.</summary>
    public async Task LogAsync(string kind, string detail)
    {
        try
        {
            var happened = new RunEvent(0, execution.Run.Id, execution.Time.GetUtcNow(), kind, WorkerIdentity.Describe(execution.Parts.Worker), detail);
            await execution.Store.LogAsync(happened, execution.Abort).ConfigureAwait(false);
        }
        catch (DripException problem)
        {
            execution.Log.LogWarning("Run {Run}: {Kind}, {Detail}, which could not be written down: {Problem}", execution.Run.Id, kind, detail, problem.Message);
        }
    }

    /// <summary>Makes the run's lease last longer, and learns what was asked of it.</summary>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        var receipt = await execution.Store.RenewAsync(execution.Run.Id, Volatile.Read(ref _epoch), execution.RunClaim, cancellationToken).ConfigureAwait(false);
        if (receipt.Request is { } request) Request = request;
        return receipt.Held;
    }

    /// <summary>Looks at what was asked of the run.</summary>
    public async Task LookAsync()
    {
        var run = await FindAsync().ConfigureAwait(false);
        if (run?.Epoch == Volatile.Read(ref _epoch) && RunTransitions.IsHeld(run.Status)) Request = run.Request ?? Request;
        else await LostAsync().ConfigureAwait(false);
    }

    private Task<Run?> FindAsync() => retry.RunAsync(() => execution.Store.FindAsync(execution.Run.Id, execution.Abort).AsTask(), execution.Abort);

    private void Told(BatchRecord last)
    {
        lock (_lock) _told[last.Partition] = last.Number;
    }

    private bool IsTold(Cursor cursor)
    {
        lock (_lock) return _told.TryGetValue(cursor.Partition, out var number) && number == cursor.Batches;
    }

    private RunCounters CountersWith(Cursor? next)
    {
        lock (_lock)
        {
            var (scanned, processed, batches) = next is null ? (0L, 0L, 0L) : (next.Scanned, next.Processed, next.Batches);
            foreach (var cursor in _cursors.Values)
            {
                if (cursor.Partition == next?.Partition) continue;
                scanned += cursor.Scanned;
                processed += cursor.Processed;
                batches += cursor.Batches;
            }

            return new RunCounters(scanned, processed, batches, Total?.Value, isLead ? Active : TimeSpan.Zero) { Quarantined = Volatile.Read(ref _quarantined) };
        }
    }

    // The worker that had the run loses it for good. One that helps goes on for whoever has it now: its partition is its own.
    private async ValueTask LostAsync()
    {
        if (isLead)
        {
            // The other walks of this process begin nothing more either.
            IsOver = true;
            throw Lease.Lost(execution.Run.Id);
        }

        var run = await FindAsync().ConfigureAwait(false);
        if (run is { Status: RunStatus.Running }) Volatile.Write(ref _epoch, run.Epoch);
        else IsOver = true;
        execution.Log.LogInformation("The run {Run} is {Status} now, and another worker's.", execution.Run.Id, run?.Status.ToName() ?? "gone");
    }
}
