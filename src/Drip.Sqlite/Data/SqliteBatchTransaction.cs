using System.Data.Common;
using Drip.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>One batch's transaction on the process's writer connection, which it holds until it is disposed.</summary>
internal sealed class SqliteBatchTransaction<T>(PreparedSet<T> prepared, WriterLease writer, SqliteTransaction transaction) : IBatchTransaction<T>
    where T : IModel<T>
{
    private readonly RowLocators _locators = prepared.Locators;
    private readonly nint _database = writer.Connection.Handle!.DangerousGetHandle();
    private bool _isDisposed;

    public DbConnection Connection => writer.Connection;

    public DbTransaction Transaction => transaction;

    public ValueTask<PageEnd> FindPageAsync(KeyRange range, int size, CancellationToken cancellationToken)
    {
        var statement = prepared.PageEnd(range.Bounds);
        SqliteApi.BindInt64(statement.Handle, statement.BindRange(range), size);
        try
        {
            if (!statement.Step()) return ValueTask.FromResult(default(PageEnd));
            var count = (int)SqliteApi.ColumnInt64(statement.Handle, 0);
            if (count == KeysetSql<T>.FullPage) count = size;
            return ValueTask.FromResult(count > 0 ? new PageEnd(StoredKey.Of(new SqliteRowReader(statement.Handle), firstColumn: 1, T.Schema), count) : default);
        }
        finally
        {
            statement.Reset();
        }
    }

    public ValueTask<PageEnd> ReadPageAsync(KeyRange range, Memory<T> buffer, CancellationToken cancellationToken)
    {
        var statement = prepared.Page(range.Bounds);
        SqliteApi.BindInt64(statement.Handle, statement.BindRange(range), buffer.Length);
        return ValueTask.FromResult(ReadRows(statement, buffer.Span));
    }

    public ValueTask<IReadOnlyList<Key>> ReadKeysAsync(KeyRange range, int size, CancellationToken cancellationToken)
    {
        var statement = prepared.Keys(range.Bounds);
        SqliteApi.BindInt64(statement.Handle, statement.BindRange(range), size);
        var keys = new List<Key>(Math.Min(size, 1024));
        try
        {
            var reader = new SqliteRowReader(statement.Handle);
            while (statement.Step()) keys.Add(StoredKey.Of(reader, firstColumn: 0, T.Schema));
        }
        finally
        {
            statement.Reset();
        }

        return ValueTask.FromResult<IReadOnlyList<Key>>(keys);
    }

    public int ReadRange(KeyRange range, Memory<T> buffer)
    {
        var statement = prepared.Range(range.Bounds);
        statement.BindRange(range);
        return ReadRows(statement, buffer.Span).Count;
    }

    public ValueTask<int> UpdateAsync(SqlText set, KeyRange range, CancellationToken cancellationToken)
    {
        var statement = prepared.Update(set, range.Bounds);
        statement.BindRange(range);
        return ValueTask.FromResult(statement.Execute());
    }

    public ValueTask<int> DeleteAsync(KeyRange range, CancellationToken cancellationToken)
    {
        var statement = prepared.Delete(range.Bounds);
        statement.BindRange(range);
        return ValueTask.FromResult(statement.Execute());
    }

    public ValueTask WriteAsync<TOther>(Changes<TOther> changes, CancellationToken cancellationToken) where TOther : IModel<TOther>
    {
        prepared.WriterOf<TOther>().Write(changes, _locators);
        return ValueTask.CompletedTask;
    }

    public ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        // Outside a transaction a savepoint would begin one of its own.
        RequireTransaction();
        prepared.Savepoint.Save();
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> RestoreAsync(CancellationToken cancellationToken) => ValueTask.FromResult(prepared.Savepoint.Restore());

    public ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        RequireTransaction();
        prepared.Savepoint.Forget();
        return ValueTask.CompletedTask;
    }

    public ValueTask QuarantineAsync(QuarantinedRow row, CancellationToken cancellationToken)
    {
        RequireTransaction();
        QuarantineTable.Put(writer.Connection, row);
        return ValueTask.CompletedTask;
    }

    public ValueTask SettleAsync(string run, Key key, CancellationToken cancellationToken)
    {
        RequireTransaction();
        QuarantineTable.Settle(writer.Connection, run, key);
        return ValueTask.CompletedTask;
    }

    public ValueTask<QuarantinedRow?> FindRetryAsync(string run, int partition, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QuarantineTable.FindRetry(writer.Connection, run, partition));

    public ValueTask<long> CountQuarantinedAsync(string run, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QuarantineTable.Count(writer.Connection, run));

    public ValueTask<bool> MoveCursorAsync(Cursor cursor, CancellationToken cancellationToken)
    {
        RequireTransaction();
        return ValueTask.FromResult(prepared.Move.Execute(cursor));
    }

    public ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        transaction.Commit();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        // The connection is lent to another walk by then, whose transaction a second look at it would roll back.
        if (_isDisposed) return ValueTask.CompletedTask;
        _isDisposed = true;
        try
        {
            TransactionEnd.Dispose(writer.Connection, transaction);
        }
        finally
        {
            writer.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    // A trigger or a conflict may have rolled the transaction back, and the method may have caught the error: what is
    // written then commits by itself, and a cursor would pass rows that have lost their changes.
    private void RequireTransaction()
    {
        if (!SqliteApi.IsAutocommit(_database)) return;
        throw new DripException(DripErrorKind.RunFailed, "transaction-ended",
            "The transaction of the batch ended before its cursor moved: a trigger or a conflict rolled it back, or the method ended it.",
            "Let errors of the database leave the method, and leave COMMIT and ROLLBACK to Drip.");
    }

    private PageEnd ReadRows(Statement statement, Span<T> buffer)
    {
        using var hold = new ConnectionHold(writer.Connection);
        var reader = new SqliteRowReader(statement.Handle);
        var rowIdColumn = T.Schema.Columns.Count;
        var count = 0;
        Key? last = null;
        _locators.Clear();
        try
        {
            while (count < buffer.Length && statement.Step())
            {
                buffer[count++] = T.Read(ref reader);
                if (_locators.HasRowId) _locators.Add(SqliteApi.ColumnInt64(statement.Handle, rowIdColumn));
                else _locators.Add(StoredKey.OfRow(reader, T.Schema));
                if (count == buffer.Length) last = StoredKey.OfRow(reader, T.Schema);
            }
        }
        catch (ColumnException error)
        {
            throw StoredKey.Explain(error, reader, T.Schema);
        }
        finally
        {
            statement.Reset();
        }

        if (last is null && count > 0) last = _locators.HasRowId ? prepared.KeyAt(_locators.RowIds[count - 1]) : _locators.Keys[count - 1];
        return new PageEnd(last, count);
    }
}
