using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>
/// The UPDATE that moves a cursor if its epoch, its end and the number of its batches still hold, and its parameters. One instance belongs to one
/// statement. The number keeps a batch from being done twice: one whose connection broke while its last message was on the way may be given up and
/// begun again before the server comes to that message, and then only one of the two moves the cursor.
/// </summary>
internal sealed class CursorParameters
{
    private readonly NpgsqlParameter _key = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<long> _scanned = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<long> _processed = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<long> _batches = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<long> _active = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter _untold = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<long> _quarantined = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<bool> _done = new() { NpgsqlDbType = NpgsqlDbType.Boolean };
    private readonly NpgsqlParameter _leaseUntil = new() { NpgsqlDbType = NpgsqlDbType.TimestampTz };
    private readonly NpgsqlParameter<string> _run = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<int> _partition = new() { NpgsqlDbType = NpgsqlDbType.Integer };
    private readonly NpgsqlParameter<long> _epoch = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter _upper = new() { NpgsqlDbType = NpgsqlDbType.Text, Value = DBNull.Value };
    private readonly NpgsqlParameter _before = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private Key? _upperKey;

    /// <param name="parameters">Those of the statement, which has no others.</param>
    public CursorParameters(NpgsqlParameterCollection parameters)
    {
        foreach (var parameter in (NpgsqlParameter[])[_key, _scanned, _processed, _batches, _active, _untold, _quarantined, _done, _leaseUntil, _run, _partition, _epoch, _upper, _before])
            parameters.Add(parameter);
    }

    /// <summary>The statement: changes one row, or none.</summary>
    public static string Update(PostgresDatabase database) => $"""
        UPDATE {database.Table(ProgressTables.Cursors)} SET "key" = $1, scanned = $2, processed = $3, batches = $4, active_us = $5, untold = $6, quarantined = $7, done = $8,
          lease_until = $9, rescues = 0, moved_at = now()
        WHERE run = $10 AND partition = $11 AND epoch = $12 AND upper IS NOT DISTINCT FROM $13 AND batches = coalesce($14, batches)
        """;

    /// <summary>Binds where the cursor moves to, and how many batches it has until then; null for any number.</summary>
    public void Bind(Cursor cursor, long? before)
    {
        _before.Value = (object?)before ?? DBNull.Value;
        _key.Value = (object?)CursorTable.TextOf(cursor.After) ?? DBNull.Value;
        _scanned.TypedValue = cursor.Scanned;
        _processed.TypedValue = cursor.Processed;
        _batches.TypedValue = cursor.Batches;
        _active.TypedValue = (long)cursor.Active.TotalMicroseconds;
        _untold.Value = (object?)cursor.Untold ?? DBNull.Value;
        _quarantined.TypedValue = cursor.Quarantined;
        _done.TypedValue = cursor.IsDone;
        _leaseUntil.Value = cursor.LeaseUntil is { } until ? until.UtcDateTime : DBNull.Value;
        _run.TypedValue = cursor.Run;
        _partition.TypedValue = cursor.Partition;
        _epoch.TypedValue = cursor.Epoch;

        // The end of a partition hardly ever changes, so it is written as text only when it does.
        if (ReferenceEquals(_upperKey, cursor.Upper)) return;
        _upper.Value = (object?)CursorTable.TextOf(cursor.Upper) ?? DBNull.Value;
        _upperKey = cursor.Upper;
    }
}
