using Drip.Data;
using Drip.Jobs;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>
/// Looks at a scope's table before any of its rows is touched: the table and its columns must be there, and a unique index must
/// cover the key, for a walk in key order would jump over rows that share one.
/// </summary>
internal static class TableCheck
{
    /// <summary>
    /// Checks, and returns the name under which the table's row number can be read (<c>rowid</c>, unless a column of that
    /// name hides it), or null where rows are found by their key.
    /// </summary>
    public static string? Run<T>(SqliteConnection connection, Scope<T> scope, string file) where T : IModel<T>
    {
        var table = T.Schema.Table;
        var columns = ReadColumns(connection, table);
        if (columns.Count == 0) throw MissingTable(connection, table, T.Schema.Model, file);

        foreach (var column in T.Schema.Columns)
        {
            if (!columns.Exists(existing => Same(existing.Name, column.Name))) throw MissingColumn(columns, column, T.Schema, file);
        }

        if (scope.Select is not null) return null;

        RequireUnique(connection, columns, T.Schema, file);
        RequireNoNull(connection, columns, scope, T.Schema);
        return FindRowId(connection, columns, table);
    }

    private static List<Column> ReadColumns(SqliteConnection connection, string table)
    {
        var columns = new List<Column>();
        using var statement = new Statement(connection, $"PRAGMA {Schema(table)}table_xinfo({Quote(TableName(table))})");
        var reader = new SqliteRowReader(statement.Handle);
        while (statement.Step())
        {
            columns.Add(new Column(reader.GetString(1), reader.GetString(2), reader.GetInt64(3) != 0, reader.GetInt32(5)));
        }

        return columns;
    }

    private static void RequireUnique(SqliteConnection connection, List<Column> columns, ModelSchema schema, string file)
    {
        var indexes = UniqueIndexes(connection, schema.Table);
        if (indexes.Exists(index => Covers(index.Columns, schema))) return;

        // Only a primary key that is the row number itself has no index.
        var primary = columns.FindAll(column => column.PrimaryKey > 0).ConvertAll(column => column.Name);
        if (!indexes.Exists(index => index.IsPrimaryKey) && Covers(primary, schema)) return;

        var key = string.Join(", ", schema.KeyNames);
        throw new DripException(DripErrorKind.Usage, "key-not-unique",
            $"The key of {schema.Model}, {schema.Table}({key}), is not unique in {file}: no primary key and no unique index covers it, so rows that share a key could be left out.",
            $"Make the key the table's own, or add an index: CREATE UNIQUE INDEX {TableName(schema.Table)}_key ON {TableName(schema.Table)}({key});");
    }

    // Unique columns make every key that holds all of them unique.
    private static bool Covers(List<string> unique, ModelSchema schema) =>
        unique.Count > 0 && unique.TrueForAll(name => schema.KeyNames.Any(key => Same(key, name)));

    private static List<UniqueIndex> UniqueIndexes(SqliteConnection connection, string table)
    {
        var indexes = new List<UniqueIndex>();
        using var list = new Statement(connection, $"PRAGMA {Schema(table)}index_list({Quote(TableName(table))})");
        var reader = new SqliteRowReader(list.Handle);
        while (list.Step())
        {
            var (unique, partial) = (reader.GetInt64(2) != 0, reader.GetInt64(4) != 0);
            if (unique && !partial) indexes.Add(new UniqueIndex(IndexColumns(connection, table, reader.GetString(1)), reader.GetString(3) == "pk"));
        }

        return indexes;
    }

    // What makes no column unique covers no key: an expression, which has no column's name, and a column under another
    // collation than it is walked in, because 'a' and 'A' can be two to the index and one to the walk.
    private static List<string> IndexColumns(SqliteConnection connection, string table, string index)
    {
        var columns = new List<string>();
        using var info = new Statement(connection, $"PRAGMA {Schema(table)}index_xinfo({Quote(index)})");
        var reader = new SqliteRowReader(info.Handle);
        while (info.Step())
        {
            if (reader.GetInt64(5) == 0) continue;
            var column = reader.IsNull(2) ? null : reader.GetString(2);
            columns.Add(column is not null && CollationOf(connection, table, column) is var collation && (Same(collation, "BINARY") || Same(collation, reader.GetString(4)))
                ? column
                : "\0");
        }

        return columns;
    }

