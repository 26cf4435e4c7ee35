using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>
/// Reads pages for the author's code, locked, so that nobody changes a row between its reading and its writing. Others go on writing
/// meanwhile; a page is what it claims to be, all rows up to its last key, only when that was looked at after its rows were locked.
/// </summary>
internal sealed class RowPages<T>(Walk<T> walk) where T : IModel<T>
{
    private const int MostTries = 20;

    /// <summary>The first rows of a range.</summary>
    public async ValueTask<PageEnd> ReadAsync(KeyRange range, Memory<T> buffer, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var page = walk.Sql.IsSelect
                ? await ReadSelectAsync(range, buffer, cancellationToken).ConfigureAwait(false)
                : await ReadTableAsync(range, buffer, cancellationToken).ConfigureAwait(false);
            if (page is { } whole) return whole;
        }

        throw Restless();
    }

    /// <summary>
    /// All rows of a range, and how many they are: more than the buffer is long if others have inserted some, and then the
    /// buffer is worth nothing.
    /// </summary>
    public int ReadRange(KeyRange range, Memory<T> buffer)
    {
        if (walk.Sql.IsSelect) LockRange(range, buffer.Length);
        using var reader = walk.Range(range.Bounds).Bind(range).Command.ExecuteReader();
        return Fill(reader, buffer.Span);
    }

    /// <summary>The first keys of a range, whose rows are locked, so that they stay.</summary>
    public async ValueTask<List<Key>> ReadKeysAsync(KeyRange range, int size, CancellationToken cancellationToken)
    {
        if (walk.Sql.IsSelect) return await KeysAsync(walk.Keys(range.Bounds).Bind(range, size).Command, size, cancellationToken).ConfigureAwait(false);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var keys = await KeysAsync(walk.LockedKeys(range.Bounds).Bind(range, size).Command, size, cancellationToken).ConfigureAwait(false);
            if (keys.Count < size || await IsWholeAsync(range, keys[^1], size, cancellationToken).ConfigureAwait(false)) return keys;
        }

        throw Restless();
    }

    // A row that another moves to a key farther on while this waits for its lock ends up in the page under that key, and a
    // cursor that is set to it would pass over the rows between. When all rows are locked, none moves any more. So the n-th key is asked for in the same
    // message, behind the locks; where it is not that of the last row, the rows are counted.
    private async ValueTask<PageEnd?> ReadTableAsync(KeyRange range, Memory<T> buffer, CancellationToken cancellationToken)
    {
        var (count, end) = await FillAsync(walk.RowsAndEnd(range, buffer.Length), buffer, cancellationToken).ConfigureAwait(false);
        if (count == 0) return default(PageEnd);
        var last = T.KeyOf(buffer.Span[count - 1]);
        return count < buffer.Length || last == end || await IsWholeAsync(range, last, count, cancellationToken).ConfigureAwait(false) ? new PageEnd(last, count) : null;
    }

    private async ValueTask<bool> IsWholeAsync(KeyRange range, Key last, int count, CancellationToken cancellationToken)
    {
        if (range.Only is not null) return true;
        var upTo = range with { To = last };
        return (long)(await walk.CountUpTo(upTo.Bounds).Bind(upTo, count + 1L).Command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))! == count;
    }

    // What a SELECT yields may change until the rows of the table are locked, so it is read until it yields the rows that are.
    private async ValueTask<PageEnd?> ReadSelectAsync(KeyRange range, Memory<T> buffer, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(walk.Keys(range.Bounds).Bind(range, buffer.Length).Command, buffer.Length, cancellationToken).ConfigureAwait(false);
        if (keys.Count == 0) return default(PageEnd);
        await using (var lockRows = LockOf(keys)) await lockRows.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var reader = await walk.Rows(range, buffer.Length).Command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return Fill(reader, buffer.Span, keys) == keys.Count ? new PageEnd(keys[^1], keys.Count) : null;
        }
    }

    private void LockRange(KeyRange range, int expected)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var keys = Keys(range, expected);
            if (keys.Count == 0) return;
            using (var lockRows = LockOf(keys)) lockRows.ExecuteNonQuery();
            var again = Keys(range, expected);
            if (again.Count == keys.Count && again.SequenceEqual(keys)) return;
        }

        throw Restless();
    }

    private List<Key> Keys(KeyRange range, int expected)
    {
        var keys = new List<Key>(expected);
        using var reader = walk.Keys(range.Bounds).Bind(range, int.MaxValue).Command.ExecuteReader();
        while (reader.Read()) keys.Add(walk.Shape.Keys.Read(reader, 0));
        return keys;
    }

    private async ValueTask<List<Key>> KeysAsync(NpgsqlBatch command, int expected, CancellationToken cancellationToken)
    {
        var keys = new List<Key>(Math.Min(expected, 1024));
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) keys.Add(walk.Shape.Keys.Read(reader, 0));
        }

        return keys;
    }

    private NpgsqlCommand LockOf(List<Key> keys)
    {
        var arrays = new KeyArrays(walk.Shape);
        foreach (var key in keys) arrays.Add(key);
        var sql = new SqlBuilder('$').Append("SELECT FROM ").Table(walk.Shape.Schema.Table).Append(" AS drip_row JOIN ");
        arrays.AppendMatch(arrays.AppendArrays(sql).Append(" ON ")).Append(" ORDER BY ");
        for (var i = 0; i < walk.Shape.Schema.Key.Count; i++) sql.Append(i > 0 ? ", drip_row." : "drip_row.").Name(walk.Shape.Schema.KeyNames[i]);
        var command = new NpgsqlCommand(sql.Append(" FOR NO KEY UPDATE OF drip_row").ToString(), walk.Connection);
        arrays.AddTo(command.Parameters);
        return command;
    }

    // Returns how many rows came, and the n-th key of the range where that was asked for.
    private async ValueTask<(int Count, Key? End)> FillAsync(NpgsqlBatch command, Memory<T> buffer, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var count = 0;
            // A whole page is hardly ever in the driver's buffer, so its rows are waited for; what is there already costs no task.
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) buffer.Span[count++] = Row(reader);
            var hasEnd = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false) && await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return (count, hasEnd ? walk.Shape.Keys.Read(reader, 0) : null);
        }
    }

    // Returns how many rows came; with keys, those that came in the order of the keys.
    private int Fill(NpgsqlDataReader reader, Span<T> buffer, List<Key>? keys = null)
    {
        var count = 0;
        while (reader.Read())
        {
            if (keys is not null && (count == keys.Count || walk.Shape.Keys.Read(reader, T.Schema.Columns.Count) != keys[count])) return -1;
            if (count < buffer.Length) buffer[count] = Row(reader);
            count++;
        }

        return count;
    }

    private T Row(NpgsqlDataReader reader)
    {
        var row = new PostgresRowReader(reader, walk.Shape.Reads);
        try
        {
            return T.Read(ref row);
        }
        catch (ColumnException error)
        {
            throw UnreadableRow.Explain(error, reader, walk.Shape);
        }
        catch (Exception error) when (row.Explain(error) is { } explained)
        {
            throw UnreadableRow.Explain(explained, reader, walk.Shape);
        }
    }

    private DripException Restless() => new(
        DripErrorKind.Busy, "restless-rows", $"Others change the keys of {walk.Shape.Schema.Table} faster than a page of it can be read.", "Try again when they are done.");
}
