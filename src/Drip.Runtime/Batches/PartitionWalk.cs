using System.Data;
using System.Globalization;
using Drip.Chaos;
using Drip.Data;
using Drip.Generated;
using Drip.Hooks;
using Drip.Leases;
using Drip.Runs;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>
/// The walk over one partition, read from top to bottom: rows that are to be tried again, then batch after batch until the
/// partition's end. Each batch is one transaction of the data's database:
/// <c>find or read the page → the author's method → its changes → the cursor → commit</c>.
/// </summary>
internal sealed class PartitionWalk<TJob, TRow>
    where TJob : class, IBackfill<TJob, TRow>
    where TRow : IModel<TRow>
{
    private readonly RunExecution _execution;
    private readonly SharedRun _shared;
    private readonly TJob _job;
    private readonly ITable<TRow> _table;
    private readonly RunningBatch<TRow> _work;
    private readonly Isolation<TJob, TRow> _isolation;
    private readonly BatchHooks? _hooks;
    private readonly BatchJournal _journal;
    private readonly Pace _pace;
    private readonly LeaseKeeper _lease;
    private readonly TimeSpan _activeBefore;
    private readonly long _began;
    private readonly CancellationTokenSource _stop;
    private Cursor _cursor;
    private DateTimeOffset _batchBegan;

    private PartitionWalk(SharedRun shared, TJob job, ITable<TRow> table, Cursor cursor, long claimedAt)
    {
        (_shared, _execution, _job, _table, _cursor) = (shared, shared.Execution, job, table, cursor);
        _work = new RunningBatch<TRow>(_execution.Services, cursor.Run, _execution.Run.Job, cursor.Partition);
        _isolation = new Isolation<TJob, TRow>(shared, job, _work);
        _journal = new BatchJournal(cursor, _execution.Time, _execution.Parts.TellEvery);
        _lease = new LeaseKeeper(
            _execution.Time, _execution.Leases, claimedAt,
            async stop => await _execution.Database.Cursors.RenewAsync(cursor.Run, cursor.Partition, cursor.Epoch, _execution.Claim, stop).ConfigureAwait(false),
            _execution.Log, $"partition {cursor.Partition} of run {cursor.Run}", endsWork: !_execution.Database.ExcludesOthers);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_execution.Abort, _lease.Lost);
        _pace = new Pace(shared, _stop.Token);
        _hooks = BatchHooks.Find(shared, TJob.Hooks, () => new OwnHooks<TJob, TRow>(job), _stop.Token);
        (_activeBefore, _began) = (cursor.Active, _execution.Time.GetTimestamp());
    }

    /// <summary>Walks a partition that was claimed, until its end or until the run is to be left, and gives it back.</summary>
    /// <param name="shared">The run.</param>
    /// <param name="job">The author's object; no other walk uses it at the same time.</param>
    /// <param name="table">The table, which no other walk uses at the same time.</param>
    /// <param name="cursor">The partition, as claimed.</param>
    /// <param name="claimedAt">The timestamp of the moment at which the claim was sent.</param>
    /// <exception cref="DripException">The lease was lost, or the database cannot be used.</exception>
    public static Task WalkAsync(SharedRun shared, TJob job, ITable<TRow> table, Cursor cursor, long claimedAt) =>
        new PartitionWalk<TJob, TRow>(shared, job, table, cursor, claimedAt).WalkAsync();

    private async Task WalkAsync()
    {
        History.Add("claimed", _cursor, _cursor.Rest.After);
        FailPoint.Hit(FailPoints.Claimed);
        try
        {
            await using (_lease.ConfigureAwait(false))
            {
                await WalkToEndAsync().ConfigureAwait(false);
                await _shared.TellAsync(_journal).ConfigureAwait(false);
            }

            await _shared.Retry.FinishAsync(GiveBackAsync, _execution.Abort).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not DripException { Code: "lease-lost" } && _lease.Lost.IsCancellationRequested && !_execution.Abort.IsCancellationRequested)
        {
            throw Lease.Lost(_cursor.Run);
        }
        catch (OperationCanceledException error) when (_execution.Abort.IsCancellationRequested)
        {
            if (_hooks is not null) await _hooks.LeaveAsync(HookStatus.Stopped).ConfigureAwait(false);
            await GiveBackAfterAsync(error).ConfigureAwait(false);
            throw;
        }
        catch (Exception error) when (error is not DripException { Code: "lease-lost" })
        {
            var end = Trouble.EndOf(error, _execution.Database, _shared.Counters, _work.Element);
            if (end.Status == RunStatus.Failed) await (_hooks is null ? RecordFailedAsync(end.Error!) : HookedFailAsync(error, end.Error!)).ConfigureAwait(false);
            else if (end.Status == RunStatus.Paused && _hooks is not null) await _hooks.LeaveAsync(HookStatus.Paused).ConfigureAwait(false);
            await GiveBackAfterAsync(error).ConfigureAwait(false);
            if (end.Status != RunStatus.Failed) throw;
            _shared.Fail(end.Error!, end.Cause);
        }
        finally
        {
            _stop.Dispose();
        }
    }

    private async Task WalkToEndAsync()
    {
        while (!_shared.IsLeaving && !_cursor.IsOver)
        {
            var size = _cursor.Retries > 0 ? 1 : NextSize();
            if (size == 0) return;
            if (_execution.Rate is { } rate && !await _pace.AwaitAsync(_cursor.Retries > 0 ? _isolation.CountTries(_cursor) : size, rate).ConfigureAwait(false)) return;
            if (!await _shared.Retry.RunAsync(() => _lease.EnsureAsync(_execution.Abort), _execution.Abort).ConfigureAwait(false)) throw Lease.Lost(_cursor.Run);
            await StepAsync(size).ConfigureAwait(false);
            if (!_shared.IsLeaving && !_cursor.IsOver && _execution.Sleep > TimeSpan.Zero) await SleepAsync().ConfigureAwait(false);
        }
    }

    /// <summary>One batch, with its retries; where a row of it fails, once more, around that row.</summary>
    private async Task StepAsync(int size)
    {
        var batches = _cursor.Batches;
        try
        {
            await _shared.Retry.RunAsync(() => TryAsync(transaction => _cursor.Retries > 0 ? AgainAsync(transaction) : BatchAsync(transaction, size)), _stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (_cursor.Retries == 0 && Trouble.IsOfRows(error, _execution))
        {
            var before = _cursor.Quarantined;
            await _shared.Retry.RunAsync(() => TryAsync(transaction => IsolateAsync(transaction, size, error)), _stop.Token).ConfigureAwait(false);
            if (_cursor.Quarantined > before) await _shared.LogAsync(RunEventKind.Quarantined, Phrase(_cursor.Quarantined - before)).ConfigureAwait(false);
        }

        if (_hooks is not null) await _hooks.FlushAsync().ConfigureAwait(false);

        // A store of its own is told after the commit, and apart from it: a store that is busy must not repeat a batch.
        if (_journal.IsDue) await _shared.TellAsync(_journal).ConfigureAwait(false);
        if (_cursor.Batches > batches) _shared.Report();
    }

    /// <summary>One try of a batch, of its parts or of quarantined rows: one transaction, as long as the lease is trusted.</summary>
    private async Task<bool> TryAsync(Func<IBatchTransaction<TRow>, Task<bool>> batch)
    {
        if (!await _lease.EnterAsync(_execution.Abort).ConfigureAwait(false)) throw Lease.Lost(_cursor.Run);
        try
        {
            _batchBegan = _execution.Time.GetUtcNow();
            _work.Clear();
            _journal.Undo();
            _hooks?.Begin();
            var transaction = await _table.BeginAsync(_cursor, _stop.Token).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false)) return await TryAsync(transaction, batch).ConfigureAwait(false);
        }
        finally
        {
            _lease.Leave();
        }
    }

    private async Task<bool> TryAsync(IBatchTransaction<TRow> transaction, Func<IBatchTransaction<TRow>, Task<bool>> batch)
    {
        var begun = _cursor;
        try
        {
            return await batch(transaction).ConfigureAwait(false);
        }
        catch (Exception error) when (ReferenceEquals(begun, _cursor) && Trouble.IsOfRows(error, _execution) && transaction.Connection.State != ConnectionState.Open)
        {
            throw Trouble.ConnectionLost(error, _execution.Database);
        }
    }

    private async Task<bool> BatchAsync(IBatchTransaction<TRow> transaction, int size)
    {
        var elementWise = TJob.Info.IsElementWise;
        var rest = _cursor.Rest;
        var page = elementWise
            ? await transaction.ReadPageAsync(rest, _work.Buffer(size), _stop.Token).ConfigureAwait(false)
            : await transaction.FindPageAsync(rest, size, _stop.Token).ConfigureAwait(false);
        var processed = 0;
        if (page.Count > 0)
        {
            _work.Begin(transaction, _cursor.Batches + 1, new KeyRange(rest.After, page.Last), page, read: elementWise);
            if (_hooks is not null) return await HookedBatchAsync(transaction, page, size).ConfigureAwait(false);
            processed = await ProcessAsync().ConfigureAwait(false);
        }

        return await CommitAsync(transaction, new BatchResult(page, processed), size).ConfigureAwait(false);
    }

    private async ValueTask<int> ProcessAsync()
    {
        FailPoint.Hit(FailPoints.UserCode);
        var processed = await _job.ProcessAsync(_work, _stop.Token).ConfigureAwait(false);
        await _work.WriteChangesAsync(_stop.Token).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.DataWritten);
        return processed;
    }

    private Task<bool> HookedBatchAsync(IBatchTransaction<TRow> transaction, PageEnd page, int size) =>
        _hooks!.RunAsync(_work.Context, async () => await CommitAsync(transaction, new BatchResult(page, await ProcessAsync().ConfigureAwait(false)), size).ConfigureAwait(false));

    /// <summary>A batch in which rows fail: they are found and put into quarantine, and the rest is committed.</summary>
    private async Task<bool> IsolateAsync(IBatchTransaction<TRow> transaction, int size, Exception error)
    {
        if (_hooks is null) return await FindFailingAsync(transaction, size, error).ConfigureAwait(false);
        var page = await transaction.FindPageAsync(_cursor.Rest, size, _stop.Token).ConfigureAwait(false);
        return await HookedAsync(_cursor.Rest.After, page.Last, page.Count, () => FindFailingAsync(transaction, size, error)).ConfigureAwait(false);
    }

    private async Task<bool> FindFailingAsync(IBatchTransaction<TRow> transaction, int size, Exception error) =>
        await CommitAsync(transaction, await _isolation.RunAsync(transaction, _cursor, size, error, _stop.Token).ConfigureAwait(false), size).ConfigureAwait(false);

    /// <summary>Quarantined rows that are tried again, each by itself.</summary>
    private async Task<bool> AgainAsync(IBatchTransaction<TRow> transaction)
    {
        if (_hooks is null) return await TryRowsAsync(transaction).ConfigureAwait(false);
        var first = await transaction.FindRetryAsync(_cursor.Run, _cursor.Partition, _stop.Token).ConfigureAwait(false);
        return await HookedAsync(null, first?.Key, 1, () => TryRowsAsync(transaction)).ConfigureAwait(false);
    }

    private async Task<bool> TryRowsAsync(IBatchTransaction<TRow> transaction) =>
        await CommitAsync(transaction, await _isolation.TryAgainAsync(transaction, _cursor, _stop.Token).ConfigureAwait(false), 0).ConfigureAwait(false);

    // A batch of no rows has no hooks.
    private Task<bool> HookedAsync(Key? from, Key? to, int size, Func<Task<bool>> whole) => to is null
        ? whole()
        : _hooks!.RunAsync(new BatchContext(_cursor.Run, _execution.Run.Job, _cursor.Batches + 1, from, to, size) { Partition = _cursor.Partition }, whole);

    private async Task HookedFailAsync(Exception error, RunError described)
    {
        await _hooks!.FailAsync(error, () => RecordFailedAsync(described)).ConfigureAwait(false);
        if (error is HookException failure) await _shared.LogAsync(RunEventKind.HookFailed, failure.Message).ConfigureAwait(false);
    }

    private Task<bool> CommitAsync(IBatchTransaction<TRow> transaction, BatchResult result, int size) =>
        _hooks is { IsInBatch: true } ? HookedMoveAsync(transaction, result, size) : MoveAsync(transaction, result, size);

    private Task<bool> HookedMoveAsync(IBatchTransaction<TRow> transaction, BatchResult result, int size) =>
        _hooks!.EndAsync(StatusOf(result), () => MoveAsync(transaction, result, size));

    private static HookStatus StatusOf(BatchResult result) => result.Failure is null ? HookStatus.Completed : HookStatus.Failed;

    // False if the partition ends elsewhere by now, and the batch has to be done again.
    private async Task<bool> MoveAsync(IBatchTransaction<TRow> transaction, BatchResult result, int size)
    {
        var page = result.Page;
        var next = _cursor with
        {
            After = page.Last ?? _cursor.After,
            Scanned = _cursor.Scanned + page.Count,
            Processed = _cursor.Processed + result.Processed,
            Batches = _cursor.Batches + (result.IsEmpty ? 0 : 1),
            Quarantined = _cursor.Quarantined + result.Failed,
            Retries = result.RetriesLeft,
            IsDone = _cursor.IsDone || !result.IsTriedAgain && !result.IsCutShort && page.Count < size,
            Active = _activeBefore + _execution.Time.GetElapsedTime(_began),
            LeaseUntil = _execution.Claim.Until,
            Rescues = 0,
        };
        if (!result.IsEmpty) _journal.Add(Record(result, next.Batches));
        var isTold = _journal.Batches.Count > 0 && (next.IsOver || result.Failed > 0 || _journal.IsDue) && _execution.Store.IsIn(transaction.Connection);
        next = next with { Untold = isTold ? null : _journal.Text };

        // The token that the author's method gets follows this one a moment later.
        _execution.Abort.ThrowIfCancellationRequested();
        _stop.Token.ThrowIfCancellationRequested();
        var sent = _execution.Time.GetTimestamp();
        // What is written between the two waits until the cursor has moved; with nothing between them, the cursor moves with the commit.
        var movesFirst = isTold || result.Quarantined is not null || _hooks is { IsInBatch: true };
        if (movesFirst && !await transaction.MoveCursorAsync(next, _stop.Token).ConfigureAwait(false)) return await MeetThiefAsync(transaction).ConfigureAwait(false);
        if (result.Quarantined is { } quarantined) _shared.Quarantined(quarantined);
        if (isTold && !await _shared.TellAsync(_journal.Batches, next, transaction.Transaction).ConfigureAwait(false))
        {
            // The run is another worker's and this one only helps: what the store did not take stays with the cursor.
            (isTold, next) = (false, next with { Untold = _journal.Text });
            if (!await transaction.MoveCursorAsync(next, _stop.Token).ConfigureAwait(false)) return await MeetThiefAsync(transaction).ConfigureAwait(false);
        }

        if (_hooks is { IsInBatch: true }) await _hooks.WriteAsync(StatusOf(result), transaction.Transaction).ConfigureAwait(false);
        History.Add("committing", next, _cursor.Rest.After);
        FailPoint.Hit(FailPoints.Commit);

        // A commit that was sent is not taken back when the trust ends: the cursor says what became of it.
        _lease.Leave();
        _stop.Token.ThrowIfCancellationRequested();
        var ahead = movesFirst ? (int?)null : SizeAhead(next);
        if (!await Commit.RunAsync(_shared, transaction, next, ahead, _stop.Token).ConfigureAwait(false)) return await MeetThiefAsync(transaction).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.Committed);
        History.Add("committed", next, _cursor.Rest.After);

        _lease.Renewed(sent);
        _cursor = next;
        _shared.Moved(next);
        _journal.Keep();
        if (isTold) _journal.Told(sent);
        if (result.Failure is { } failure) _shared.Fail(failure);
        if (next.IsDone) FailPoint.Hit(FailPoints.PartitionDone);

        // What comes behind next() and after the batch may write to the database itself.
        if (_hooks is not null) await transaction.DisposeAsync().ConfigureAwait(false);
        return true;
    }

    // The cursor did not move: another worker has the partition, or has taken its upper half.
    private async Task<bool> MeetThiefAsync(IBatchTransaction<TRow> transaction)
    {
        await transaction.DisposeAsync().ConfigureAwait(false);
        _lease.Leave();
        var cursors = await _shared.Retry.RunAsync(() => _execution.Database.Cursors.ListAsync(_cursor.Run, _stop.Token).AsTask(), _stop.Token).ConfigureAwait(false);
        var now = cursors.FirstOrDefault(cursor => cursor.Partition == _cursor.Partition);
        if (now?.Epoch != _cursor.Epoch) throw Lease.Lost(_cursor.Run);
        if (now.Batches != _cursor.Batches) throw Commit.Late(_cursor.Run);
        _cursor = _cursor with { Upper = now.Upper };
        _shared.Know(cursors);
        _shared.Moved(_cursor);
        return false;
    }

    private BatchRecord Record(BatchResult result, long number) => new(
        _cursor.Run, number, result.Failure is null ? RunStatus.Completed : RunStatus.Failed,
        _cursor.Rest.After?.ToString(), (result.Page.Last ?? _cursor.After)?.ToString(), result.IsTriedAgain ? result.Tried : result.Page.Count, result.Processed,
        _batchBegan, _execution.Time.GetUtcNow(), result.Failure)
    {
        Partition = _cursor.Partition,
        Quarantined = result.Failed,
    };

    private string Phrase(long rows) =>
        string.Create(CultureInfo.InvariantCulture, $"{rows:N0} row{(rows == 1 ? "" : "s")} of the batch up to {_cursor.After}");

    // A run with a limit has one partition.
    private int NextSize() => SizeAt(_cursor);

    private int SizeAt(Cursor cursor) => _execution.Run.Limit is { } limit
        ? (int)Math.Clamp(limit - cursor.Scanned, 0, _execution.BatchSize)
        : _execution.BatchSize;

    // Only where the next batch follows at once, and nothing of the author's comes between that might write to the table.
    private int SizeAhead(Cursor next) =>
        TJob.Info.IsElementWise || _hooks is not null || next.IsDone || next.Retries > 0 || _shared.IsLeaving || _execution.Sleep > TimeSpan.Zero || _execution.Rate is not null ? 0 : SizeAt(next);

    // Sleeps between batches and never behind the last one.
    private async Task SleepAsync()
    {
        if (NextSize() == 0 || !await _shared.Retry.RunAsync(() => _table.HasAnyAsync(_cursor.Rest, _execution.Abort).AsTask(), _execution.Abort).ConfigureAwait(false)) return;
        await _pace.SleepAsync(_execution.Sleep).ConfigureAwait(false);
    }

    // Not a row but the job as a whole is what fails: its batch was rolled back.
    private async Task RecordFailedAsync(RunError error)
    {
        try
        {
            _journal.Undo();
            var record = new BatchRecord(
                _cursor.Run, _cursor.Batches + 1, RunStatus.Failed, _cursor.Rest.After?.ToString(), _work.Last?.ToString(), _work.Count, 0,
                _batchBegan, _execution.Time.GetUtcNow(), error) { Partition = _cursor.Partition };
            await _shared.TellAsync([.. _journal.Batches, record], null, null).ConfigureAwait(false);
        }
        catch (DripException problem)
        {
            _execution.Log.LogWarning("The failed batch {Batch} of run {Run} could not be recorded: {Problem}", _cursor.Batches + 1, _cursor.Run, problem.Message);
        }
    }

    // A partition that is over needs no owner to be taken from.
    private async Task GiveBackAsync()
    {
        if (!_cursor.IsOver) await _execution.Database.Cursors.ReleaseAsync(_cursor.Run, _cursor.Partition, _cursor.Epoch, CancellationToken.None).ConfigureAwait(false);
        History.Add("released", _cursor, _cursor.Rest.After);
    }

    private async Task GiveBackAfterAsync(Exception error)
    {
        try
        {
            await GiveBackAsync().ConfigureAwait(false);
        }
        catch (Exception other) when (other is DripException || _execution.Database.Explain(other) is not null)
        {
            // The database cannot be written, which is what the error says already: the lease runs out by itself.
            _execution.Log.LogWarning(
                "Partition {Partition} of run {Run} could not be given back after '{Error}': {Problem}", _cursor.Partition, _cursor.Run, error.Message, other.Message);
        }
    }
}
