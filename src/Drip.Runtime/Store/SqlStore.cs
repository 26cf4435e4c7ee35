using System.Data.Common;
using Drip.Runs;

namespace Drip.Store;

/// <summary>Keeps runs in an SQL database. What differs between engines is in <see cref="StoreDatabase"/>.</summary>
/// <param name="database">The database; disposed with the store.</param>
/// <param name="time">Says when a migration was applied; null for the system's clock.</param>
public sealed class SqlStore(StoreDatabase database, TimeProvider? time = null) : IRunStore
{
    private readonly StoreSchema _schema = new(database);
    private volatile bool _hasTables;

    /// <inheritdoc/>
    public string Description => database.Description;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MigrationStatus>> GetMigrationsAsync(CancellationToken cancellationToken = default) =>
        Explained(() => _schema.ReadAsync(cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MigrationStatus>> MigrateAsync(CancellationToken cancellationToken = default) =>
        Explained(() => _schema.MigrateAsync(time ?? TimeProvider.System, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<Run?> CreateAsync(Run run, CancellationToken cancellationToken = default) =>
        WriteAsync(async transaction =>
        {
            var connection = transaction.Connection!;
            await using var insert = connection.Command(RunRows.Insert, transaction).SetRun(run);
            if (await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0) return null;

            await using var live = connection.Command(RunRows.FindLive, transaction)
                .Set("@job", run.Job).Set("@options_key", RunRows.OptionsKey(run));
            var other = run.Status.IsTerminal() ? null : await ReadRunAsync(live, cancellationToken).ConfigureAwait(false);
            return other ?? throw IdIsTaken(run.Id);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Run?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        ReadAsync<Run?>(null, async connection =>
        {
            await using var command = connection.Command(RunRows.Find).Set("@id", id);
            return await ReadRunAsync(command, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Run>> ListAsync(RunFilter filter, CancellationToken cancellationToken = default) =>
        ReadAsync([], async connection =>
        {
            await using var command = RunRows.List(connection, filter);
            return await ReadAllAsync(command, RunRows.Read, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken = default) =>
        ReadAsync([], async connection =>
        {
            await using var command = BatchRows.List(connection, filter);
            return await ReadAllAsync(command, BatchRows.Read, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Run?> ClaimAsync(string id, long epoch, string owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        WriteAsync(async transaction =>
        {
            await using var command = transaction.Connection!.Command(RunRows.Claim, transaction)
                .Set("@id", id).Set("@epoch", epoch).Set("@owner", owner).Set("@now", SqlValues.Time(now));
            return await ReadRunAsync(command, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> ReleaseAsync(string id, long epoch, RunStatus status, RunCounters counters, RunError? error, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        if (RunRows.Release(status) is not { } sql) return false;
        return await WriteAsync(async transaction =>
        {
            await using var command = transaction.Connection!.Command(sql, transaction)
                .Set("@id", id).Set("@epoch", epoch).Set("@status", status.ToName())
                .Set("@finished_at", status.IsTerminal() ? SqlValues.Time(now) : null)
                .SetCounters(counters).SetError(error);
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public bool IsIn(DbConnection connection) => database.IsOn(connection);

    /// <inheritdoc/>
    public async ValueTask<bool> RecordBatchAsync(BatchRecord batch, RunCounters counters, long epoch, DbTransaction? transaction, CancellationToken cancellationToken = default)
    {
        if (transaction is null)
        {
            return await WriteAsync(own => BatchRows.On(own.Connection!).RecordAsync(batch, counters, epoch, own, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await BatchRows.On(transaction.Connection!).RecordAsync(batch, counters, epoch, transaction, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (database.Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    internal static InvalidOperationException IdIsTaken(string id) => new($"There is a run {id} already; make another id and try again.");

    private ValueTask<T> WriteAsync<T>(Func<DbTransaction, ValueTask<T>> work, CancellationToken cancellationToken) =>
        Explained(() => database.WriteAsync(work, cancellationToken));

    // A store that was never migrated holds nothing, and asking it is no mistake.
    private ValueTask<T> ReadAsync<T>(T nothing, Func<DbConnection, ValueTask<T>> work, CancellationToken cancellationToken) =>
        Explained(async () =>
        {
            await using var connection = await database.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
            _hasTables = _hasTables || await database.HasTableAsync(connection, "drip_run", cancellationToken).ConfigureAwait(false);
            return _hasTables ? await work(connection).ConfigureAwait(false) : nothing;
        });

    private async ValueTask<T> Explained<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (database.Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    private static async ValueTask<Run?> ReadRunAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? RunRows.Read(reader) : null;
    }

    private static async ValueTask<IReadOnlyList<T>> ReadAllAsync<T>(DbCommand command, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(read(reader));
        return rows;
    }
}
