using System.Data.Common;
using System.Globalization;
using Drip.Data;
using Drip.Hooks;
using Drip.Sqlite;
using Microsoft.Data.Sqlite;

namespace Drip.Benchmarks.Leases;

/// <summary>
/// Drip's own database without the protocol: a cursor moves whoever has it. No epoch and no end are looked at, no lease is
/// written and none is renewed; everything else is as it is.
/// </summary>
internal sealed class UnfencedData(SqliteDatabase database) : IDatabase
{
    private readonly SqliteData _data = new(database);

    public string Description => _data.Description;

    public ICursors Cursors => _data.Cursors;

    public IQuarantine Quarantine => _data.Quarantine;

    public IOutbox Outbox => _data.Outbox;

    public async ValueTask<ITable<T>> OpenAsync<T>(Scope<T> scope, CancellationToken cancellationToken) where T : IModel<T> =>
        new Table<T>(await _data.OpenAsync(scope, cancellationToken));

    public DripException? Explain(Exception error) => _data.Explain(error);

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    private sealed class Table<T>(ITable<T> table) : ITable<T> where T : IModel<T>
    {
        private Move? _move;

        public async ValueTask<IBatchTransaction<T>> BeginAsync(CancellationToken cancellationToken)
        {
            var transaction = await table.BeginAsync(cancellationToken);
            return new Transaction<T>(transaction, _move ??= new Move((SqliteConnection)transaction.Connection));
        }

        public Task<long> CountAsync(string run, CancellationToken cancellationToken) => table.CountAsync(run, cancellationToken);

        public ValueTask<bool> HasAnyAsync(KeyRange range, CancellationToken cancellationToken) => table.HasAnyAsync(range, cancellationToken);

        public ValueTask<IReadOnlyList<Key>> DivideAsync(int parts, CancellationToken cancellationToken) => table.DivideAsync(parts, cancellationToken);

        public ValueTask<Cursor?> StealAsync(string run, long least, LeaseClaim claim, CancellationToken cancellationToken) => table.StealAsync(run, least, claim, cancellationToken);

        public ValueTask DisposeAsync()
        {
            _move?.Dispose();
            return table.DisposeAsync();
        }
    }

    private sealed class Transaction<T>(IBatchTransaction<T> inner, Move move) : IBatchTransaction<T> where T : IModel<T>
    {
        DbConnection IBatchTransaction<T>.Connection => inner.Connection;

        DbTransaction IBatchTransaction<T>.Transaction => inner.Transaction;

        public ValueTask<PageEnd> FindPageAsync(KeyRange range, int size, CancellationToken cancellationToken) => inner.FindPageAsync(range, size, cancellationToken);

        public ValueTask<PageEnd> ReadPageAsync(KeyRange range, Memory<T> buffer, CancellationToken cancellationToken) => inner.ReadPageAsync(range, buffer, cancellationToken);

        public ValueTask<IReadOnlyList<Key>> ReadKeysAsync(KeyRange range, int size, CancellationToken cancellationToken) => inner.ReadKeysAsync(range, size, cancellationToken);

        public int ReadRange(KeyRange range, Memory<T> buffer) => inner.ReadRange(range, buffer);

        public ValueTask<int> UpdateAsync(SqlText set, KeyRange range, CancellationToken cancellationToken) => inner.UpdateAsync(set, range, cancellationToken);

        public ValueTask<int> DeleteAsync(KeyRange range, CancellationToken cancellationToken) => inner.DeleteAsync(range, cancellationToken);

        public ValueTask WriteAsync<TOther>(Changes<TOther> changes, CancellationToken cancellationToken) where TOther : IModel<TOther> => inner.WriteAsync(changes, cancellationToken);

        public ValueTask SaveAsync(CancellationToken cancellationToken) => inner.SaveAsync(cancellationToken);

        public ValueTask<bool> RestoreAsync(CancellationToken cancellationToken) => inner.RestoreAsync(cancellationToken);

        public ValueTask KeepAsync(CancellationToken cancellationToken) => inner.KeepAsync(cancellationToken);

        public ValueTask QuarantineAsync(QuarantinedRow row, CancellationToken cancellationToken) => inner.QuarantineAsync(row, cancellationToken);

        public ValueTask SettleAsync(string run, Key key, CancellationToken cancellationToken) => inner.SettleAsync(run, key, cancellationToken);

        public ValueTask<QuarantinedRow?> FindRetryAsync(string run, int partition, CancellationToken cancellationToken) => inner.FindRetryAsync(run, partition, cancellationToken);

        public ValueTask<long> CountQuarantinedAsync(string run, CancellationToken cancellationToken) => inner.CountQuarantinedAsync(run, cancellationToken);

        public ValueTask<bool> MoveCursorAsync(Cursor cursor, CancellationToken cancellationToken)
        {
            move.Execute(cursor, (SqliteTransaction)inner.Transaction);
            return ValueTask.FromResult(true);
        }

        public ValueTask CommitAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Move : IDisposable
    {
        private readonly SqliteCommand _command;
        private readonly SqliteParameter[] _parameters;

        public Move(SqliteConnection connection)
        {
            _command = connection.CreateCommand();
            _command.CommandText = """
                UPDATE drip_cursor SET "key" = $0, scanned = $1, processed = $2, batches = $3, active_us = $4, untold = $5, done = $6,
                  moved_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
                WHERE run = $7 AND partition = 0
                """;
            _parameters = [.. Enumerable.Range(0, 8).Select(place => _command.Parameters.Add($"${place}", place is 0 or 5 or 7 ? SqliteType.Text : SqliteType.Integer))];
        }

        public void Execute(Cursor cursor, SqliteTransaction transaction)
        {
            _command.Transaction = transaction;
            object?[] values =
            [
                cursor.After is { } after ? string.Create(CultureInfo.InvariantCulture, $"[{after.Parts[0]}]") : null,
                cursor.Scanned, cursor.Processed, cursor.Batches, (long)cursor.Active.TotalMicroseconds, cursor.Untold, cursor.IsDone ? 1 : 0, cursor.Run,
            ];
            for (var i = 0; i < values.Length; i++) _parameters[i].Value = values[i] ?? DBNull.Value;
            _command.ExecuteNonQuery();
        }

        public void Dispose() => _command.Dispose();
    }
}
