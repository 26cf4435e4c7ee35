using System.Data.Common;

namespace Drip.Data;

/// <summary>A database that holds the rows of jobs, and beside them the cursors of their runs.</summary>
public interface IDatabase : IAsyncDisposable
{
    /// <summary>What people call the database, without secrets.</summary>
    string Description { get; }

    /// <summary>
    /// Opens the table of a scope for one run: checks that the table, its columns and a unique key are there, before any
    /// row is touched.
    /// </summary>
    /// <exception cref="DripException">Something is missing; the message names it, and the nearest name that exists.</exception>
    ValueTask<ITable<T>> OpenAsync<T>(Scope<T> scope, CancellationToken cancellationToken) where T : IModel<T>;

    /// <summary>
    /// Gives the cursor of a run's partition this epoch, unless it has a newer one, and makes the cursor if there is none: a
    /// worker with an older epoch commits nothing from then on, wherever the store is.
    /// </summary>
    ValueTask FenceAsync(string run, int partition, long epoch, CancellationToken cancellationToken);

    /// <summary>Turns an error of the engine into one that people understand; null if it is none that is known.</summary>
    DripException? Explain(Exception error);
}

/// <summary>The databases of a host, by name; the one without a name is the default.</summary>
public sealed class DatabaseSet
{
    private readonly Dictionary<string, IDatabase> _databases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a database; the empty name is the default one.</summary>
    public void Add(string name, IDatabase database) => _databases.Add(name, database);

    /// <summary>The database with this name; null for the default one.</summary>
    /// <exception cref="DripException">The host has no such database.</exception>
    public IDatabase Find(string? name)
    {
        if (_databases.TryGetValue(name ?? "", out var database)) return database;
        throw new DripException(DripErrorKind.Usage, "unknown-database",
            name is null ? "The host has no database." : $"The host has no database named '{name}'.",
            name is null ? "Add one before Build(): builder.UseSqlite(\"Data Source=app.db\")." : $"Add it before Build(): builder.UseSqlite(\"…\", name: \"{name}\").");
    }
}

/// <summary>
/// How far one partition of a run has come: a row of <c>drip_cursor</c> in the data's database. It moves in the transaction
/// of the batch, and only for the worker whose epoch it holds.
/// </summary>
/// <param name="Run">The run's id.</param>
/// <param name="Partition">The partition's number; a run that is not divided has one, 0.</param>
/// <param name="Epoch">The fencing token of the worker that may move it.</param>
/// <param name="After">The last key that was committed; null before the first.</param>
/// <param name="Scanned">Rows that committed batches covered.</param>
/// <param name="Processed">Rows that committed batches handled.</param>
/// <param name="Batches">Batches that committed.</param>
/// <param name="Active">The time that workers have spent.</param>
/// <param name="Untold">Committed batches that the store has not been told of yet, as text; null for none.</param>
public sealed record Cursor(string Run, int Partition, long Epoch, Key? After, long Scanned, long Processed, long Batches, TimeSpan Active, string? Untold);

/// <summary>The table of one run's scope.</summary>
/// <typeparam name="T">The model.</typeparam>
public interface ITable<T> : IAsyncDisposable where T : IModel<T>
{
    /// <summary>Takes the cursor of a run's partition for this epoch, making it if there is none, and returns where it stands.</summary>
    /// <exception cref="DripException">A newer epoch has it.</exception>
    ValueTask<Cursor> TakeCursorAsync(string run, int partition, long epoch, CancellationToken cancellationToken);

    /// <summary>Begins the transaction of one batch.</summary>
    ValueTask<IBatchTransaction<T>> BeginAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Counts all rows of the run, those that are done included: read on a connection of its own, in one snapshot with the
    /// cursor. Takes as long as a scan takes; cancelling interrupts it.
    /// </summary>
    Task<long> CountAsync(string run, int partition, CancellationToken cancellationToken);

    /// <summary>Whether the scope has a row behind this key.</summary>
    ValueTask<bool> HasMoreAsync(Key after, CancellationToken cancellationToken);
}

/// <summary>The last key of a page, and how many rows the page has.</summary>
/// <param name="Last">The last key; null when the page is empty.</param>
/// <param name="Count">How many rows.</param>
public readonly record struct PageEnd(Key? Last, int Count);

/// <summary>
/// The transaction of one batch. Everything that a batch does to the database happens in it; disposing it before
/// <see cref="CommitAsync"/> rolls all of that back.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public interface IBatchTransaction<T> : IAsyncDisposable where T : IModel<T>
{
    /// <summary>The connection.</summary>
    DbConnection Connection { get; }

    /// <summary>The transaction.</summary>
    DbTransaction Transaction { get; }

    /// <summary>Finds the next page without reading its rows: one query.</summary>
    ValueTask<PageEnd> FindPageAsync(Key? after, int size, CancellationToken cancellationToken);

    /// <summary>Reads the next page into the buffer: one query. The buffer is as long as the page may be.</summary>
    ValueTask<PageEnd> ReadPageAsync(Key? after, Memory<T> buffer, CancellationToken cancellationToken);

    /// <summary>Reads the rows of a page that was found.</summary>
    int ReadRange(Key? after, Key to, Memory<T> buffer);

    /// <summary>Updates the rows of a page, and returns how many there were.</summary>
    ValueTask<int> UpdateAsync(SqlText set, Key? after, Key to, CancellationToken cancellationToken);

    /// <summary>Deletes the rows of a page, and returns how many there were.</summary>
    ValueTask<int> DeleteAsync(Key? after, Key to, CancellationToken cancellationToken);

    /// <summary>Writes what the batch changed in one table.</summary>
    ValueTask WriteAsync<TOther>(Changes<TOther> changes, CancellationToken cancellationToken) where TOther : IModel<TOther>;

    /// <summary>Moves the cursor; false if its epoch is not this one any more, and then the batch must not commit.</summary>
    ValueTask<bool> MoveCursorAsync(Cursor cursor, CancellationToken cancellationToken);

    /// <summary>Commits.</summary>
    ValueTask CommitAsync(CancellationToken cancellationToken);
}
