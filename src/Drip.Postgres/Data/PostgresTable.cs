using System.Data;
using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>The table of one run's scope. The walk keeps one connection, and its statements with it, until the table is disposed.</summary>
internal sealed class PostgresTable<T>(PostgresDatabase database, Scope<T> scope, TableShape shape, Random random) : ITable<T> where T : IModel<T>
{
    private readonly KeysetSql<T> _sql = new(scope, '$', shape.Forms);
    private Walk<T>? _walk;

    public ValueTask<IBatchTransaction<T>> BeginAsync(CancellationToken cancellationToken) => BeginAsync(null, cancellationToken);

    public async ValueTask<IBatchTransaction<T>> BeginAsync(Cursor? cursor, CancellationToken cancellationToken)
    {
        try
        {
            if (_walk is { Connection.State: not ConnectionState.Open }) await LeaveAsync().ConfigureAwait(false);
            _walk ??= new Walk<T>(database, await database.OpenAsync(cancellationToken).ConfigureAwait(false), _sql, shape);

            if (cursor is not null) await _walk.Lock.HoldAsync(cursor, cancellationToken).ConfigureAwait(false);

            // BEGIN travels with the first statement.
            var transaction = await _walk.Connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            if (database.Settings.PollOnly) await LimitAsync(_walk.Connection, cancellationToken).ConfigureAwait(false);
            return new PostgresBatchTransaction<T>(_walk, transaction, cursor?.Batches);
        }
        catch (Exception error)
        {
            await LeaveAsync().ConfigureAwait(false);
            if (database.Explain(error) is { } explained) throw explained;
            throw;
        }
    }

    public async Task<long> CountAsync(string run, CancellationToken cancellationToken) =>
        await database.ReadSnapshotAsync(connection => CountAsync(connection, run, cancellationToken), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> HasAnyAsync(KeyRange range, CancellationToken cancellationToken)
    {
        try
        {
            // A walk asks between two batches, on its own connection: all walks that wait for another one could wait for each other.
            if (_walk is { Connection: { State: ConnectionState.Open } own }) return await Keys().HasAnyAsync(own, range, cancellationToken).ConfigureAwait(false);
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await Keys().HasAnyAsync(connection, range, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (database.Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    public ValueTask<IReadOnlyList<Key>> DivideAsync(int parts, CancellationToken cancellationToken) =>
        new TableDivision<T>(database, Keys(), KeysOf(new KeysetSql<T>(Scope<T>.All, '$', shape.Forms)), random).DivideAsync(parts, cancellationToken);

    public async ValueTask<Cursor?> StealAsync(string run, long least, LeaseClaim claim, CancellationToken cancellationToken)
    {
        // A walk that has nothing to walk needs no connection; with a small pool it would wait here for its own.
        await LeaveAsync().ConfigureAwait(false);
        return await new PartitionSplit<T>(database, Keys(), random).StealAsync(run, least, claim, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => LeaveAsync();

    private async ValueTask<long> CountAsync(NpgsqlConnection connection, string run, CancellationToken cancellationToken)
    {
        // The total is a nicety, so it is counted by one process of the server beside the work, and not by several that would take its cores.
        await using (var alone = new NpgsqlCommand("SET LOCAL max_parallel_workers_per_gather = 0", connection)) await alone.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var keys = Keys();
        var cursors = await ProgressTables.AreThereAsync(database, connection, cancellationToken).ConfigureAwait(false)
            ? await CursorTable.ListAsync(database, connection, run, cancellationToken).ConfigureAwait(false)
            : [];
        if (cursors.Count == 0) return await keys.CountAsync(connection, default, cancellationToken).ConfigureAwait(false);
        var count = 0L;
        foreach (var cursor in cursors)
            count += cursor.Scanned + (cursor.IsDone ? 0 : await keys.CountAsync(connection, cursor.Rest, cancellationToken).ConfigureAwait(false));
        return count;
    }

    private KeyFinder<T> Keys() => KeysOf(_sql);

    private KeyFinder<T> KeysOf(KeysetSql<T> sql) => new(sql, shape.Keys, static (parameters, built) => SqlValue.AddTo(parameters, built.Values));

    // A pooler's session has not got the limits.
    private async ValueTask LimitAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var settings = database.Settings;
        await using var limit = new NpgsqlCommand(
            $"SELECT set_config('statement_timeout', '{(long)settings.StatementTimeout.TotalMilliseconds}', true), set_config('lock_timeout', '{(long)settings.LockTimeout.TotalMilliseconds}', true), "
            + $"set_config('idle_in_transaction_session_timeout', '{(long)settings.IdleInTransactionTimeout.TotalMilliseconds}', true)", connection);
        await limit.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask LeaveAsync()
    {
        var walk = _walk;
        _walk = null;
        if (walk is not null) await walk.DisposeAsync().ConfigureAwait(false);
    }
}
