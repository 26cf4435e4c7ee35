using Drip.Data;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>The table of one run's scope, with the statements that walk it: each is prepared once and kept for the run.</summary>
internal sealed class SqliteTable<T>(SqliteDatabase database, Scope<T> scope, string? rowId, Random random) : ITable<T> where T : IModel<T>
{
    private readonly KeysetSql<T> _sql = new(scope, '?');
    private PreparedSet<T>? _prepared;

    public async ValueTask<IBatchTransaction<T>> BeginAsync(CancellationToken cancellationToken)
    {
        var writer = await database.EnterWriterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_prepared is null || !ReferenceEquals(_prepared.Connection, writer.Connection))
            {
                _prepared?.Dispose();
                _prepared = new PreparedSet<T>(writer.Connection, _sql, rowId);
            }

            // IMMEDIATE: a transaction that begins by reading and writes later fails at once when another writes in between.
            var transaction = writer.Connection.BeginTransaction(deferred: false);
            return new SqliteBatchTransaction<T>(_prepared, writer, transaction);
        }
        catch (Exception error)
        {
            writer.Dispose();
            if (database.Explain(error) is { } explained) throw explained;
            throw;
        }
    }

    public Task<long> CountAsync(string run, CancellationToken cancellationToken) =>
        Task.FromResult(database.ReadSnapshot(
            connection =>
            {
                var keys = new KeyFinder<T>(connection, _sql, cancellationToken);
                var cursors = ProgressTables.AreThere(connection) ? CursorTable.List(connection, run) : [];
                return cursors.Count == 0 ? keys.Count(default) : cursors.Sum(cursor => cursor.Scanned + (cursor.IsDone ? 0 : keys.Count(cursor.Rest)));
            },
            cancellationToken));

    public async ValueTask<bool> HasAnyAsync(KeyRange range, CancellationToken cancellationToken)
    {
        using var writer = await database.EnterWriterAsync(cancellationToken).ConfigureAwait(false);
        return new KeyFinder<T>(writer.Connection, _sql, cancellationToken).HasAny(range);
    }

    public ValueTask<IReadOnlyList<Key>> DivideAsync(int parts, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Key>>(database.ReadSnapshot(
            connection => new TableDivision<T>(connection, _sql, rowId, random, cancellationToken).Divide(parts), cancellationToken));

    public async ValueTask<Cursor?> StealAsync(string run, long least, LeaseClaim claim, CancellationToken cancellationToken)
    {
        // The long part is done beside the writers; only where the partitions have changed meanwhile they have to wait.
        var split = database.ReadSnapshot(connection => SplitOn(connection).Choose(run, least), cancellationToken);
        if (split is null) return null;
        return await database.WriteAsync(
            connection =>
            {
                var on = SplitOn(connection);
                return on.Make(split, claim) ?? (on.Choose(run, least) is { } again ? on.Make(again, claim) : null);
            },
            cancellationToken).ConfigureAwait(false);

        PartitionSplit<T> SplitOn(SqliteConnection connection) => new(connection, _sql, rowId, random, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _prepared?.Dispose();
        return ValueTask.CompletedTask;
    }
}
