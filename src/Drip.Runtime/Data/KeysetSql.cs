using System.Globalization;

namespace Drip.Data;

/// <summary>Which bounds a statement has on the key. Bounds are bound last, lower before upper, then the limit or the row.</summary>
[Flags]
internal enum KeyBounds
{
    None = 0,
    After = 1,
    UpTo = 2,
    Only = 4,
}

/// <summary>
/// The statements that walk a scope in key order. A page begins behind the last key of the page before
/// (<c>key &gt; cursor ORDER BY key LIMIT n</c>), so that its cost does not depend on how many rows lie before it, and rows
/// that leave the scope while it is walked shift nothing.
/// </summary>
/// <param name="scope">The scope.</param>
/// <param name="prefix">What stands before the number of a parameter.</param>
/// <param name="forms">Where the engine's types cannot travel as they are; null for nowhere.</param>
internal sealed class KeysetSql<T>(Scope<T> scope, char prefix, ColumnForms? forms = null) where T : IModel<T>
{
    private readonly ColumnForms _forms = forms ?? ColumnForms.Plain(T.Schema);

    private static readonly IReadOnlyList<string> Columns = [.. T.Schema.Columns.Select(column => column.Name)];
    private static readonly IReadOnlyList<string> Key = T.Schema.KeyNames;

    /// <summary>Whether the scope is a whole SELECT, whose rows can be neither locked nor written to.</summary>
    public bool IsSelect => scope.Select is not null;

    /// <summary>The rows of a page, all columns in ordinal order, then <paramref name="extra"/> if there is one.</summary>
    /// <param name="bounds">The bounds.</param>
    /// <param name="extra">What else is yielded.</param>
    /// <param name="limited">Whether there is a limit.</param>
    /// <param name="size">The limit, where it stands in the text; null for one that is bound.</param>
    public SqlBuilder Rows(KeyBounds bounds, string? extra, bool limited, int? size = null)
    {
        var sql = Start("SELECT ").Yield(Columns, _forms.Columns, "c");
        if (extra is not null) sql.Append(", ").Append(extra);
        From(sql);
        Where(sql, bounds);
        sql.Append(" ORDER BY ").Names(Key);
        if (limited) Number(sql.Append(" LIMIT "), size);
        return sql;
    }

    /// <summary>What <see cref="PageEnd"/> gives for the number of rows of a page that is full.</summary>
    public const int FullPage = -1;

    /// <summary>
    /// How many rows a page has, then its last key: the first record of the answer. A full page ends at its n-th row, which is
    /// found by skipping; only where there is none, at the end of the scope, are the rows counted.
    /// </summary>
    public SqlBuilder PageEnd(KeyBounds bounds)
    {
        var full = KeysOfPage(Start($"SELECT * FROM (SELECT {FullPage}, "), bounds, skip: true).Append(") UNION ALL ").Repeat();
        if (Key.Count == 1) return KeysOfPage(full.Append("SELECT count(*), max(").Names(Key).Append(") FROM (SELECT "), bounds).Append(")");

        // A column of the key could have any shorter name.
        var numbered = full.Append("SELECT * FROM (SELECT drip_number, ").Names(Key).Append(" FROM (SELECT ").Names(Key)
            .Append(", row_number() OVER (ORDER BY ").Names(Key).Append(") AS drip_number FROM (SELECT ");
        return KeysOfPage(numbered, bounds).Append(")) AS page ORDER BY drip_number DESC LIMIT 1)");
    }

    /// <summary>
    /// How many rows a page has that is not full, then its last key: one record, or none. Names everything, as engines without
    /// a largest value of some types, and with no subquery without a name, want it.
    /// </summary>
    public SqlBuilder LastPageEnd(KeyBounds bounds)
    {
        var sql = Start("SELECT drip_number, ").Yield(Key, _forms.KeyParts, "k").Append(" FROM (SELECT ").Names(Key)
            .Append(", row_number() OVER (ORDER BY ").Names(Key).Append(") AS drip_number FROM (SELECT ").Names(Key);
        From(sql);
        Where(sql, bounds);
        return sql.Append(" ORDER BY ").Names(Key).Append(" LIMIT ").Place().Append(") AS page) AS numbered ORDER BY drip_number DESC LIMIT 1");
    }

    /// <summary>How many rows lie within the bounds.</summary>
    public SqlBuilder Count(KeyBounds bounds)
    {
        var sql = From(Start("SELECT count(*)"));
        Where(sql, bounds);
        return sql;
    }

    /// <summary>How many rows lie within the bounds, counted up to a limit.</summary>
    public SqlBuilder CountUpTo(KeyBounds bounds)
    {
        var sql = From(Start("SELECT count(*) FROM (SELECT 1"));
        Where(sql, bounds);
        return sql.Append(" LIMIT ").Place().Append(") AS counted");
    }

    /// <summary>The keys of a page.</summary>
    public SqlBuilder Keys(KeyBounds bounds) => KeysOfPage(Start("SELECT "), bounds);

