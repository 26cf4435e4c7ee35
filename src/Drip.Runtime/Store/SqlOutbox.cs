using System.Data.Common;
using Drip.Generated;
using Drip.Hooks;

namespace Drip.Store;

/// <summary>An outbox in a table of an SQL database: the store's, or that of a database with rows.</summary>
/// <param name="database">The database.</param>
/// <param name="table">The table.</param>
/// <param name="create">Makes the table where it is missing; null where it comes with the store's schema.</param>
internal sealed class SqlOutbox(StoreDatabase database, string table, string? create = null) : IOutbox
{
    /// <summary>The store's table.</summary>
    public const string StoreTable = "drip_outbox";

    private const string Columns = "run, job, hook, partition, number, context, at, attempts, error, due, owner";
    private const string IsIt = "run = @run AND hook = @hook AND partition = @partition AND number = @number";

    private readonly string _table = database.Table(table);

    /// <summary>What is to be looked after, oldest first.</summary>
    public string Find => field ??= $"SELECT {Columns} FROM {_table} WHERE due <= @now OR owner IS NOT NULL ORDER BY at, number, hook LIMIT @limit";

    /// <summary>Adds an entry to the store's table, in the transaction of the change that it follows.</summary>
    public async ValueTask AddToStoreAsync(OutboxEntry entry, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var insert = SetAll(transaction.Connection!.Command(Insert, transaction), entry);
        await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask AddAsync(OutboxEntry entry, DbTransaction? transaction, CancellationToken cancellationToken = default)
    {
        if (transaction is null) await WriteAsync(own => InsertAsync(entry, own, cancellationToken), cancellationToken).ConfigureAwait(false);
        else await InsertAsync(entry, transaction, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<OutboxEntry>> ListAsync(string run, CancellationToken cancellationToken = default) =>
        ReadAsync($"SELECT {Columns} FROM {_table} WHERE run = @run ORDER BY at, number, hook", command => command.Set("@run", run), cancellationToken);

    public ValueTask<IReadOnlyList<OutboxEntry>> FindAsync(DateTimeOffset now, int limit = 100, CancellationToken cancellationToken = default) =>
        ReadAsync(Find, command => command.Set(database, "@now", now).Set("@limit", limit), cancellationToken);

    public ValueTask<bool> ClaimAsync(OutboxEntry entry, string owner, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            $"UPDATE {_table} SET owner = @owner, due = @until WHERE {IsIt} AND due = @due AND coalesce(owner, '') = @before", entry,
            command => command.Set("@owner", owner).Set(database, "@until", until).Set(database, "@due", entry.Due).Set("@before", entry.Owner ?? ""), cancellationToken);

    public async ValueTask PostponeAsync(OutboxEntry entry, CancellationToken cancellationToken = default) =>
        await ChangeAsync(
            $"UPDATE {_table} SET owner = NULL, due = @due, attempts = @attempts, error = @error WHERE {IsIt}", entry,
            command => command.Set(database, "@due", entry.Due).Set("@attempts", entry.Attempts).Set("@error", entry.Error), cancellationToken).ConfigureAwait(false);

    public async ValueTask SettleAsync(OutboxEntry entry, CancellationToken cancellationToken = default) =>
        await ChangeAsync($"DELETE FROM {_table} WHERE {IsIt}", entry, command => command, cancellationToken).ConfigureAwait(false);

    // Of a hook that is called for the same thing again only the last time counts.
    private string Insert => field ??= $"""
        INSERT INTO {_table} ({Columns}) VALUES (@run, @job, @hook, @partition, @number, @context, @at, @attempts, @error, @due, @owner)
        ON CONFLICT (run, hook, partition, number) DO UPDATE SET
            context = excluded.context, at = excluded.at, attempts = excluded.attempts, error = excluded.error, due = excluded.due, owner = excluded.owner
        """;

    private async ValueTask<bool> InsertAsync(OutboxEntry entry, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (create is not null)
        {
            await using var make = transaction.Connection!.Command(create, transaction);
            await make.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await using var insert = SetAll(transaction.Connection!.Command(Insert, transaction), entry);
        await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private ValueTask<bool> ChangeAsync(string sql, OutboxEntry entry, Func<DbCommand, DbCommand> set, CancellationToken cancellationToken) =>
        WriteAsync(
            async transaction =>
            {
                await using var change = set(SetKey(transaction.Connection!.Command(sql, transaction), entry));
                return await change.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
            },
            cancellationToken);

    private async ValueTask<bool> WriteAsync(Func<DbTransaction, ValueTask<bool>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (database.Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    // Where the table is missing, no hook was ever to be called.
    private async ValueTask<IReadOnlyList<OutboxEntry>> ReadAsync(string sql, Func<DbCommand, DbCommand> set, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
            if (!await database.HasTableAsync(connection, table, cancellationToken).ConfigureAwait(false)) return [];
            await using var command = set(connection.Command(sql));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            List<OutboxEntry> entries = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // A hook of a later version stays for a worker that knows it.
                if (HookPoint.TryParse(reader.GetString(2)) is { } point) entries.Add(Read(reader, point));
            }

            return entries;
        }
        catch (Exception error) when (database.Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    private static DbCommand SetKey(DbCommand command, OutboxEntry entry) => command
        .Set("@run", entry.Run).Set("@hook", entry.Point.ToString()).Set("@partition", entry.Partition).Set("@number", entry.Number);

    private DbCommand SetAll(DbCommand command, OutboxEntry entry) => SetKey(command, entry)
        .Set("@job", entry.Job).Set("@context", entry.Context).Set(database, "@at", entry.At)
        .Set("@attempts", entry.Attempts).Set("@error", entry.Error).Set(database, "@due", entry.Due).Set("@owner", entry.Owner);

    private static OutboxEntry Read(DbDataReader reader, HookPoint point) =>
        new(reader.GetString(0), reader.GetString(1), point, reader.GetInt32(3), reader.GetInt64(4), reader.GetString(5), reader.ReadTime(6))
        {
            Attempts = reader.GetInt32(7),
            Error = reader.ReadTextOrNull(8),
            Due = reader.ReadTime(9),
            Owner = reader.ReadTextOrNull(10),
        };
}
