using System.Data.Common;
using Drip.Data;
using Drip.Hooks;
using Drip.Runs;

namespace Drip.Store;

/// <summary>Keeps runs in an SQL database. What differs between engines is in <see cref="StoreDatabase"/>.</summary>
/// <param name="database">The database; disposed with the store.</param>
/// <param name="time">Says when a migration was applied; null for the system's clock.</param>
public sealed class SqlStore(StoreDatabase database, TimeProvider? time = null) : IRunStore
{
    private readonly StoreSchema _schema = new(database);
    private readonly RunRows _runs = new(database);
    private readonly EventRows _events = new(database);
    private readonly SqlOutbox _outbox = new(database, SqlOutbox.StoreTable);
    private readonly BatchRows.OfConnections _batches = new(database);
    private volatile bool _isReady;

    /// <inheritdoc/>
    public string Description => database.Description;

    /// <inheritdoc/>
    public TimeProvider? Clock => database.Clock;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MigrationStatus>> GetMigrationsAsync(CancellationToken cancellationToken = default) =>
        Explained(() => _schema.ReadAsync(cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MigrationStatus>> MigrateAsync(CancellationToken cancellationToken = default) =>
        Explained(() => _schema.MigrateAsync(time ?? database.Clock ?? TimeProvider.System, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<Run?> CreateAsync(Run run, CancellationToken cancellationToken = default) =>
        WriteAsync(async transaction =>
        {
            await using var insert = _runs.SetRun(transaction.Connection!.Command(_runs.Insert, transaction), run);
            if (await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0)
            {
                await _events.AddAsync(RunChanges.Created(run), transaction, cancellationToken).ConfigureAwait(false);
                if (HookContexts.EntryOf(null, run, run.CreatedAt) is { } entry) await _outbox.AddToStoreAsync(entry, transaction, cancellationToken).ConfigureAwait(false);
                return null;
            }

            var other = run.Status.IsTerminal() ? null : await FindLiveAsync(run, transaction, cancellationToken).ConfigureAwait(false);
            return other ?? throw IdIsTaken(run.Id);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Run?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        ReadAsync<Run?>(null, async connection =>
        {
            await using var command = connection.Command(_runs.Find).Set("@id", id);
            return await ReadRunAsync(command, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Run>> ListAsync(RunFilter filter, CancellationToken cancellationToken = default) =>
        ReadAsync([], async connection =>
        {
            await using var command = _runs.List(connection, filter);
            return await ReadAllAsync(command, RunRows.Read, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken = default) =>
        ReadAsync([], async connection =>
        {
            await using var command = BatchRows.List(database, connection, filter);
            return await ReadAllAsync(command, BatchRows.Read, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RunEvent>> ListEventsAsync(string run, long afterId = 0, int limit = 100, CancellationToken cancellationToken = default) =>
        ReadAsync([], async connection =>
        {
            await using var command = _events.List(connection, run, afterId, limit);
            return await ReadAllAsync(command, EventRows.Read, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Run?> ClaimAsync(string id, long epoch, LeaseClaim claim, string? who = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, run => RunChanges.Claim(run, epoch, claim, who), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Run?> TakeAsync(TakeFilter filter, LeaseClaim claim, CancellationToken cancellationToken = default) =>
        Explained(() => database.TakeAsync(filter, claim, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable?> ListenAsync(Action wake, CancellationToken cancellationToken = default) => database.ListenAsync(wake, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<BatchReceipt> RenewAsync(string id, long epoch, LeaseClaim claim, CancellationToken cancellationToken = default) =>
        WriteAsync(async transaction =>
        {
            await using var renew = transaction.Connection!.Command(_runs.Renew, transaction)
                .Set("@id", id).Set("@epoch", epoch).Set("@owner", claim.Owner).Set(database, "@lease_until", claim.Until);
            return SqlValues.ReadReceipt(await renew.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false));
        }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset> ReserveAsync(string id, int rows, double perSecond, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var begin = now;
        await WriteAsync(async transaction =>
        {
            begin = Pacing.Begin(await FindPacedAsync(id, transaction, cancellationToken).ConfigureAwait(false), rows, perSecond, now);
            await using var update = transaction.Connection!.Command(_runs.SetPaced, transaction)
                .Set("@id", id).Set(database, "@paced_until", Pacing.End(begin, rows, perSecond));
            return await update.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return begin;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Run>> FindWorkAsync(string? after = null, int limit = 100, CancellationToken cancellationToken = default) =>
        ReadAsync([], async connection =>
        {
            await using var command = connection.Command(_runs.FindWork).Set("@after", after ?? "").Set("@limit", limit);
            return await ReadAllAsync(command, RunRows.Read, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask LogAsync(RunEvent happened, CancellationToken cancellationToken = default) =>
        await WriteAsync(async transaction =>
        {
            if (await FindAsync(_runs.Find, happened.RunId, transaction, cancellationToken).ConfigureAwait(false) is null) return false;
            await _events.AddAsync(happened, transaction, cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask SetQuarantinedAsync(string id, long quarantined, CancellationToken cancellationToken = default) =>
        await WriteAsync(async transaction =>
        {
            await using var update = transaction.Connection!.Command(_runs.SetQuarantined, transaction).Set("@id", id).Set("@quarantined", quarantined);
            return await update.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<bool> ReleaseAsync(string id, long epoch, RunStatus status, RunCounters counters, RunError? error, DateTimeOffset now, bool exactly = false, CancellationToken cancellationToken = default) =>
        await ChangeAsync(id, run => RunChanges.Release(run, epoch, status, counters, error, now, exactly), cancellationToken).ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public async ValueTask<bool> LetGoAsync(string id, long epoch, RunCounters counters, string why, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await ChangeAsync(id, run => RunChanges.LetGo(run, epoch, counters, why, now), cancellationToken).ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public ValueTask<Run?> EnqueueAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, run => RunChanges.Enqueue(run, who, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Run?> FailAsync(string id, long epoch, RunError error, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, run => RunChanges.Fail(run, epoch, error, now), cancellationToken);

    /// <inheritdoc/>
    public IOutbox Outbox => _outbox;

    /// <inheritdoc/>
    public ValueTask<Run?> RequestAsync(
        string id, long epoch, RunRequestKind kind, bool ownerIsGone, bool force, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, run => RunChanges.Request(run, epoch, kind, ownerIsGone, force, who, now), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Run?> ReopenAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        try
        {
            return await TryReopenAsync(id, who, now, cancellationToken).ConfigureAwait(false);
        }
        catch (DripException error) when (error is { Code: RunChanges.IsInTheWay, InnerException: not null })
        {
            // Another run became live after it was looked for: now it is found, and named.
            return await TryReopenAsync(id, who, now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public bool IsIn(DbConnection connection) => database.IsOn(connection);

    /// <inheritdoc/>
    public async ValueTask<BatchReceipt> RecordBatchesAsync(IReadOnlyList<BatchRecord> batches, RunCounters counters, long epoch, DateTimeOffset? leaseUntil, DbTransaction? transaction, CancellationToken cancellationToken = default)
    {
        if (transaction is null)
        {
            return await WriteAsync(own => _batches.On(own.Connection!).RecordAsync(batches, counters, epoch, leaseUntil, own, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await _batches.On(transaction.Connection!).RecordAsync(batches, counters, epoch, leaseUntil, transaction, cancellationToken).ConfigureAwait(false);
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

    // The write transaction is the only one, or the row is locked: what is read in it is still so when it is written over.
    private ValueTask<Run?> ChangeAsync(string id, Func<Run, RunChange?> change, CancellationToken cancellationToken) =>
        WriteAsync(async transaction =>
        {
            var run = await FindAsync(_runs.FindToChange, id, transaction, cancellationToken).ConfigureAwait(false);
            return run is null || change(run) is not { } changed ? null : await ApplyAsync(run, changed, transaction, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    private ValueTask<Run?> TryReopenAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(async transaction =>
        {
            if (await FindAsync(_runs.FindToChange, id, transaction, cancellationToken).ConfigureAwait(false) is not { } run) return null;
            if (RunChanges.Reopen(run, who, now) is not { } change) return null;
            return await FindLiveAsync(run, transaction, cancellationToken).ConfigureAwait(false) is { } live
                ? throw RunChanges.InTheWay(live)
                : await ApplyAsync(run, change, transaction, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    private async ValueTask<Run?> ApplyAsync(Run before, RunChange change, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = _runs.SetChange(transaction.Connection!.Command(_runs.Change, transaction), before, change.Run);
        if (await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0) return null;
        await _events.AddAsync(change.Event, transaction, cancellationToken).ConfigureAwait(false);
        if (HookContexts.EntryOf(before.Status, change.Run, change.Event.At) is { } entry) await _outbox.AddToStoreAsync(entry, transaction, cancellationToken).ConfigureAwait(false);
        return change.Run;
    }

    private static async ValueTask<Run?> FindAsync(string find, string id, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.Command(find, transaction).Set("@id", id);
        return await ReadRunAsync(command, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<DateTimeOffset?> FindPacedAsync(string id, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.Command(_runs.FindPaced, transaction).Set("@id", id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.ReadTimeOrNull(0) : null;
    }

    private async ValueTask<Run?> FindLiveAsync(Run run, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.Command(_runs.FindLive, transaction)
            .Set("@job", run.Job).Set("@options_key", RunRows.OptionsKey(run));
        return await ReadRunAsync(command, cancellationToken).ConfigureAwait(false);
    }

    // A store that was never migrated holds nothing, and asking it is no mistake.
    private ValueTask<T> ReadAsync<T>(T nothing, Func<DbConnection, ValueTask<T>> work, CancellationToken cancellationToken) =>
        Explained(async () =>
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await using var connection = await database.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
                    _isReady = _isReady || await _schema.IsReadyAsync(connection, cancellationToken).ConfigureAwait(false);
                    return _isReady ? await work(connection).ConfigureAwait(false) : nothing;
                }
                catch (Exception error) when (attempt == 1 && database.IsBroken(error))
                {
                    // The next connection is a new one.
                }
            }
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
