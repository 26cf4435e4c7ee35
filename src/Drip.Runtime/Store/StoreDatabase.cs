using System.Data.Common;

namespace Drip.Store;

/// <summary>One numbered, forward-only step of the store's schema.</summary>
/// <param name="Number">Its number, from 1, without gaps.</param>
/// <param name="Name">What it does, in a word or two.</param>
/// <param name="Sql">The statements.</param>
public sealed record StoreMigration(int Number, string Name, string Sql);

/// <summary>
/// What the SQL store needs of a database engine: connections, write transactions in the engine's safest form, the
/// schema, and the few phrases in which dialects differ.
/// </summary>
public abstract class StoreDatabase : IAsyncDisposable
{
    /// <summary>What people call the database, without secrets.</summary>
    public abstract string Description { get; }

    /// <summary>The schema, in order.</summary>
    public abstract IReadOnlyList<StoreMigration> Migrations { get; }

    /// <summary>A connection for reading; the caller disposes it.</summary>
    public abstract ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> in a write transaction that nothing else of this process writes beside; commits when it returns.</summary>
    public abstract ValueTask<T> WriteAsync<T>(Func<DbTransaction, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Whether the connection is open on this very database.</summary>
    public abstract bool IsOn(DbConnection connection);

    /// <summary>Whether the table exists.</summary>
    public abstract ValueTask<bool> HasTableAsync(DbConnection connection, string table, CancellationToken cancellationToken);

    /// <summary>Turns an error of the engine into one that people understand; null if it is none that is known.</summary>
    public abstract DripException? Explain(Exception error);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
