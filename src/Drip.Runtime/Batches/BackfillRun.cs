using System.Data.Common;
using Drip.Data;
using Drip.Generated;
using Drip.Runs;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>
/// One execution of a backfill's run, read from top to bottom: take the cursor, then batch after batch until the scope's
/// end. Each batch is one transaction of the data's database:
/// <c>find or read the page → the author's method → its changes → the cursor → commit</c>.
/// </summary>
internal sealed class BackfillRun<TJob, TRow>
    where TJob : class, IBackfill<TJob, TRow>
    where TRow : IModel<TRow>
{
    /// <summary>How long a sleep may go on without a look at what was asked of the run.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(1);

    private readonly RunExecution _execution;
    private readonly TJob _job;
    private readonly ITable<TRow> _table;
    private readonly RunningBatch<TRow> _work;
    private readonly Retry _retry;
    private readonly ProgressMeter _meter;
    private readonly long _began;
    private readonly TimeSpan _activeBefore;
    private readonly TotalCount _total;
    private readonly BatchJournal _journal;
    private Cursor _cursor;
    private DateTimeOffset _batchBegan;
    private RunRequestKind? _request;

    private BackfillRun(RunExecution execution, TJob job, ITable<TRow> table, Cursor cursor, TotalCount total)
    {
        (_execution, _job, _table, _cursor, _total) = (execution, job, table, cursor, total);
        _work = new RunningBatch<TRow>(execution.Services, execution.Run.Id, execution.Run.Job);
        _retry = new Retry(execution.Database, execution.Time, execution.Log);
        _meter = new ProgressMeter(execution.Time);
        _began = execution.Time.GetTimestamp();
        _activeBefore = cursor.Active;
        _journal = new BatchJournal(execution.Run.Id, cursor.Untold, execution.Time, execution.TellEvery);
    }

    private RunCounters Counters => new(_cursor.Scanned, _cursor.Processed, _cursor.Batches, _total.Value, Active);

    private TimeSpan Active => _activeBefore + _execution.Time.GetElapsedTime(_began);

    /// <summary>Executes the run. Errors are values here: whatever happens, the run is left in the state that the result says.</summary>
    public static async Task<RunEnd> ExecuteAsync(RunExecution execution)
    {
        var run = execution.Run;
        try
        {
            var job = TJob.Create(execution.Services, execution.Held.Request.Options.Values);
            var table = await execution.Database.OpenAsync(job.GetScope(), execution.Abort).ConfigureAwait(false);
            await using (table.ConfigureAwait(false))
            {
                var cursors = await execution.Database.Cursors.PlanAsync(run.Id, [], execution.Abort).ConfigureAwait(false);
                var cursor = await execution.Database.Cursors.ClaimAsync(run.Id, 0, cursors[0].Epoch, execution.Claim, execution.Abort).ConfigureAwait(false) ?? throw Lease.Lost(run.Id);
                var total = TotalCount.Start(execution, table);
                await using (total.ConfigureAwait(false))
                {
                    return await new BackfillRun<TJob, TRow>(execution, job, table, cursor, total).WalkAsync().ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (execution.Abort.IsCancellationRequested)
        {
            return new RunEnd(RunStatus.Running, run.Counters);
        }
        catch (Exception error)
        {
            return EndFor(error, execution.Database, run.Counters, element: null);
        }
    }

    private async Task<RunEnd> WalkAsync()
    {
        try
        {
            var end = await WalkToEndAsync().ConfigureAwait(false);
            await TellAsync().ConfigureAwait(false);
            return end;
        }
        catch (OperationCanceledException) when (_execution.Abort.IsCancellationRequested)
        {
            return new RunEnd(RunStatus.Running, Counters);
        }
        catch (Exception error)
        {
            var end = EndFor(error, _execution.Database, Counters, _work.Element);
            return end.Status == RunStatus.Failed ? await FailedAsync(end).ConfigureAwait(false) : end;
        }
    }

    private async Task<RunEnd> WalkToEndAsync()
    {
        Report();
        while (_request is null && !_execution.Drain.IsCancellationRequested)
        {
            var size = NextSize();
            if (size == 0 || await StepAsync(size).ConfigureAwait(false) < size) return Completed();
            if (_request is null && _execution.Sleep > TimeSpan.Zero && !await SleepAsync().ConfigureAwait(false)) return Completed();
        }

        return _request is { } request ? await ObeyAsync(request).ConfigureAwait(false) : new RunEnd(RunStatus.Running, Counters);
    }

    /// <summary>One batch, with its retries. Returns how many rows its page had; fewer than asked for means that the scope ends here.</summary>
    private async Task<int> StepAsync(int size)
    {
        var rows = await _retry.RunAsync(() => BatchAsync(size), _execution.Abort).ConfigureAwait(false);
        if (rows == 0) return 0;

        // A store of its own is told after the commit, and apart from it: a store that is busy must not repeat a batch.
        if (_journal.IsDue) await TellAsync().ConfigureAwait(false);
        Report();
        return rows;
    }

    /// <summary>Tells the store of the batches that it does not know, in a transaction of its own.</summary>
    private async Task TellAsync()
    {
        if (_journal.Batches.Count == 0) return;
        _request = await _retry.RunAsync(() => RecordAsync(_cursor, null), _execution.Abort).ConfigureAwait(false) ?? _request;
        _journal.Told();
    }

    /// <summary>One try of a batch: one transaction. Returns how many rows its page had.</summary>
    private async Task<int> BatchAsync(int size)
    {
        _batchBegan = _execution.Time.GetUtcNow();
        _work.Clear();
        _journal.Undo();
        var abort = _execution.Abort;
        var transaction = await _table.BeginAsync(abort).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var elementWise = TJob.Info.IsElementWise;
            var page = elementWise
                ? await transaction.ReadPageAsync(_cursor.Rest, _work.Buffer(size), abort).ConfigureAwait(false)
                : await transaction.FindPageAsync(_cursor.Rest, size, abort).ConfigureAwait(false);
            if (page.Count == 0) return 0;

            _work.Begin(transaction, _cursor.Batches + 1, new KeyRange(_cursor.Rest.After, page.Last), page, read: elementWise);
            var processed = await _job.ProcessAsync(_work, abort).ConfigureAwait(false);
            await _work.WriteChangesAsync(abort).ConfigureAwait(false);

            _journal.Add(new BatchRecord(
                _execution.Run.Id, _cursor.Batches + 1, RunStatus.Completed, _cursor.After?.ToString(), page.Last!.ToString(), page.Count, processed,
                _batchBegan, _execution.Time.GetUtcNow(), null));
            var tells = (page.Count < size || _journal.IsDue) && _execution.Store.IsIn(transaction.Connection);
            var next = _cursor with
            {
                After = page.Last,
                Scanned = _cursor.Scanned + page.Count,
                Processed = _cursor.Processed + processed,
                Batches = _cursor.Batches + 1,
                Active = Active,
                Untold = tells ? null : _journal.Text,
            };
            if (!await transaction.MoveCursorAsync(next, abort).ConfigureAwait(false)) throw Lease.Lost(_execution.Run.Id);

            var request = tells ? await RecordAsync(next, transaction.Transaction).ConfigureAwait(false) : null;
            await transaction.CommitAsync(abort).ConfigureAwait(false);
            _cursor = next;
            _journal.Keep();
            if (!tells) return page.Count;
            _journal.Told();
            _request = request;
            return page.Count;
        }
    }

    private async Task<RunRequestKind?> RecordAsync(Cursor cursor, DbTransaction? transaction)
    {
        var counters = new RunCounters(cursor.Scanned, cursor.Processed, cursor.Batches, _total.Value, cursor.Active);
        var receipt = await _execution.Store.RecordBatchesAsync(_journal.Batches, counters, _execution.Run.Epoch, null, transaction, CancellationToken.None).ConfigureAwait(false);
        return receipt.Held ? receipt.Request : throw Lease.Lost(_execution.Run.Id);
    }

    private int NextSize() => _execution.Run.Limit is { } limit
        ? (int)Math.Clamp(limit - _cursor.Scanned, 0, _execution.BatchSize)
        : _execution.BatchSize;

    private async Task<bool> HasMoreAsync() =>
        NextSize() > 0 && await _table.HasAnyAsync(_cursor.Rest, _execution.Abort).ConfigureAwait(false);

    // Where nothing is left to do there is nothing to keep the run from.
    private async Task<RunEnd> ObeyAsync(RunRequestKind request)
    {
        if (!await HasMoreAsync().ConfigureAwait(false)) return Completed();
        return new RunEnd(request == RunRequestKind.Pause ? RunStatus.Paused : RunStatus.Stopped, Counters);
    }

    // Sleeps between batches and never behind the last one; false when there is no next one.
    private async Task<bool> SleepAsync()
    {
        if (!await HasMoreAsync().ConfigureAwait(false)) return false;
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(_execution.Drain, _execution.Abort);
        var fellAsleep = _execution.Time.GetTimestamp();
        try
        {
            while (_request is null && _execution.Sleep - _execution.Time.GetElapsedTime(fellAsleep) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest < LongestNap ? rest : LongestNap, _execution.Time, leave.Token).ConfigureAwait(false);
                if (rest > LongestNap) _request = await LookAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!_execution.Abort.IsCancellationRequested)
        {
            // Told to leave in the middle of a pause: the loop sees it.
        }

        return true;
    }

    private async Task<RunRequestKind?> LookAsync()
    {
        var run = await _retry.RunAsync(() => _execution.Store.FindAsync(_execution.Run.Id, _execution.Abort).AsTask(), _execution.Abort).ConfigureAwait(false);
        return run?.Epoch == _execution.Run.Epoch ? run.Request : throw Lease.Lost(_execution.Run.Id);
    }

    // The scope was walked to its end, so what was scanned is the total, whatever a count at the beginning said.
    private RunEnd Completed() => new(RunStatus.Completed, Counters with { Total = _cursor.Scanned });

    private async Task<RunEnd> FailedAsync(RunEnd end)
    {
        var record = new BatchRecord(
            _execution.Run.Id, _cursor.Batches + 1, RunStatus.Failed, _cursor.After?.ToString(), _work.Last?.ToString(), _work.Count, 0,
            _batchBegan, _execution.Time.GetUtcNow(), end.Error);
        try
        {
            _journal.Undo();
            await _execution.Store.RecordBatchesAsync([.. _journal.Batches, record], end.Counters, _execution.Run.Epoch, null, null).ConfigureAwait(false);
        }
        catch (DripException error)
        {
            _execution.Log.LogWarning("The failed batch {Batch} of run {Run} could not be recorded: {Problem}", record.Number, record.RunId, error.Message);
        }

        return end;
    }

    private void Report()
    {
        if (_execution.Progress is not { } progress) return;
        progress(new RunProgress(_execution.Run.Id, _execution.Run.Job, Counters, _meter.Sample(_cursor.Scanned)));
    }

    // What is the matter with the database or the machine leaves the run to be taken up; what is the matter with the job,
    // its rows or its options fails it.
    private static RunEnd EndFor(Exception error, IDatabase database, RunCounters counters, string? element)
    {
        var explained = error as DripException ?? database.Explain(error);
        return explained?.Kind switch
        {
            DripErrorKind.Paused => new RunEnd(RunStatus.Paused, counters, Describe(explained, element), explained),
            DripErrorKind.Busy or DripErrorKind.Store or DripErrorKind.Schema => new RunEnd(RunStatus.Running, counters, null, explained),
            DripErrorKind.Usage when error is DripException => new RunEnd(RunStatus.Failed, counters, Describe(error, element), explained),
            _ => new RunEnd(RunStatus.Failed, counters, Describe(error, element)),
        };
    }

    // What people can mend themselves says so in words; where in Drip it was noticed would only distract.
    private static RunError Describe(Exception error, string? element) => error is DripException known
        ? new RunError(known.GetType().FullName!, $"{known.Message} {known.Remedy}", null, element)
        : new RunError(error.GetType().FullName!, error.Message, error.StackTrace, element);
}