    private static string CollationOf(SqliteConnection connection, string table, string column)
    {
        var schema = table.IndexOf('.') is > 0 and var dot ? table[..dot] : "main";
        SQLitePCL.raw.sqlite3_table_column_metadata(connection.Handle!, schema, TableName(table), column, out _, out var collation, out _, out _, out _);
        return collation ?? "BINARY";
    }

    // SQLite lets a primary key be NULL, and NULL is behind no cursor.
    private static void RequireNoNull<T>(SqliteConnection connection, List<Column> columns, Scope<T> scope, ModelSchema schema) where T : IModel<T>
    {
        var nullable = schema.KeyNames.Where(key => columns.Exists(column => Same(column.Name, key) && column.CanBeNull)).ToList();
        if (nullable.Count == 0) return;

        var condition = "(" + string.Join(" OR ", nullable.Select(name => $"{Quote(name)} IS NULL")) + ")";
        using var statement = new Statement(connection, new KeysetSql<T>(scope, '?').Any(KeyBounds.None, condition));
        if (!statement.Step()) return;
        throw new DripException(DripErrorKind.Usage, "null-key",
            $"{schema.Table} has rows whose key ({string.Join(", ", schema.KeyNames)}) is NULL, and a walk in key order cannot reach them.",
            $"Give them a key, or leave them out of the scope: {nullable[0]} IS NOT NULL.");
    }

    private static string? FindRowId(SqliteConnection connection, List<Column> columns, string table)
    {
        foreach (var name in (ReadOnlySpan<string>)["rowid", "_rowid_", "oid"])
        {
            if (columns.Exists(column => Same(column.Name, name))) continue;
            try
            {
                using var statement = new Statement(connection, $"SELECT {name} FROM {Schema(table)}{Quote(TableName(table))} LIMIT 0");
                return name;
            }
            catch (SqliteException)
            {
                // The table is declared WITHOUT ROWID (there is no other way to ask before SQLite 3.37).
                return null;
            }
        }

        return null;
    }

    private static DripException MissingTable(SqliteConnection connection, string table, string model, string file)
    {
        var tables = new List<string>();
        using (var statement = new Statement(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'drip_%' ORDER BY name"))
        {
            var reader = new SqliteRowReader(statement.Handle);
            while (statement.Step()) tables.Add(reader.GetString(0));
        }

        var remedy = NearestName.Find(table, tables) is { } nearest
            ? $"Did you mean '{nearest}'? Then write [Model(\"{nearest}\")] on {model}."
            : tables.Count == 0
                ? "The database has no tables yet: create them, or check the path in the connection string."
                : $"The tables there are: {string.Join(", ", tables.Take(10))}{(tables.Count > 10 ? ", …" : "")}.";
        return new DripException(DripErrorKind.Usage, "missing-table", $"There is no table '{table}' in {file}.", remedy);
    }

    private static DripException MissingColumn(List<Column> columns, ModelColumn column, ModelSchema schema, string file)
    {
        var nearest = NearestName.Find(column.Name, columns.Select(existing => existing.Name));
        return new DripException(DripErrorKind.Usage, "missing-column",
            $"The table '{schema.Table}' in {file} has no column '{column.Name}', which {schema.Model}.{column.Member} stands for.",
            nearest is null
                ? $"Add the column, or take {column.Member} out of the model."
                : $"Did you mean '{nearest}'? Then write [Column(\"{nearest}\")] on {column.Member}.");
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Quote(string name) => "\"" + name.Replace("\"", "\"\"") + "\"";

    private static string TableName(string table) => table[(table.IndexOf('.') + 1)..];

    private static string Schema(string table) => table.IndexOf('.') is > 0 and var dot ? Quote(table[..dot]) + "." : "";

    private sealed record UniqueIndex(List<string> Columns, bool IsPrimaryKey);

    private sealed record Column(string Name, string Type, bool NotNull, int PrimaryKey)
    {
        public bool CanBeNull => !NotNull && !(PrimaryKey > 0 && Same(Type, "INTEGER"));
    }
}
