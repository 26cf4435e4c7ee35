using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>The rows of <c>drip_cursor</c>. Keys stand there as <see cref="KeyText"/>.</summary>
internal static class CursorTable
{
    private const string Columns = """
        c.partition, c.epoch, c.lower, c.upper, c."key", c.scanned, c.processed, c.batches, c.quarantined, c.active_us, c.untold, c.done, c.owner, c.lease_until, c.rescues, c.run_epoch
        """;

    public static async ValueTask<List<Cursor>> ListAsync(PostgresDatabase database, NpgsqlConnection connection, string run, CancellationToken cancellationToken)
    {
        await using var list = new NpgsqlCommand($"SELECT {Columns}, {Retries(database)} FROM {database.Table(ProgressTables.Cursors)} AS c WHERE c.run = $1 ORDER BY c.partition", connection);
        list.Bind(run);
        var cursors = new List<Cursor>();
        await using var rows = await list.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) cursors.Add(Read(rows, run));
        return cursors;
    }

    /// <summary>A partition as it stands, and stays until the transaction ends: nobody moves, claims or fences it before.</summary>
    public static async ValueTask<Cursor?> HoldAsync(PostgresDatabase database, NpgsqlConnection connection, string run, int partition, CancellationToken cancellationToken)
    {
        await using var hold = new NpgsqlCommand(
            $"SELECT {Columns}, {Retries(database)} FROM {database.Table(ProgressTables.Cursors)} AS c WHERE c.run = $1 AND c.partition = $2 FOR NO KEY UPDATE OF c", connection);
        hold.Bind(run).Bind(partition);
        return await ReadOneAsync(hold, run, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a partition that nobody has walked yet.</summary>
    public static async ValueTask AddAsync(PostgresDatabase database, NpgsqlConnection connection, Cursor cursor, CancellationToken cancellationToken)
    {
        await using var add = new NpgsqlCommand($"""
            INSERT INTO {database.Table(ProgressTables.Cursors)} (run, partition, epoch, lower, upper, owner, lease_until, run_epoch) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """, connection);
        add.Bind(cursor.Run).Bind(cursor.Partition).Bind(cursor.Epoch).Bind(TextOf(cursor.Lower)).Bind(TextOf(cursor.Upper)).Bind(cursor.Owner).Bind(cursor.LeaseUntil).Bind(cursor.RunEpoch);
        await add.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets a partition end earlier; where it has come to, and who has it, stays.</summary>
    public static async ValueTask EndAsync(PostgresDatabase database, NpgsqlConnection connection, string run, int partition, Key upper, CancellationToken cancellationToken)
    {
        await using var end = new NpgsqlCommand($"UPDATE {database.Table(ProgressTables.Cursors)} SET upper = $3 WHERE run = $1 AND partition = $2", connection);
        end.Bind(run).Bind(partition).Bind(TextOf(upper));
        await end.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Claims a partition; null if its epoch is another by now, or the run was taken from the claimer.</summary>
    public static async ValueTask<Cursor?> ClaimAsync(
        PostgresDatabase database, NpgsqlConnection connection, string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand($"""
            UPDATE {database.Table(ProgressTables.Cursors)} AS c
            SET epoch = c.epoch + 1, rescues = c.rescues + (c.owner IS NOT NULL AND c.owner <> $4)::integer, owner = $4, lease_until = $5, run_epoch = $6
            WHERE c.run = $1 AND c.partition = $2 AND c.epoch = $3 AND c.run_epoch <= $6
            RETURNING {Columns}, {Retries(database)}
            """, connection);
        take.Bind(run).Bind(partition).Bind(epoch).Bind(claim.Owner).Bind(claim.Until).Bind(claim.RunEpoch);
        return await ReadOneAsync(take, run, cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<bool> RenewAsync(
        PostgresDatabase database, NpgsqlConnection connection, string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken)
    {
        // With the owner, and only while something is left to do, so that a renewal that comes late changes nothing in what was
        // given back or is over.
        await using var renew = new NpgsqlCommand($"""
            UPDATE {database.Table(ProgressTables.Cursors)} SET lease_until = $5 WHERE run = $1 AND partition = $2 AND epoch = $3 AND owner = $4
              AND (NOT done OR EXISTS (SELECT 1 FROM {database.Table(ProgressTables.Quarantine)} AS q WHERE q.run = $1 AND q.partition = $2 AND q.state = 1))
            """, connection);
        renew.Bind(run).Bind(partition).Bind(epoch).Bind(claim.Owner).Bind(claim.Until);
        return await renew.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    public static async ValueTask<bool> ReleaseAsync(PostgresDatabase database, NpgsqlConnection connection, string run, int partition, long epoch, CancellationToken cancellationToken)
    {
        await using var release = new NpgsqlCommand($"""
            UPDATE {database.Table(ProgressTables.Cursors)} SET owner = NULL, lease_until = NULL, rescues = 0 WHERE run = $1 AND partition = $2 AND epoch = $3
            """, connection);
        release.Bind(run).Bind(partition).Bind(epoch);
        return await release.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>Takes every partition from its owner, who did not vanish: the next one to claim it rescues nothing.</summary>
    public static async ValueTask<int> FenceAsync(PostgresDatabase database, NpgsqlConnection connection, string run, long runEpoch, CancellationToken cancellationToken)
    {
        await using var fence = new NpgsqlCommand($"""
            UPDATE {database.Table(ProgressTables.Cursors)} SET epoch = epoch + 1, owner = NULL, lease_until = NULL, run_epoch = greatest(run_epoch, $2) WHERE run = $1
            """, connection);
        fence.Bind(run).Bind(runEpoch);
        return await fence.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>No partition has rescues, and one that was walked to its end, which its worker keeps, is free for what is to be tried again.</summary>
    public static async ValueTask<int> ForgetRescuesAsync(PostgresDatabase database, NpgsqlConnection connection, string run, CancellationToken cancellationToken)
    {
        await using var forget = new NpgsqlCommand($"""
            UPDATE {database.Table(ProgressTables.Cursors)}
            SET rescues = 0, owner = CASE WHEN done THEN NULL ELSE owner END, lease_until = CASE WHEN done THEN NULL ELSE lease_until END
            WHERE run = $1
            """, connection);
        forget.Bind(run);
        return await forget.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static string? TextOf(Key? key) => key is null ? null : KeyText.Write(key);

    private static string Retries(PostgresDatabase database) =>
        $"(SELECT count(*) FROM {database.Table(ProgressTables.Quarantine)} AS q WHERE q.run = c.run AND q.partition = c.partition AND q.state = 1)";

    private static async ValueTask<Cursor?> ReadOneAsync(NpgsqlCommand command, string run, CancellationToken cancellationToken)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await rows.ReadAsync(cancellationToken).ConfigureAwait(false) ? Read(rows, run) : null;
    }

    private static Cursor Read(NpgsqlDataReader row, string run) => new(run, row.GetInt32(0), row.GetInt64(1))
    {
        Lower = KeyAt(row, 2),
        Upper = KeyAt(row, 3),
        After = KeyAt(row, 4),
        Scanned = row.GetInt64(5),
        Processed = row.GetInt64(6),
        Batches = row.GetInt64(7),
        Quarantined = row.GetInt64(8),
        Active = TimeSpan.FromMicroseconds(row.GetInt64(9)),
        Untold = row.TextAt(10),
        IsDone = row.GetBoolean(11),
        Owner = row.TextAt(12),
        LeaseUntil = row.IsDBNull(13) ? null : row.TimeAt(13),
        Rescues = row.GetInt32(14),
        RunEpoch = row.GetInt64(15),
        Retries = row.GetInt64(16),
    };

    private static Key? KeyAt(NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : KeyText.Read(row.GetString(ordinal));
}
