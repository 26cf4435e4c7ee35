using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>
/// Says which session of the server works on a partition: it holds an advisory lock, shared and for as long as the walk lasts, so that
/// batches pay nothing for it. Who takes the partition over finds the session by that and ends it: a worker that was stopped,
/// or whose network is gone, has the rows of its batch locked otherwise until the server loses patience. Not needed for anything to be right,
/// and left out behind poolers, where a session is nobody's.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="connection">The walk's connection.</param>
internal sealed class PartitionLock(PostgresDatabase database, NpgsqlConnection connection)
{
    // Those that were found by the lock of a partition and are in a transaction: what rests between batches holds no row, and learns of its loss itself.
    private const string End = """
        SELECT pg_terminate_backend(s.pid) FROM pg_catalog.pg_locks AS l JOIN pg_catalog.pg_stat_activity AS s ON s.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.mode = 'ShareLock' AND l.objsubid = 1 AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
          AND ((l.classid::bigint << 32) | l.objid::bigint) = ANY ($1) AND s.pid <> pg_backend_pid() AND s.state IS DISTINCT FROM 'idle'
        """;

    private string? _run;
    private int _partition;

    /// <summary>The lock of those who change which partitions a run has.</summary>
    public static long KeyOf(string run) => Hash("run " + run);

    /// <summary>The lock of whoever works on a partition.</summary>
    public static long KeyOf(string run, int partition) => Hash($"partition {partition} {run}");

    /// <summary>Makes the connection's session known as the one that works on a partition: one statement when that changes, and none else.</summary>
    public async ValueTask HoldAsync(Cursor cursor, CancellationToken cancellationToken)
    {
        if (database.Settings.PollOnly || (_run == cursor.Run && _partition == cursor.Partition)) return;
        await using var hold = new NpgsqlCommand(_run is null ? "SELECT pg_advisory_lock_shared($1)" : "SELECT pg_advisory_lock_shared($1), pg_advisory_unlock_shared($2)", connection);
        hold.Bind(KeyOf(cursor.Run, cursor.Partition));
        if (_run is not null) hold.Bind(KeyOf(_run, _partition));
        await hold.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        (_run, _partition) = (cursor.Run, cursor.Partition);
    }

    /// <summary>
    /// Ends the session that has a batch of a partition open, if the partition is still as its claimer knows it and another's. Before the claim, because
    /// the batch may have moved the cursor already and keep it locked.
    /// </summary>
    public static async ValueTask EndOtherAsync(
        PostgresDatabase database, NpgsqlConnection connection, string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken)
    {
        // The subquery is looked at once, and where it finds nothing the locks are not.
        await using var end = new NpgsqlCommand($"""
            {End} AND (SELECT true FROM {database.Table(ProgressTables.Cursors)}
              WHERE run = $2 AND partition = $3 AND epoch = $4 AND run_epoch <= $5 AND owner <> $6)
            """, connection);
        BindKeys(end, [KeyOf(run, partition)]).Bind(run).Bind(partition).Bind(epoch).Bind(claim.RunEpoch).Bind(claim.Owner);
        await ExecuteAsync(end, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the sessions that have batches of these partitions open.</summary>
    public static async ValueTask EndAllAsync(NpgsqlConnection connection, List<Cursor> cursors, CancellationToken cancellationToken)
    {
        await using var end = new NpgsqlCommand(End, connection);
        BindKeys(end, [.. cursors.ConvertAll(cursor => KeyOf(cursor.Run, cursor.Partition))]);
        await ExecuteAsync(end, cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlCommand BindKeys(NpgsqlCommand command, long[] keys)
    {
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = keys, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        return command;
    }

    private static async ValueTask ExecuteAsync(NpgsqlCommand end, CancellationToken cancellationToken)
    {
        try
        {
            await end.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // It is another role's session, which only the server may end: by its timeouts.
        }
    }

    // 64 bits of a good hash: an author's own lock does not meet one by chance.
    private static long Hash(string text) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes("drip " + text)));
}
