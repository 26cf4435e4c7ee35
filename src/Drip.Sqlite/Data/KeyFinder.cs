using Drip.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>Counts the rows of ranges and finds keys among them, on any connection.</summary>
internal sealed class KeyFinder<T>(SqliteConnection connection, KeysetSql<T> sql, CancellationToken cancellationToken) where T : IModel<T>
{
    public bool HasAny(KeyRange range)
    {
        using var any = Prepare(sql.Any(range.Bounds), range, out _);
        return any.Step();
    }

    public long Count(KeyRange range)
    {
        using var count = Prepare(sql.Count(range.Bounds), range, out _);
        count.Step();
        return SqliteApi.ColumnInt64(count.Handle, 0);
    }

    /// <summary>Counts up to a limit, so that the answer costs no more than it is worth.</summary>
    public long CountUpTo(KeyRange range, long limit)
    {
        using var count = Prepare(sql.CountUpTo(range.Bounds), range, out var place);
        SqliteApi.BindInt64(count.Handle, place, limit);
        count.Step();
        return SqliteApi.ColumnInt64(count.Handle, 0);
    }

    /// <summary>The key of the n-th row of a range; null if there is none, or if it is a key that no walk can reach.</summary>
    public Key? KeyAt(KeyRange range, long number)
    {
        using var find = Prepare(sql.KeyAt(range.Bounds), range, out var place);
        SqliteApi.BindInt64(find.Handle, place, number);
        return find.Step() ? StoredKey.TryOf(new SqliteRowReader(find.Handle), firstColumn: 0, T.Schema) : null;
    }

    /// <summary>Those of some rows that lie in the scope and in a range.</summary>
    public List<long> Within(KeyRange range, string rowId, IReadOnlyList<long> rows)
    {
        // One seek for each row: with all of them in one statement the engine may walk the whole range instead.
        using var look = Prepare(sql.KeyOf(rowId, range.Bounds), range, out var place);
        var within = new List<long>();
        foreach (var row in rows)
        {
            SqliteApi.BindInt64(look.Handle, place, row);
            if (look.Step()) within.Add(row);
            look.Reset();
        }

        return within;
    }

    /// <summary>The keys of rows in the engine's own order, without those that no walk can reach.</summary>
    public List<Key> InOrder(string rowId, IReadOnlyList<long> rows)
    {
        // Without an index the rows are found by their numbers; with one the engine may walk all of it to save the sorting.
        using var sort = new Statement(connection, new SqlBuilder('?').Append("SELECT ").Names(T.Schema.KeyNames).Append(" FROM ").Table(T.Schema.Table)
            .Append($" NOT INDEXED WHERE {rowId} IN ({string.Join(", ", rows)}) ORDER BY ").Names(T.Schema.KeyNames));
        var reader = new SqliteRowReader(sort.Handle);
        var keys = new List<Key>(rows.Count);
        while (sort.Step())
        {
            if (StoredKey.TryOf(reader, firstColumn: 0, T.Schema) is { } key) keys.Add(key);
        }

        return keys;
    }

    private Statement Prepare(SqlBuilder text, KeyRange range, out int place)
    {
        // An interrupt that comes between two statements is forgotten.
        cancellationToken.ThrowIfCancellationRequested();
        var statement = new Statement(connection, text);
        place = statement.BindRange(range);
        return statement;
    }
}
