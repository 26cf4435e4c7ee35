using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Drip.Chaos;
using Drip.Runs;

namespace Drip.Store;

/// <summary>
/// The rows of <c>drip_batch</c>. Recording happens inside the transactions of batches, so its statements are prepared once
/// per connection and kept with it.
/// </summary>
internal sealed class BatchRows
{
    private const string Table = "drip_batch";

    private const string Columns =
        "run, number, status, key_from, key_to, size, processed, started_at, finished_at, error_type, error_message, error_stack, error_element, partition, quarantined";

    private readonly StoreDatabase _database;
    private readonly DbCommand _counters;
    private readonly DbCommand _record;
    private readonly DbCommand _prune;

    private BatchRows(StoreDatabase database, DbConnection connection)
    {
        _database = database;
        var table = database.Table(Table);
        _counters = connection.Command($"""
            UPDATE {database.Table("drip_run")}
            SET scanned = @scanned, processed = @processed, batches = @batches, quarantined = @quarantined, total = COALESCE(@total, total),
                active_us = CASE WHEN active_us < @active_us THEN @active_us ELSE active_us END,
                lease_until = COALESCE(@lease_until, lease_until)
            WHERE id = @run AND epoch = @epoch AND status IN ({SqlValues.List(RunTransitions.IsHeld)})
            RETURNING request
            """);
        _record = connection.Command($"""
            INSERT INTO {table} ({Columns}) VALUES (
                @run, @number, @status, @key_from, @key_to, @size, @processed, @started_at, @finished_at,
                @error_type, @error_message, @error_stack, @error_element, @partition, @quarantined)
            ON CONFLICT (run, partition, number) DO UPDATE SET
                status = excluded.status, key_from = excluded.key_from, key_to = excluded.key_to, size = excluded.size,
                processed = excluded.processed, started_at = excluded.started_at, finished_at = excluded.finished_at,
                error_type = excluded.error_type, error_message = excluded.error_message,
                error_stack = excluded.error_stack, error_element = excluded.error_element,
                quarantined = excluded.quarantined
            """);
        _prune = connection.Command($"DELETE FROM {table} WHERE run = @run AND partition = @partition AND number <= @last AND status = 'completed'");
    }

    public async ValueTask<BatchReceipt> RecordAsync(IReadOnlyList<BatchRecord> batches, RunCounters counters, long epoch, DateTimeOffset? leaseUntil, DbTransaction transaction, CancellationToken cancellationToken)
    {
        _counters.Transaction = _record.Transaction = _prune.Transaction = transaction;
        _counters.SetCounters(counters).Set("@run", batches[0].RunId).Set("@epoch", epoch).Set(_database, "@lease_until", leaseUntil);
        await _database.PrepareAsync(_counters, cancellationToken).ConfigureAwait(false);
        var receipt = SqlValues.ReadReceipt(await _counters.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false));
        if (!receipt.Held) return receipt;

        var together = batches.Count > 1 ? _database.CreateBatch(transaction) : null;
        foreach (var batch in batches) await RecordAsync(batch, together, cancellationToken).ConfigureAwait(false);
        if (together is not null)
        {
            await using (together.ConfigureAwait(false)) await together.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return receipt;
    }

    private async ValueTask RecordAsync(BatchRecord batch, DbBatch? together, CancellationToken cancellationToken)
    {
        _record.Set("@run", batch.RunId).Set("@number", batch.Number).Set("@status", batch.Status.ToName())
            .Set("@key_from", batch.From).Set("@key_to", batch.To).Set("@size", batch.Size).Set("@processed", batch.Processed)
            .Set(_database, "@started_at", batch.StartedAt).Set(_database, "@finished_at", batch.FinishedAt)
            .SetError(batch.Error).Set("@partition", batch.Partition).Set("@quarantined", batch.Quarantined);
        await ExecuteAsync(_record, together, cancellationToken).ConfigureAwait(false);

        if (BatchHistory.PruneUpTo(batch.Number) is { } last)
        {
            FailPoint.Hit(FailPoints.Pruning);
            await ExecuteAsync(_prune.Set("@run", batch.RunId).Set("@partition", batch.Partition).Set("@last", last), together, cancellationToken).ConfigureAwait(false);
        }
    }

    // On its own, or with others, which are sent when all of them are there.
    private async ValueTask ExecuteAsync(DbCommand command, DbBatch? together, CancellationToken cancellationToken)
    {
        if (together is null)
        {
            await _database.PrepareAsync(command, cancellationToken).ConfigureAwait(false);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var one = together.CreateBatchCommand();
        one.CommandText = command.CommandText;
        foreach (ICloneable parameter in command.Parameters) one.Parameters.Add(parameter.Clone());
        together.BatchCommands.Add(one);
    }

    public static DbCommand List(StoreDatabase database, DbConnection connection, BatchFilter filter)
    {
        var sql = new StringBuilder($"SELECT {Columns} FROM {database.Table(Table)} WHERE run = @run");
        var command = connection.CreateCommand().Set("@run", filter.RunId);
        if (filter.Status is { } status)
        {
            sql.Append(" AND status = @status");
            command.Set("@status", status.ToName());
        }

        if (filter.Before is { } before)
        {
            sql.Append(" AND (finished_at, partition, number) < (@finished_at, @partition, @number)");
            command.Set(database, "@finished_at", before.FinishedAt).Set("@partition", before.Partition).Set("@number", before.Number);
        }

        command.CommandText = sql.Append(" ORDER BY finished_at DESC, partition DESC, number DESC LIMIT @limit").ToString();
        return command.Set("@limit", filter.Limit);
    }

    public static BatchRecord Read(DbDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), reader.ReadStatus(2), reader.ReadTextOrNull(3), reader.ReadTextOrNull(4),
        reader.GetInt32(5), reader.GetInt64(6), reader.ReadTime(7), reader.ReadTime(8), reader.ReadError(9))
    {
        Partition = reader.GetInt32(13),
        Quarantined = reader.GetInt32(14),
    };

    /// <summary>The statements of each connection that one store uses; they go with it.</summary>
    internal sealed class OfConnections(StoreDatabase database)
    {
        private readonly ConditionalWeakTable<DbConnection, BatchRows> _prepared = [];

        public BatchRows On(DbConnection connection)
        {
            if (_prepared.TryGetValue(connection, out var rows)) return rows;
            rows = new BatchRows(database, connection);
            _prepared.Add(connection, rows);
            return rows;
        }
    }
}
