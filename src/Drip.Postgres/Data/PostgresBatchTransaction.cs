using System.Data.Common;
using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>One batch's transaction on the walk's connection.</summary>
/// <param name="walk">The walk.</param>
/// <param name="transaction">The transaction.</param>
/// <param name="batches">How many batches the cursor has while this is in work; null where nobody knows.</param>
internal sealed class PostgresBatchTransaction<T>(Walk<T> walk, NpgsqlTransaction transaction, long? batches) : IBatchTransaction<T> where T : IModel<T>
{
    private readonly RowPages<T> _pages = new(walk);
    private long? _batches = batches;
    private bool _isDisposed;

    public DbConnection Connection => walk.Connection;

    public DbTransaction Transaction => transaction;

    public async ValueTask<PageEnd> FindPageAsync(KeyRange range, int size, CancellationToken cancellationToken)
    {
        if (walk.Ahead.Take(range, size) is { } known) return known;
        var asked = walk.Database.LocalTime.GetTimestamp();
        var page = await LookAsync(range, size, cancellationToken).ConfigureAwait(false);
        walk.Ahead.Took(walk.Database.LocalTime.GetElapsedTime(asked));
        return page;
    }

    public ValueTask<PageEnd> ReadPageAsync(KeyRange range, Memory<T> buffer, CancellationToken cancellationToken) => _pages.ReadAsync(range, buffer, cancellationToken);

    public async ValueTask<IReadOnlyList<Key>> ReadKeysAsync(KeyRange range, int size, CancellationToken cancellationToken) =>
        await _pages.ReadKeysAsync(range, size, cancellationToken).ConfigureAwait(false);

    public int ReadRange(KeyRange range, Memory<T> buffer) => _pages.ReadRange(range, buffer);

    public async ValueTask<int> UpdateAsync(SqlText set, KeyRange range, CancellationToken cancellationToken)
    {
        using var update = walk.Update(set, range.Bounds).Bind(range);
        return await update.Command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> DeleteAsync(KeyRange range, CancellationToken cancellationToken) =>
        await walk.Delete(range.Bounds).Bind(range).Command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask WriteAsync<TOther>(Changes<TOther> changes, CancellationToken cancellationToken) where TOther : IModel<TOther>
    {
        var writer = await walk.WriterOfAsync<TOther>(cancellationToken).ConfigureAwait(false);
        await writer.WriteAsync(changes, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        RequireTransaction();
        return ExecuteAsync("SAVEPOINT drip_batch", cancellationToken);
    }

    public async ValueTask<bool> RestoreAsync(CancellationToken cancellationToken)
    {
        // A statement that is not the author's last one may have ended the transaction, and its savepoints with it.
        if (IsOver) return false;
        try
        {
            await ExecuteAsync("ROLLBACK TO SAVEPOINT drip_batch", cancellationToken).ConfigureAwait(false);
            await ExecuteAsync("RELEASE SAVEPOINT drip_batch", cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InvalidSavepointSpecification or PostgresErrorCodes.NoActiveSqlTransaction)
        {
            return false;
        }
    }

    public ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        RequireTransaction();
        return ExecuteAsync("RELEASE SAVEPOINT drip_batch", cancellationToken);
    }

    public ValueTask QuarantineAsync(QuarantinedRow row, CancellationToken cancellationToken)
    {
        RequireTransaction();
        return QuarantineTable.PutAsync(walk.Database, walk.Connection, row, cancellationToken);
    }

    public ValueTask SettleAsync(string run, Key key, CancellationToken cancellationToken)
    {
        RequireTransaction();
        return QuarantineTable.SettleAsync(walk.Database, walk.Connection, run, key, cancellationToken);
    }

    public ValueTask<QuarantinedRow?> FindRetryAsync(string run, int partition, CancellationToken cancellationToken) =>
        QuarantineTable.FindRetryAsync(walk.Database, walk.Connection, run, partition, cancellationToken);

    public ValueTask<long> CountQuarantinedAsync(string run, CancellationToken cancellationToken) =>
        QuarantineTable.CountAsync(walk.Database, walk.Connection, run, cancellationToken);

    public async ValueTask<bool> MoveCursorAsync(Cursor cursor, CancellationToken cancellationToken)
    {
        RequireTransaction();
        if (!await walk.Move.ExecuteAsync(cursor, _batches, cancellationToken).ConfigureAwait(false)) return false;
        _batches = cursor.Batches;
        return true;
    }

    public async ValueTask CommitAsync(CancellationToken cancellationToken) => await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> CommitAsync(Cursor cursor, int ahead, CancellationToken cancellationToken)
    {
        RequireTransaction();
        // Behind a pooler, what follows the transaction has not got its limits.
        if (ahead == 0 || !walk.Ahead.IsQuick || walk.Database.Settings.PollOnly) return await walk.Move.CommitAsync(cursor, _batches, null, cancellationToken).ConfigureAwait(false);
        var sent = walk.Database.LocalTime.GetTimestamp();
        var range = cursor.Rest;
        var isCommitted = await walk.Move.CommitAsync(cursor, _batches, walk.Ahead.Prepare(walk.KeyAt(range, ahead), range, ahead), cancellationToken).ConfigureAwait(false);
        walk.Ahead.Took(walk.Database.LocalTime.GetElapsedTime(sent));
        return isCommitted;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException or IOException or TimeoutException)
        {
            // The server rolls back by itself what a connection leaves behind that is gone. If this one is not, it must not be
            // used again with a transaction open in it.
            await walk.Connection.CloseAsync().ConfigureAwait(false);
        }
    }

    // The provider knows what the server said last about the transaction, and refuses to tell its level when it is over.
    private bool IsOver
    {
        get
        {
            try
            {
                _ = transaction.IsolationLevel;
                return false;
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }
    }

    // The method may have ended the transaction: what is written then commits by itself, and a cursor would pass rows that
    // have lost their changes.
    private void RequireTransaction()
    {
        if (!IsOver) return;
        throw new DripException(DripErrorKind.RunFailed, "transaction-ended",
            "The transaction of the batch ended before its cursor moved: the method ended it.",
            "Let errors of the database leave the method, and leave COMMIT and ROLLBACK to Drip.");
    }

    private async ValueTask<PageEnd> LookAsync(KeyRange range, int size, CancellationToken cancellationToken)
    {
        // A full page ends at its n-th row, which is found by skipping; only at the end of the scope there is none.
        if (await FirstAsync(walk.KeyAt(range, size), cancellationToken).ConfigureAwait(false) is { } last) return new PageEnd(last, size);
        var reader = await walk.LastPageEnd(range.Bounds).Bind(range, size).Command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? new PageEnd(walk.Shape.Keys.Read(reader, 1), (int)reader.GetInt64(0)) : default;
        }
    }

    private async ValueTask<Key?> FirstAsync(PageStatement statement, CancellationToken cancellationToken)
    {
        var reader = await statement.Command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? walk.Shape.Keys.Read(reader, 0) : null;
        }
    }

    private async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, walk.Connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