    /// <summary>The keys of a sample of the table's rows that lie in the scope and within the bounds, in order.</summary>
    /// <param name="bounds">The bounds.</param>
    /// <param name="sample">What follows the table's name, for example <c>TABLESAMPLE SYSTEM (1)</c>.</param>
    /// <param name="condition">Which of the rows that the sample has are taken.</param>
    public SqlBuilder Sample(KeyBounds bounds, string sample, string condition)
    {
        var sql = From(Start("SELECT ").Yield(Key, _forms.KeyParts, "k")).Append(sample);
        Where(sql, bounds, condition);
        return sql.Append(" ORDER BY ").Names(Key);
    }

    /// <summary>The key of the n-th row within the bounds: one record, or none.</summary>
    /// <param name="bounds">The bounds.</param>
    /// <param name="number">Which row, where it stands in the text; null for one that is bound.</param>
    public SqlBuilder KeyAt(KeyBounds bounds, int? number = null) => KeysOfPage(Start("SELECT "), bounds, skip: true, number);

    /// <summary>The key of one row, by its number, if it lies within the bounds: one record, or none.</summary>
    public SqlBuilder KeyOf(string rowId, KeyBounds bounds)
    {
        var sql = From(Start("SELECT ").Yield(Key, _forms.KeyParts, "k"));
        var word = Where(sql, bounds);
        return sql.Append(word).Append(rowId).Append(" = ").Place();
    }

    /// <summary>Whether any row lies within the bounds: one record, or none.</summary>
    public SqlBuilder Any(KeyBounds bounds, string? condition = null)
    {
        var sql = From(Start("SELECT 1"));
        Where(sql, bounds, condition);
        return sql.Append(" LIMIT 1");
    }

    /// <summary>An update of the rows within the bounds.</summary>
    public SqlBuilder Update(SqlText set, KeyBounds bounds)
    {
        var sql = Start("UPDATE ").Table(T.Schema.Table).Append(" SET ").Append(set);
        WhereWritten(sql, bounds);
        return sql;
    }

    /// <summary>A delete of the rows within the bounds.</summary>
    public SqlBuilder Delete(KeyBounds bounds)
    {
        var sql = Start("DELETE FROM ").Table(T.Schema.Table);
        WhereWritten(sql, bounds);
        return sql;
    }

    private SqlBuilder Start(string text) => new SqlBuilder(prefix).Append(text);

    private SqlBuilder KeysOfPage(SqlBuilder sql, KeyBounds bounds, bool skip = false, int? number = null)
    {
        From(sql.Yield(Key, _forms.KeyParts, "k"));
        Where(sql, bounds);
        sql.Append(" ORDER BY ").Names(Key);
        return skip ? Number(sql.Append(" LIMIT 1 OFFSET "), number).Append(" - 1") : Number(sql.Append(" LIMIT "), number);
    }

    private static SqlBuilder Number(SqlBuilder sql, int? number) => number is { } known ? sql.Append(known.ToString(CultureInfo.InvariantCulture)) : sql.Place();

    private SqlBuilder From(SqlBuilder sql) => scope.Select is { } select
        ? sql.Append(" FROM (").Append(select).Append(") AS scope")
        : sql.Append(" FROM ").Table(T.Schema.Table);

    // Returns the word before a further condition.
    private string Where(SqlBuilder sql, KeyBounds bounds, string? condition = null)
    {
        var word = " WHERE ";
        foreach (var each in scope.Conditions)
        {
            sql.Append(word).Append("(").Append(each).Append(")");
            word = " AND ";
        }

        if (condition is not null)
        {
            sql.Append(word).Append(condition);
            word = " AND ";
        }

        Bound(sql, bounds, ref word);
        return word;
    }

    // A SELECT cannot be written to, so the rows that it yields are found in the table by their keys.
    private void WhereWritten(SqlBuilder sql, KeyBounds bounds)
    {
        if (scope.Select is null)
        {
            Where(sql, bounds);
            return;
        }

        sql.Append(Key.Count > 1 ? " WHERE (" : " WHERE ").Names(Key).Append(Key.Count > 1 ? ") IN (SELECT " : " IN (SELECT ").Names(Key);
        From(sql);
        Where(sql, KeyBounds.None);
        sql.Append(")");
        var word = " AND ";
        Bound(sql, bounds, ref word);
    }

    private void Bound(SqlBuilder sql, KeyBounds bounds, ref string word)
    {
        if (bounds.HasFlag(KeyBounds.Only))
        {
            sql.Append(word).CompareKey(Key, "=", _forms.KeyCasts);
            word = " AND ";
        }

        if (bounds.HasFlag(KeyBounds.After))
        {
            sql.Append(word).CompareKey(Key, ">", _forms.KeyCasts);
            word = " AND ";
        }

        if (bounds.HasFlag(KeyBounds.UpTo))
        {
            sql.Append(word).CompareKey(Key, "<=", _forms.KeyCasts);
            word = " AND ";
        }
    }
}
