using System.Data;
using Drip.Data;
using Drip.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>
/// Looks at a scope's table before any of its rows is touched: the table and its columns must be there, each column of a type
/// that its member can be, and a unique index must cover the key, for a walk in key order would jump over rows that share one.
/// </summary>
internal static class TableCheck
{
    /// <summary>Checks a scope, and returns how its rows travel.</summary>
    /// <exception cref="DripException">Something does not fit; the message names it.</exception>
    public static async ValueTask<TableShape> RunAsync<T>(PostgresDatabase database, NpgsqlConnection connection, Scope<T> scope, CancellationToken cancellationToken)
        where T : IModel<T>
    {
        var shape = await LookAsync<T>(database, connection, cancellationToken).ConfigureAwait(false);
        if (scope.Select is { } select)
        {
            var yielded = await DescribeAsync(connection, select, cancellationToken).ConfigureAwait(false);
            foreach (var column in T.Schema.Columns)
            {
                if (!yielded.Exists(existing => existing.Name == column.Name)) throw Unyielded(yielded, column, T.Schema);
            }

            return TableShape.Of(T.Schema, yielded, [], hasTriggers: false);
        }

        var kind = await KindAsync(connection, T.Schema.Table, cancellationToken).ConfigureAwait(false);
        if (kind is not ("r" or "p")) throw NoTable(T.Schema, kind);
        RequireUnique(shape.Indexes, T.Schema, database.Description);
        await RequireNoNullAsync(connection, shape, scope, cancellationToken).ConfigureAwait(false);
        return shape;
    }

    /// <summary>How the rows of a model's table travel, after a look at its columns alone.</summary>
    public static async ValueTask<TableShape> LookAsync<T>(PostgresDatabase database, NpgsqlConnection connection, CancellationToken cancellationToken) where T : IModel<T>
    {
        var table = T.Schema.Table;
        var columns = await TableColumn.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
        if (columns.Count == 0) throw await MissingTableAsync(connection, table, T.Schema.Model, database.Description, cancellationToken).ConfigureAwait(false);
        foreach (var column in T.Schema.Columns)
        {
            if (!columns.Exists(existing => existing.Name == column.Name)) throw MissingColumn(columns, column, T.Schema, database.Description);
        }

        var indexes = await UniqueIndex.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
        return TableShape.Of(T.Schema, columns, indexes, await HasTriggersAsync(connection, table, cancellationToken).ConfigureAwait(false));
    }

    private static void RequireUnique(IReadOnlyList<UniqueIndex> indexes, ModelSchema schema, string database)
    {
        if (indexes.Any(index => index.Covers(schema.KeyNames))) return;
        var key = string.Join(", ", schema.KeyNames);
        var name = schema.Table[(schema.Table.IndexOf('.') + 1)..];
        throw new DripException(DripErrorKind.Usage, "key-not-unique",
            $"The key of {schema.Model}, {schema.Table}({key}), is not unique in {database}: no primary key and no unique index covers it (one that is partial, deferrable or invalid does not count), so rows that share a key could be left out.",
            $"Make the key the table's own, or add an index: CREATE UNIQUE INDEX CONCURRENTLY {name}_key ON {schema.Table} ({key});");
    }

