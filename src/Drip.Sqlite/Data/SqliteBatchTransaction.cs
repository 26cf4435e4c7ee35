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

    public DbConnection Connection => writer.Connection;

    public DbTransaction Transaction => transaction;

    public ValueTask<PageEnd> FindPageAsync(Key? after, int size, CancellationToken cancellationToken)
    {
        var statement = prepared.PageEnd(Bounds(after));
        var place = statement.ScopeValues + 1;
        if (after is not null) place = SqliteValue.BindKey(statement.Handle, place, after);
        SqliteApi.BindInt64(statement.Handle, place, size);

        var page = default(PageEnd);
        if (statement.Step())
        {
            var count = (int)SqliteApi.ColumnInt64(statement.Handle, 0);
            if (count == KeysetSql<T>.FullPage) count = size;
            if (count > 0) page = new PageEnd(StoredKey.Of(new SqliteRowReader(statement.Handle), firstColumn: 1, T.Schema), count);
        }

        statement.Reset();
        return ValueTask.FromResult(page);
    }

    public ValueTask<PageEnd> ReadPageAsync(Key? after, Memory<T> buffer, CancellationToken cancellationToken)
    {
        var statement = prepared.Page(Bounds(after));
        var place = statement.ScopeValues + 1;
        if (after is not null) place = SqliteValue.BindKey(statement.Handle, place, after);
        SqliteApi.BindInt64(statement.Handle, place, buffer.Length);
        return ValueTask.FromResult(ReadRows(statement, buffer.Span));
    }

    public int ReadRange(Key? after, Key to, Memory<T> buffer)
    {
        var statement = prepared.Range(Bounds(after) | KeyBounds.UpTo);
        BindRange(statement, after, to);
        return ReadRows(statement, buffer.Span).Count;
    }

    public ValueTask<int> UpdateAsync(SqlText set, Key? after, Key to, CancellationToken cancellationToken)
    {
        var statement = prepared.Update(set, Bounds(after) | KeyBounds.UpTo);
        BindRange(statement, after, to);
        return ValueTask.FromResult(statement.Execute());
    }

    public ValueTask<int> DeleteAsync(Key? after, Key to, CancellationToken cancellationToken)
    {
        var statement = prepared.Delete(Bounds(after) | KeyBounds.UpTo);
        BindRange(statement, after, to);
        return ValueTask.FromResult(statement.Execute());
    }

    public ValueTask WriteAsync<TOther>(Changes<TOther> changes, CancellationToken cancellationToken) where TOther : IModel<TOther>
    {
        prepared.WriterOf<TOther>().Write(changes, _locators);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> MoveCursorAsync(Cursor cursor, CancellationToken cancellationToken) =>
        ValueTask.FromResult(CursorTable.Move(prepared.Move, cursor));

    public ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        transaction.Commit();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
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

    private static KeyBounds Bounds(Key? after) => after is null ? KeyBounds.None : KeyBounds.After;

    private static void BindRange(Statement statement, Key? after, Key to)
    {
        var place = statement.ScopeValues + 1;
        if (after is not null) place = SqliteValue.BindKey(statement.Handle, place, after);
        SqliteValue.BindKey(statement.Handle, place, to);
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
