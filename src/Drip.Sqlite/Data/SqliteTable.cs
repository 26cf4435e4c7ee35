using Drip.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>The table of one run's scope, with the statements that walk it: each is prepared once and kept for the run.</summary>
internal sealed class SqliteTable<T>(SqliteDatabase database, Scope<T> scope, string? rowId) : ITable<T> where T : IModel<T>
{
    private readonly KeysetSql<T> _sql = new(scope, '?');
    private PreparedSet<T>? _prepared;

    public async ValueTask<Cursor> TakeCursorAsync(string run, int partition, long epoch, CancellationToken cancellationToken)
    {
        using var writer = await database.EnterWriterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var cursor = CursorTable.Take(writer.Connection, run, partition, epoch);
            if (cursor.Epoch == epoch) return cursor;
        }
        catch (Exception error) when (database.Explain(error) is { } explained)
        {
            throw explained;
        }

        throw new DripException(DripErrorKind.Busy, "lease-lost", $"The run {run} was taken from this worker, by another one or by force.", $"Look at it with: show {run}.");
    }

    public async ValueTask<IBatchTransaction<T>> BeginAsync(CancellationToken cancellationToken)
    {
        var writer = await database.EnterWriterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_prepared is null || !ReferenceEquals(_prepared.Connection, writer.Connection))
            {
                _prepared?.Dispose();
                _prepared = new PreparedSet<T>(writer.Connection, _sql, rowId);
            }

            // IMMEDIATE: a transaction that begins by reading and writes later fails at once when another writes in between.
            var transaction = writer.Connection.BeginTransaction(deferred: false);
            return new SqliteBatchTransaction<T>(_prepared, writer, transaction);
        }
        catch (Exception error)
        {
            writer.Dispose();
            if (database.Explain(error) is { } explained) throw explained;
            throw;
        }
    }

    public Task<long> CountAsync(string run, int partition, CancellationToken cancellationToken)
    {
        using var reader = database.OpenReader();
        var handle = reader.Handle!.DangerousGetHandle();
        using var interrupt = cancellationToken.Register(() => SqliteApi.Interrupt(handle));
        try
        {
            // Deferred on purpose: it only reads, and both reads see one snapshot.
            using var snapshot = reader.BeginTransaction(deferred: true);
            var cursor = CursorTable.Read(reader, run, partition);
            using var count = new Statement(reader, _sql.Count(cursor?.After is null ? KeyBounds.None : KeyBounds.After));
            if (cursor?.After is { } after) SqliteValue.BindKey(count.Handle, count.ScopeValues + 1, after);
            // An interrupt that came before the first step would be forgotten.
            cancellationToken.ThrowIfCancellationRequested();
            count.Step();
            return Task.FromResult((cursor?.Scanned ?? 0) + SqliteApi.ColumnInt64(count.Handle, 0));
        }
        catch (SqliteException) when (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<long>(cancellationToken);
        }
    }

    public async ValueTask<bool> HasMoreAsync(Key after, CancellationToken cancellationToken)
    {
        using var writer = await database.EnterWriterAsync(cancellationToken).ConfigureAwait(false);
        using var any = new Statement(writer.Connection, _sql.Any(KeyBounds.After));
        SqliteValue.BindKey(any.Handle, any.ScopeValues + 1, after);
        return any.Step();
    }

    public ValueTask DisposeAsync()
    {
        _prepared?.Dispose();
        return ValueTask.CompletedTask;
    }
}
