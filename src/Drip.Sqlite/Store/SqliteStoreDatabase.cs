using System.Data.Common;
using Drip.Store;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite;

/// <summary>The store's tables in an SQLite file, which may be the file of the data.</summary>
/// <param name="database">The file; it is not disposed with the store, because the data may share it.</param>
public sealed class SqliteStoreDatabase(SqliteDatabase database) : StoreDatabase
{
    /// <inheritdoc/>
    public override string Description => database.Description;

    /// <inheritdoc/>
    public override IReadOnlyList<StoreMigration> Migrations => SqliteMigrations.All;

    /// <inheritdoc/>
    public override ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(database.OpenReader());
    }

    /// <inheritdoc/>
    public override async ValueTask<T> WriteAsync<T>(Func<DbTransaction, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        using var lease = await database.EnterWriterAsync(cancellationToken).ConfigureAwait(false);
        // Not deferred: BEGIN IMMEDIATE waits for the lock, where a later upgrade would fail at once.
        var transaction = lease.Connection.BeginTransaction(deferred: false);
        try
        {
            var result = await work(transaction).ConfigureAwait(false);
            transaction.Commit();
            return result;
        }
        finally
        {
            Data.TransactionEnd.Dispose(lease.Connection, transaction);
        }
    }

    /// <inheritdoc/>
    public override bool IsOn(DbConnection connection) => connection is SqliteConnection sqlite && database.IsOn(sqlite);

    /// <inheritdoc/>
    public override async ValueTask<bool> HasTableAsync(DbConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @name";
        var name = command.CreateParameter();
        (name.ParameterName, name.Value) = ("@name", table);
        command.Parameters.Add(name);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <inheritdoc/>
    public override DripException? Explain(Exception error) => database.Explain(error);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => default;
}
