using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>The statement that moves a cursor in each batch, if its epoch and its end still hold. One instance serves one connection.</summary>
internal sealed class CursorMove : IAsyncDisposable
{
    private readonly NpgsqlCommand _move;
    private readonly bool _prepares;
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
    private readonly NpgsqlParameter _upper = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private Key? _upperKey;
    private bool _isPrepared;

    public CursorMove(PostgresDatabase database, NpgsqlConnection connection)
    {
        _prepares = !database.Settings.PollOnly;
        _move = new NpgsqlCommand($"""
            UPDATE {database.Table(ProgressTables.Cursors)} SET "key" = $1, scanned = $2, processed = $3, batches = $4, active_us = $5, untold = $6, quarantined = $7, done = $8,
              lease_until = $9, rescues = 0, moved_at = now()
            WHERE run = $10 AND partition = $11 AND epoch = $12 AND upper IS NOT DISTINCT FROM $13
            """, connection);
        foreach (var parameter in (NpgsqlParameter[])[_key, _scanned, _processed, _batches, _active, _untold, _quarantined, _done, _leaseUntil, _run, _partition, _epoch, _upper])
            _move.Parameters.Add(parameter);
        _upper.Value = DBNull.Value;
    }

    /// <summary>Moves the cursor, in the transaction that the connection is in; false if its epoch or its end is another by now.</summary>
    public async ValueTask<bool> ExecuteAsync(Cursor cursor, CancellationToken cancellationToken)
    {
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
        if (!ReferenceEquals(_upperKey, cursor.Upper))
        {
            _upper.Value = (object?)CursorTable.TextOf(cursor.Upper) ?? DBNull.Value;
            _upperKey = cursor.Upper;
        }

        if (_prepares && !_isPrepared)
        {
            await _move.PrepareAsync(cancellationToken).ConfigureAwait(false);
            _isPrepared = true;
        }

        return await _move.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    public ValueTask DisposeAsync() => _move.DisposeAsync();
}
