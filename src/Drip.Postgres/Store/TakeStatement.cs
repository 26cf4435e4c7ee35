using Drip.Data;
using Drip.Generated;
using Drip.Hooks;
using Drip.Runs;
using Drip.Store;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres;

/// <summary>
/// Takes one enqueued run in one statement that is its own transaction: workers that take at the same moment pass over each
/// other's rows. It writes what <see cref="RunChanges.Claim"/> makes of such a run. Not those whose after-hook is to be called then:
/// what that hook is told is not for a statement to write.
/// </summary>
internal sealed class TakeStatement(PostgresDatabase database)
{
    private static readonly HookPoint AfterRunning = HookPoint.Of(HookTarget.Run, HookStatus.Running, HookMoment.After);

    // The run is picked apart from its update, so that it is picked once: the update alone might walk the index anew for each row.
    private readonly string _sql = $"""
        WITH picked AS MATERIALIZED (
            SELECT id FROM {database.Table("drip_run")}
            WHERE status = 'enqueued' AND job = ANY($1) AND id > $2 AND COALESCE($7, hooks) & {1L << AfterRunning.Value} = 0
            ORDER BY id LIMIT 1
            FOR NO KEY UPDATE SKIP LOCKED
        ), taken AS (
            UPDATE {database.Table("drip_run")} AS run
            SET status = 'running', epoch = run.epoch + 1, owner = $3, lease_until = $4, started_at = COALESCE(run.started_at, $5),
                error_type = NULL, error_message = NULL, error_stack = NULL, error_element = NULL,
                request = NULL, requested_by = NULL, requested_at = NULL, hooks = COALESCE($7, run.hooks)
            FROM picked WHERE run.id = picked.id
            RETURNING run.*
        ), told AS (
            INSERT INTO {database.Table("drip_event")} (run, at, kind, who, detail)
            SELECT id, $5, '{RunEventKind.Started}', $6,
                'at ' || to_char(scanned, 'FM9,999,999,999,999,999,999') || CASE scanned WHEN 1 THEN ' row' ELSE ' rows' END
            FROM taken
        )
        SELECT {RunRows.Columns} FROM taken
        """;

    public string Sql => _sql;

    public async ValueTask<Run?> ExecuteAsync(TakeFilter filter, LeaseClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Hooks is { } hooks && hooks.Contains(AfterRunning)) return null;
        await using var connection = await database.OpenControlAsync(cancellationToken).ConfigureAwait(false);
        await using var take = new NpgsqlCommand(_sql, connection);
        take.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. filter.Jobs], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = filter.After ?? "", NpgsqlDbType = NpgsqlDbType.Text });
        take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Owner, NpgsqlDbType = NpgsqlDbType.Text });
        take.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = claim.Until.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        take.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = claim.Now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = WorkerIdentity.Describe(claim.Owner), NpgsqlDbType = NpgsqlDbType.Text });
        take.Parameters.Add(new NpgsqlParameter { Value = claim.Hooks is { } set ? (long)set.Value : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        try
        {
            await using var reader = await take.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? RunRows.Read(reader) : null;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // A store that was never migrated holds nothing, and asking it is no mistake.
            return null;
        }
    }
}
