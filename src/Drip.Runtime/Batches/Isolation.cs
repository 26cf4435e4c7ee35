using Drip.Chaos;
using Drip.Data;
using Drip.Generated;
using Drip.Runs;

namespace Drip.Batches;

/// <summary>
/// Takes a batch apart around the rows that fail. A part that holds a failing row is halved: its lower half is tried inside
/// a savepoint; if that succeeds it stays applied and the row is in the upper half, else in the lower one. After log2 n
/// tries one row is left, which goes into quarantine with the error of the smallest part that failed; then what lies behind
/// it is tried as a whole. So k failing rows in n cost at most k · (⌈log2 n⌉ + 1) tries. Rows that come one by one need no
/// halving: the row at hand is the one that fails.
/// </summary>
internal sealed class Isolation<TJob, TRow>(SharedRun shared, TJob job, RunningBatch<TRow> work)
    where TJob : class, IBackfill<TJob, TRow>
    where TRow : IModel<TRow>
{
    private const int RetriesPerBatch = 100;

    private readonly RunExecution _execution = shared.Execution;
    private readonly FailureLimit _limit = new(TJob.Info);
    private IBatchTransaction<TRow> _transaction = null!;
    private Cursor _cursor = null!;
    private CancellationToken _stop;
    private IReadOnlyList<Key> _keys = [];
    private int _processed;
    private int _failed;
    private long _quarantined;

    /// <summary>Tries the page of a batch that has just failed again, in parts.</summary>
    /// <param name="transaction">A new transaction; the one that failed was rolled back.</param>
    /// <param name="cursor">Where the batch begins.</param>
    /// <param name="size">The most rows that it has.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="stop">Asks to leave at once.</param>
    public async Task<BatchResult> RunAsync(IBatchTransaction<TRow> transaction, Cursor cursor, int size, Exception error, CancellationToken stop)
    {
        Begin(transaction, cursor, stop);
        _keys = await transaction.ReadKeysAsync(cursor.Rest, size, stop).ConfigureAwait(false);
        var end = _keys.Count;
        var done = 0;
        RunError? failure = null;

        // What failed as a whole need not fail again before it is halved, but a row that is at hand is known only then.
        var failed = TJob.Info.IsElementWise ? null : Attempt.Of(error);
        while (done < end && failure is null)
        {
            failed ??= await TryAsync(done, end).ConfigureAwait(false);
            if (failed is not null) (done, failed) = await FindAsync(done, end, failed).ConfigureAwait(false);
            if (failed is null)
            {
                done = end;
                break;
            }

            failure = await QuarantineAsync(new QuarantinedRow(cursor.Run, cursor.Partition, _keys[done], Describe(failed.Error, _keys[done]), Now)).ConfigureAwait(false);
            done++;
            failed = null;
        }

        // The run is to fail, and has applied then what can be applied at one go.
        if (failure is not null && done < end) done = await TryAsync(done, end).ConfigureAwait(false) is { } rest ? rest.AppliedUpTo ?? done : end;
        return new BatchResult(new PageEnd(done == 0 ? null : _keys[done - 1], done), _processed)
        {
            Failed = _failed,
            Quarantined = _failed > 0 ? _quarantined : null,
            Failure = failure,
            IsCutShort = done < end,
            RetriesLeft = cursor.Retries,
        };
    }

    /// <summary>How many quarantined rows are tried again in the next batch.</summary>
    public int CountTries(Cursor cursor) => (int)Math.Min(cursor.Retries, MostTries);

    /// <summary>Tries quarantined rows again, each by itself.</summary>
    public async Task<BatchResult> TryAgainAsync(IBatchTransaction<TRow> transaction, Cursor cursor, CancellationToken stop)
    {
        Begin(transaction, cursor, stop);
        RunError? failure = null;
        var left = cursor.Retries;
        var tries = 0;
        for (; tries < MostTries && failure is null; tries++, left--)
        {
            if (await transaction.FindRetryAsync(cursor.Run, cursor.Partition, stop).ConfigureAwait(false) is not { } row)
            {
                left = 0;
                break;
            }

            if (await TryAsync(KeyRange.Of(row.Key), new PageEnd(row.Key, 1), find: true).ConfigureAwait(false) is { } failed)
            {
                failure = await QuarantineAsync(row with { Error = Describe(failed.Error, row.Key), At = Now }).ConfigureAwait(false);
            }
            else
            {
                await transaction.SettleAsync(cursor.Run, row.Key, stop).ConfigureAwait(false);
                FailPoint.Hit(FailPoints.Retrying);
            }
        }

        return new BatchResult(default, _processed)
        {
            Failed = _failed,
            Quarantined = await transaction.CountQuarantinedAsync(cursor.Run, stop).ConfigureAwait(false),
            Failure = failure,
            IsTriedAgain = true,
            Tried = tries,
            RetriesLeft = left,
        };
    }

    private DateTimeOffset Now => _execution.Time.GetUtcNow();

    private void Begin(IBatchTransaction<TRow> transaction, Cursor cursor, CancellationToken stop)
    {
        (_transaction, _cursor, _stop) = (transaction, cursor, stop);
        (_processed, _failed, _quarantined) = (0, 0, 0);
    }

    /// <summary>
    /// Finds the first row that fails in a part that failed, and applies the rows before it. Returns its place, and the try
    /// that tells its error; none if nothing failed again.
    /// </summary>
    private async Task<Finding> FindAsync(int low, int end, Attempt failed)
    {
        var high = end;
        var failedAgain = false;
        while (true)
        {
            if (failed.AppliedUpTo is { } applied) return new Finding(applied, failed);

            // A write that failed names its row; what comes before it is only to be applied.
            var middle = failed.Suspect is { } suspect && suspect < high ? suspect : low + ((high - low) / 2);
            if (middle == low) break;
            if (await TryAsync(low, middle).ConfigureAwait(false) is { } part) (high, failed, failedAgain) = (middle, part, true);
            else if (failed.Suspect is not null) return new Finding(middle, failed);
            else low = middle;
        }

        // Only the first try has failed, which may have been for a reason that is gone: then no row is to blame.
        if (!failedAgain && low == end - 1) return new Finding(low, await TryAsync(low, end).ConfigureAwait(false));
        return new Finding(low, failed);
    }

    private Task<Attempt?> TryAsync(int low, int high)
    {
        var range = new KeyRange(low == 0 ? _cursor.Rest.After : _keys[low - 1], _keys[high - 1]);
        return TryAsync(range, new PageEnd(range.To, high - low), find: false, low);
    }

    /// <summary>Hands a part to the author's method, and undoes what it did if it fails. Null if it did not.</summary>
    private async Task<Attempt?> TryAsync(KeyRange range, PageEnd page, bool find, int low = 0)
    {
        var elementWise = TJob.Info.IsElementWise;
        await _transaction.SaveAsync(_stop).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.Isolating);
        try
        {
            work.Clear();
            if (elementWise) page = page with { Count = _transaction.ReadRange(range, work.Buffer(page.Count)) };
            else if (find) page = page with { Count = (await _transaction.FindPageAsync(range, 1, _stop).ConfigureAwait(false)).Count };
            var processed = 0;
            if (page.Count > 0)
            {
                work.Begin(_transaction, _cursor.Batches + 1, range, page, read: elementWise);
                processed = await job.ProcessAsync(work, _stop).ConfigureAwait(false);
                await work.WriteChangesAsync(_stop).ConfigureAwait(false);
            }

            await _transaction.KeepAsync(_stop).ConfigureAwait(false);
            _processed += processed;
            return null;
        }
        catch (Exception error) when (Trouble.IsOfRows(error, _execution))
        {
            return await UndoAsync(error, low).ConfigureAwait(false);
        }
    }

    private async Task<Attempt> UndoAsync(Exception error, int low)
    {
        // The rows before the one at hand have gone through the author's method, so they are written and not handed over again.
        if (work.Position is > 0 and var position && work.CutBack() && await IsWrittenAsync().ConfigureAwait(false))
        {
            _processed += position;
            return new Attempt(error, null, low + position);
        }

        var suspect = work.IsWriting ? work.PlaceInHand : work.Position;
        if (await _transaction.RestoreAsync(_stop).ConfigureAwait(false)) return new Attempt(error, suspect >= 0 ? low + suspect : null, null);
        throw new DripException(DripErrorKind.RunFailed, "transaction-ended",
            $"A change made the database roll back the whole batch, so the row that fails cannot be found: {error.Message}",
            "Let triggers and constraints abort the statement only (RAISE(ABORT, …), ON CONFLICT ABORT), or mend the row.", error);
    }

    private async Task<bool> IsWrittenAsync()
    {
        try
        {
            await work.WriteChangesAsync(_stop).ConfigureAwait(false);
            await _transaction.KeepAsync(_stop).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (Trouble.IsOfRows(error, _execution))
        {
            // One of the rows before fails, too, when it is written; it is found first.
            return false;
        }
    }

    private async Task<RunError?> QuarantineAsync(QuarantinedRow row)
    {
        await _transaction.QuarantineAsync(row, _stop).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.Quarantined);
        _failed++;
        _quarantined = await _transaction.CountQuarantinedAsync(row.Run, _stop).ConfigureAwait(false);
        return _limit.IsPassed(_quarantined, shared.Counters) ? row.Error : null;
    }

    private int MostTries => Math.Min(RetriesPerBatch, _execution.MostRows);

    private static RunError Describe(Exception error, Key key) => Trouble.Describe(error, key.ToString());

    /// <summary>A part that failed.</summary>
    /// <param name="Error">Why.</param>
    /// <param name="Suspect">The place of the row that seems to be the one that fails; what came before it was undone, too.</param>
    /// <param name="AppliedUpTo">The place of the row that fails, if the rows before it stay applied.</param>
    private sealed record Attempt(Exception Error, int? Suspect, int? AppliedUpTo)
    {
        public static Attempt Of(Exception error) => new(error, null, null);
    }

    private sealed class Finding(int place, Attempt? failed)
    {
        public void Deconstruct(out int at, out Attempt? last) => (at, last) = (place, failed);
    }
}
