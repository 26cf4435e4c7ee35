using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>A column of a table, as the server's catalog describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The name of its type without a schema, for example <c>int4</c> or <c>_text</c>; of a domain the type below it.</param>
/// <param name="Cast">The type's full name, quoted, without a length: what a text is cast to.</param>
/// <param name="IsEnum">Whether the type is an enum.</param>
/// <param name="IsArray">Whether the type is an array.</param>
/// <param name="IsNotNull">Whether the column cannot be NULL.</param>
/// <param name="IsGenerated">Whether the database alone gives it its value.</param>
internal sealed record TableColumn(string Name, string Type, string Cast, bool IsEnum, bool IsArray, bool IsNotNull, bool IsGenerated)
{
    /// <summary>What people call the type.</summary>
    public string Shown => IsArray ? Type[1..] + "[]" : IsEnum ? $"the enum {Type}" : Type;

    // A domain is taken for the type below it: that is what the server sends.
    private const string Types = """
        CROSS JOIN LATERAL (
          WITH RECURSIVE below AS (
            SELECT a.atttypid AS oid
            UNION ALL
            SELECT d.typbasetype FROM pg_catalog.pg_type d JOIN below ON d.oid = below.oid WHERE d.typtype = 'd')
          SELECT p.* FROM below JOIN pg_catalog.pg_type p ON p.oid = below.oid WHERE p.typtype <> 'd') t
        JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        """;

    private const string Described = "t.typname::text, quote_ident(n.nspname) || '.' || quote_ident(t.typname), t.typtype = 'e', t.typelem <> 0 AND t.typcategory = 'A'";

    /// <summary>The columns of a table; none if there is no such table.</summary>
    public static ValueTask<List<TableColumn>> ReadAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken) => ReadAsync(
        new NpgsqlCommand(
            $"""
            SELECT a.attname::text, {Described}, a.attnotnull, a.attgenerated <> ''
            FROM pg_catalog.pg_attribute a
            {Types}
            WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = Regclass(table), NpgsqlDbType = NpgsqlDbType.Text } } }, cancellationToken);

    /// <summary>Columns that a SELECT yields.</summary>
    public static ValueTask<List<TableColumn>> OfTypesAsync(NpgsqlConnection connection, List<string> names, List<long> types, CancellationToken cancellationToken) => ReadAsync(
        new NpgsqlCommand(
            $"""
            SELECT a.attname, {Described}, false, false
            FROM unnest($1, $2::oid[]) WITH ORDINALITY AS a(attname, atttypid, place)
            {Types}
            ORDER BY a.place
            """, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<List<string>> { TypedValue = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new NpgsqlParameter<List<long>> { TypedValue = types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
            },
        }, cancellationToken);

    /// <summary>The table's name as <c>to_regclass</c> wants it.</summary>
    public static string Regclass(string table) => new SqlBuilder('$').Table(table).ToString();

    private static async ValueTask<List<TableColumn>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var owned = command.ConfigureAwait(false);
        var columns = new List<TableColumn>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            columns.Add(new TableColumn(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.GetBoolean(5), reader.GetBoolean(6)));
        }

        return columns;
    }
}
