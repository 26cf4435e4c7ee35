using System.Data.Common;

namespace Drip.Data;

/// <summary>The table of one run's scope. One instance serves one walk.</summary>
/// <typeparam name="T">The model.</typeparam>
public interface ITable<T> : IAsyncDisposable where T : IModel<T>
{
    /// <summary>Begins the transaction of one batch.</summary>
    ValueTask<IBatchTransaction<T>> BeginAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Begins the transaction of one batch of a partition. An engine whose locks outlast a worker that was stopped may let others find the transaction
    /// by the partition, to end it.
    /// </summary>
    ValueTask<IBatchTransaction<T>> BeginAsync(Cursor cursor, CancellationToken cancellationToken) => BeginAsync(cancellationToken);

    /// <summary>
    /// Counts all rows of the run, those that are done included: read on a connection of its own, in one snapshot with the
    /// cursors. Takes as long as a scan takes; cancelling interrupts it.
    /// </summary>
    Task<long> CountAsync(string run, CancellationToken cancellationToken);

    /// <summary>Whether the scope has a row in this range.</summary>
    ValueTask<bool> HasAnyAsync(KeyRange range, CancellationToken cancellationToken);

    /// <summary>
    /// Keys of rows at which the table can be divided into about equal parts, in ascending order and each once: at most
    /// <paramref name="parts"/> - 1. Found by sampling, so that it costs the same for any size of table.
    /// </summary>
    ValueTask<IReadOnlyList<Key>> DivideAsync(int parts, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the upper half of the partition of this run that has the most rows left, in one transaction: that partition ends
    /// in its middle then, and a new one, claimed, begins there. Null if no partition has at least <paramref name="least"/> rows left.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="least">Fewer rows than these are not worth it.</param>
    /// <param name="claim">Who takes it.</param>
    /// <param name="cancellationToken">Cancels waiting for the database.</param>
    ValueTask<Cursor?> StealAsync(string run, long least, LeaseClaim claim, CancellationToken cancellationToken);
}

/// <summary>The last key of a page, and how many rows the page has.</summary>
/// <param name="Last">The last key; null when the page is empty.</param>
/// <param name="Count">How many rows.</param>
public readonly record struct PageEnd(Key? Last, int Count);

/// <summary>
/// The transaction of one batch. Everything that a batch does to the database happens in it; disposing it before
/// <see cref="CommitAsync(CancellationToken)"/> rolls all of that back, and disposing it again does nothing.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public interface IBatchTransaction<T> : IAsyncDisposable where T : IModel<T>
{
    /// <summary>The connection.</summary>
    DbConnection Connection { get; }

    /// <summary>The transaction.</summary>
    DbTransaction Transaction { get; }

    /// <summary>Finds the first page of a range without reading its rows: one query.</summary>
    ValueTask<PageEnd> FindPageAsync(KeyRange range, int size, CancellationToken cancellationToken);

    /// <summary>Reads the first page of a range into the buffer: one query. The buffer is as long as the page may be.</summary>
    ValueTask<PageEnd> ReadPageAsync(KeyRange range, Memory<T> buffer, CancellationToken cancellationToken);

    /// <summary>Reads the keys of the first page of a range, as they are stored.</summary>
    ValueTask<IReadOnlyList<Key>> ReadKeysAsync(KeyRange range, int size, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the rows of a range, and returns how many there are. Where they are more than the buffer is long, as others have
    /// added some since they were counted, the buffer is worth nothing.
    /// </summary>
    int ReadRange(KeyRange range, Memory<T> buffer);

    /// <summary>Updates the rows of a range, and returns how many there were.</summary>
    ValueTask<int> UpdateAsync(SqlText set, KeyRange range, CancellationToken cancellationToken);

    /// <summary>Deletes the rows of a range, and returns how many there were.</summary>
    ValueTask<int> DeleteAsync(KeyRange range, CancellationToken cancellationToken);

    /// <summary>Writes what the batch changed in one table.</summary>
    ValueTask WriteAsync<TOther>(Changes<TOther> changes, CancellationToken cancellationToken) where TOther : IModel<TOther>;

    /// <summary>Marks a place to which <see cref="RestoreAsync"/> comes back; there is one at a time.</summary>
    ValueTask SaveAsync(CancellationToken cancellationToken);

    /// <summary>Undoes what was done since <see cref="SaveAsync"/> and forgets the place; false if the engine has rolled back the whole transaction by itself.</summary>
    ValueTask<bool> RestoreAsync(CancellationToken cancellationToken);

    /// <summary>Keeps what was done since <see cref="SaveAsync"/> and forgets the place.</summary>
    ValueTask KeepAsync(CancellationToken cancellationToken);

    /// <summary>Puts a row into quarantine; one that is there already stays, with this error, one attempt more, and open.</summary>
    ValueTask QuarantineAsync(QuarantinedRow row, CancellationToken cancellationToken);

    /// <summary>Takes a row out of quarantine.</summary>
    ValueTask SettleAsync(string run, Key key, CancellationToken cancellationToken);

    /// <summary>A row of this partition that is to be tried again; null if there is none.</summary>
    ValueTask<QuarantinedRow?> FindRetryAsync(string run, int partition, CancellationToken cancellationToken);

    /// <summary>How many rows of the run are in quarantine and not skipped.</summary>
    ValueTask<long> CountQuarantinedAsync(string run, CancellationToken cancellationToken);

    /// <summary>
    /// Moves the cursor, extends its lease and forgets its rescues, if its epoch and its <see cref="Cursor.Upper"/> are still
    /// these; false if not, and then the batch must not commit. Where a message may come late to the server, also false if the cursor has moved since the
    /// transaction was begun for it.
    /// </summary>
    ValueTask<bool> MoveCursorAsync(Cursor cursor, CancellationToken cancellationToken);

    /// <summary>Commits.</summary>
    ValueTask CommitAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Moves the cursor as <see cref="MoveCursorAsync"/> does, and commits; false if it did not move, and then nothing is committed. Where an answer
    /// is waited for over a network, one wait is enough for both.
    /// </summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="ahead">
    /// The size of the page that <see cref="FindPageAsync"/> is asked for next, behind this cursor; 0 if that is not known. An engine may look for it on the way.
    /// </param>
    /// <param name="cancellationToken">Cancels waiting for the database.</param>
    async ValueTask<bool> CommitAsync(Cursor cursor, int ahead, CancellationToken cancellationToken)
    {
        if (!await MoveCursorAsync(cursor, cancellationToken).ConfigureAwait(false)) return false;
        await CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