    private static async ValueTask RequireNoNullAsync<T>(NpgsqlConnection connection, TableShape shape, Scope<T> scope, CancellationToken cancellationToken) where T : IModel<T>
    {
        var nullable = T.Schema.KeyNames.Where(name => shape.Columns.Any(column => column.Name == name && !column.IsNotNull)).ToList();
        if (nullable.Count == 0) return;
        var condition = "(" + string.Join(" OR ", nullable.Select(name => $"{Quote(name)} IS NULL")) + ")";
        var sql = new KeysetSql<T>(scope, '$', shape.Forms).Any(KeyBounds.None, condition);
        await using var command = new NpgsqlCommand(sql.ToString(), connection);
        SqlValue.AddTo(command.Parameters, sql.Values);
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null) return;
        throw new DripException(DripErrorKind.Usage, "null-key",
            $"{T.Schema.Table} has rows whose key ({string.Join(", ", T.Schema.KeyNames)}) is NULL, and a walk in key order cannot reach them.",
            $"Give them a key, or leave them out of the scope: {nullable[0]} IS NOT NULL.");
    }

    private static async ValueTask<List<TableColumn>> DescribeAsync(NpgsqlConnection connection, SqlText select, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder('$').Append("SELECT * FROM (").Append(select).Append(") AS scope LIMIT 0");
        var names = new List<string>();
        var types = new List<long>();
        await using (var command = new NpgsqlCommand(sql.ToString(), connection))
        {
            SqlValue.AddTo(command.Parameters, sql.Values);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < reader.FieldCount; i++)
            {
                names.Add(reader.GetName(i));
                types.Add(reader.GetDataTypeOID(i));
            }
        }

        return await TableColumn.OfTypesAsync(connection, names, types, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<string> KindAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT relkind::text FROM pg_catalog.pg_class WHERE oid = to_regclass($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = TableColumn.Regclass(table), NpgsqlDbType = NpgsqlDbType.Text });
        return (string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private static async ValueTask<bool> HasTriggersAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = to_regclass($1) AND NOT tgisinternal AND tgenabled <> 'D')", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = TableColumn.Regclass(table), NpgsqlDbType = NpgsqlDbType.Text });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private static async ValueTask<DripException> MissingTableAsync(NpgsqlConnection connection, string table, string model, string database, CancellationToken cancellationToken)
    {
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand(
            """
            SELECT CASE WHEN pg_table_is_visible(c.oid) THEN '' ELSE n.nspname || '.' END || c.relname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' AND c.relname NOT LIKE 'drip\_%'
            ORDER BY 1
            """, connection))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) tables.Add(reader.GetString(0));
        }

        var nearest = tables.Find(name => name.EndsWith("." + table, StringComparison.Ordinal)) ?? NearestName.Find(table, tables);
        var remedy = nearest is not null
            ? $"Did you mean '{nearest}'? Then write [Model(\"{nearest}\")] on {model}."
            : tables.Count == 0
                ? "The database has no tables yet: create them, or check the database in the connection string."
                : $"The tables there are: {string.Join(", ", tables.Take(10))}{(tables.Count > 10 ? ", …" : "")}.";
        return new DripException(DripErrorKind.Usage, "missing-table", $"There is no table '{table}' in {database}.", remedy);
    }

    private static DripException MissingColumn(List<TableColumn> columns, ModelColumn column, ModelSchema schema, string database)
    {
        var nearest = NearestName.Find(column.Name, columns.Select(existing => existing.Name));
        return new DripException(DripErrorKind.Usage, "missing-column",
            $"The table '{schema.Table}' in {database} has no column '{column.Name}', which {schema.Model}.{column.Member} stands for.",
            nearest is null
                ? $"Add the column, or take {column.Member} out of the model."
                : $"Did you mean '{nearest}'? Then write [Column(\"{nearest}\")] on {column.Member}.");
    }

    private static DripException Unyielded(List<TableColumn> columns, ModelColumn column, ModelSchema schema) => new(
        DripErrorKind.Usage, "missing-column",
        $"The SELECT of the scope yields no column '{column.Name}', which {schema.Model}.{column.Member} stands for.",
        $"Let it yield all columns of {schema.Model}; it yields {string.Join(", ", columns.Select(existing => existing.Name))}.");

    private static DripException NoTable(ModelSchema schema, string kind) => new(
        DripErrorKind.Usage, "not-a-table",
        $"'{schema.Table}' is {(kind switch { "v" => "a view", "m" => "a materialized view", "f" => "a foreign table", _ => "no table" })}, and only the rows of tables can be locked, found by a unique key and changed.",
        kind == "f"
            ? "Run the job on the database that has the table."
            : $"Name the table below it in [Model] on {schema.Model}, and put the view's condition into the scope; or read the view by a scope that is a SELECT.");

    private static string Quote(string name) => new SqlBuilder('$').Name(name).ToString();
}
