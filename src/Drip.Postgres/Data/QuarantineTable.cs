using Drip.Data;
using Drip.Runs;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>
/// The rows of <c>drip_quarantine</c>, on a given connection and in the transaction that it is in. A row that is settled is deleted.
/// </summary>
internal static class QuarantineTable
{
    private const string Columns = """partition, "key", error_type, error_message, error_stack, error_element, attempts, at, state""";

    public static async ValueTask<List<QuarantinedRow>> ListAsync(PostgresDatabase database, NpgsqlConnection connection, string run, CancellationToken cancellationToken)
    {
        await using var list = new NpgsqlCommand($"SELECT {Columns} FROM {database.Table(ProgressTables.Quarantine)} WHERE run = $1 ORDER BY number", connection);
        list.Bind(run);
        var found = new List<QuarantinedRow>();
        await using var rows = await list.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(Read(rows, run));
        return found;
    }

    public static async ValueTask<QuarantinedRow?> FindRetryAsync(PostgresDatabase database, NpgsqlConnection connection, string run, int partition, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(
            $"SELECT {Columns} FROM {database.Table(ProgressTables.Quarantine)} WHERE run = $1 AND partition = $2 AND state = 1 ORDER BY number LIMIT 1", connection);
        find.Bind(run).Bind(partition);
        await using var rows = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await rows.ReadAsync(cancellationToken).ConfigureAwait(false) ? Read(rows, run) : null;
    }

    /// <summary>How many rows of a run are not skipped.</summary>
    public static async ValueTask<long> CountAsync(PostgresDatabase database, NpgsqlConnection connection, string run, CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand($"SELECT count(*) FROM {database.Table(ProgressTables.Quarantine)} WHERE run = $1 AND state <> 2", connection);
        count.Bind(run);
        return (long)(await count.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    public static async ValueTask PutAsync(PostgresDatabase database, NpgsqlConnection connection, QuarantinedRow row, CancellationToken cancellationToken)
    {
        await using var put = new NpgsqlCommand($"""
            INSERT INTO {database.Table(ProgressTables.Quarantine)} AS q (run, partition, "key", error_type, error_message, error_stack, error_element, attempts, at, state)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (run, "key") DO UPDATE SET partition = excluded.partition, error_type = excluded.error_type, error_message = excluded.error_message,
              error_stack = excluded.error_stack, error_element = excluded.error_element, attempts = q.attempts + 1, at = excluded.at, state = 0
            """, connection);
        put.Bind(row.Run).Bind(row.Partition).Bind(KeyText.Write(row.Key))
            .Bind(ProgressValues.Storable(row.Error.Type)).Bind(ProgressValues.Storable(row.Error.Message))
            .Bind(ProgressValues.Storable(row.Error.Stack)).Bind(ProgressValues.Storable(row.Error.Element))
            .Bind(row.Attempts).Bind(row.At).Bind((int)row.State);
        await put.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask SettleAsync(PostgresDatabase database, NpgsqlConnection connection, string run, Key key, CancellationToken cancellationToken)
    {
        await using var settle = new NpgsqlCommand($"""DELETE FROM {database.Table(ProgressTables.Quarantine)} WHERE run = $1 AND "key" = $2""", connection);
        settle.Bind(run).Bind(KeyText.Write(key));
        await settle.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes a row; false if there is none that is open.</summary>
    public static async ValueTask<bool> SkipAsync(PostgresDatabase database, NpgsqlConnection connection, string run, Key key, CancellationToken cancellationToken)
    {
        await using var skip = new NpgsqlCommand($"""UPDATE {database.Table(ProgressTables.Quarantine)} SET state = 2 WHERE run = $1 AND "key" = $2 AND state = 0""", connection);
        skip.Bind(run).Bind(KeyText.Write(key));
        return await skip.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>Every row of a run that is open is to be tried again.</summary>
    public static async ValueTask RetryAsync(PostgresDatabase database, NpgsqlConnection connection, string run, CancellationToken cancellationToken)
    {
        await using var retry = new NpgsqlCommand($"UPDATE {database.Table(ProgressTables.Quarantine)} SET state = 1 WHERE run = $1 AND state = 0", connection);
        retry.Bind(run);
        await retry.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static QuarantinedRow Read(NpgsqlDataReader row, string run)
    {
        var error = new RunError(row.GetString(2), row.GetString(3), row.TextAt(4), row.TextAt(5));
        return new QuarantinedRow(run, row.GetInt32(0), KeyText.Read(row.GetString(1)), error, row.TimeAt(7))
        {
            Attempts = row.GetInt32(6),
            State = (QuarantineState)row.GetInt32(8),
        };
    }
}
