using System.Globalization;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>
/// Some of a table's rows, of pages that are taken at random: so many pages, and of them so many rows, whatever the size of
/// the table. Asking for the same sample again gives the same pages.
/// </summary>
/// <param name="Clause">What follows the table's name.</param>
/// <param name="Condition">Which rows of these pages.</param>
internal sealed record TableSample(string Clause, string Condition)
{
    /// <summary>So many pages: rows that lie side by side often have keys that do, too, and count as little more than one.</summary>
    private const int Pages = 2048;

    private const int Rows = 8192;

    /// <summary>How many rows a page may have that the server knows no number of.</summary>
    private const int RowsPerPage = 60;

    /// <summary>How the table can be sampled; null if it cannot, because it is a view or a foreign table.</summary>
    public static async ValueTask<TableSample?> OfAsync(NpgsqlConnection connection, string table, Random random, CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand(
            """
            SELECT c.relkind IN ('r', 'p', 'm'),
              (pg_relation_size(c.oid) + coalesce((SELECT sum(pg_relation_size(p.relid)) FROM pg_partition_tree(c.oid) AS p WHERE p.isleaf AND p.relid <> c.oid), 0))::bigint
                / current_setting('block_size')::bigint,
              (SELECT sum(d.reltuples)::double precision / nullif(sum(d.relpages), 0) FROM pg_catalog.pg_class AS d
               WHERE d.reltuples > 0 AND (d.oid = c.oid OR d.oid IN (SELECT p.relid FROM pg_partition_tree(c.oid) AS p WHERE p.isleaf)))
            FROM pg_catalog.pg_class AS c WHERE c.oid = to_regclass($1)
            """, connection);
        look.Bind(TableColumn.Regclass(table));
        await using var found = await look.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await found.ReadAsync(cancellationToken).ConfigureAwait(false) || !found.GetBoolean(0)) return null;
        var pages = Math.Max(found.GetInt64(1), 1);
        var perPage = found.IsDBNull(2) ? RowsPerPage : Math.Max(found.GetDouble(2), 1);

        var share = Math.Min(1, (double)Pages / pages);
        var thinned = Math.Min(1, Rows / (Math.Min(Pages, pages) * perPage));
        return new TableSample(
            string.Create(CultureInfo.InvariantCulture, $" TABLESAMPLE SYSTEM ({share * 100:0.##########}) REPEATABLE ({random.Next()})"),
            string.Create(CultureInfo.InvariantCulture, $"random() < {thinned:0.##########}"));
    }
}
