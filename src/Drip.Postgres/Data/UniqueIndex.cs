using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>An index, or a constraint, that rows of a table cannot share the values of.</summary>
/// <param name="Columns">Its columns; null stands for an expression.</param>
/// <param name="IsProof">Whether no two rows ever share them: it covers all rows, is complete, and is checked at once.</param>
internal sealed record UniqueIndex(IReadOnlyList<string?> Columns, bool IsProof)
{
    /// <summary>The indexes of a table.</summary>
    public static async ValueTask<List<UniqueIndex>> ReadAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        // An index under another collation still tells texts apart, unless the column's own takes different texts for one.
        await using var command = new NpgsqlCommand(
            """
            SELECT i.indexrelid::int8, i.indisunique AND i.indisvalid AND i.indisready AND i.indimmediate AND i.indpred IS NULL, a.attname::text,
              i.indcollation[place] = a.attcollation OR coalesce(c.collisdeterministic, true)
            FROM pg_catalog.pg_index i
            CROSS JOIN generate_series(0, i.indnkeyatts - 1) AS place
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[place] AND i.indkey[place] <> 0
            LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
            WHERE i.indrelid = to_regclass($1) AND (i.indisunique OR i.indisexclusion)
            ORDER BY i.indexrelid, place
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = TableColumn.Regclass(table), NpgsqlDbType = NpgsqlDbType.Text });
        var indexes = new List<UniqueIndex>();
        var (last, columns, isProof) = (0L, new List<string?>(), false);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reader.GetInt64(0) != last)
            {
                if (columns.Count > 0) indexes.Add(new UniqueIndex(columns, isProof));
                (last, columns, isProof) = (reader.GetInt64(0), [], reader.GetBoolean(1));
            }

            columns.Add(reader.IsDBNull(2) ? null : reader.GetString(2));
            if (!reader.IsDBNull(2) && !reader.GetBoolean(3)) isProof = false;
        }

        if (columns.Count > 0) indexes.Add(new UniqueIndex(columns, isProof));
        return indexes;
    }

    /// <summary>Whether it makes every key of these columns unique.</summary>
    public bool Covers(IReadOnlyList<string> key)
    {
        if (!IsProof) return false;
        foreach (var column in Columns)
        {
            if (column is null || !key.Contains(column)) return false;
        }

        return true;
    }
}
