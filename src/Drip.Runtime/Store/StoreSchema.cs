using System.Data.Common;
using System.Globalization;
using System.Text;
using Drip.Chaos;

namespace Drip.Store;

/// <summary>Compares the store's schema with what this binary knows, and brings it forward. Never backward.</summary>
internal sealed class StoreSchema(StoreDatabase database)
{
    private const string Table = "drip_migration";

    private readonly string _table = database.Table(Table);

    public async ValueTask<IReadOnlyList<MigrationStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        var applied = await AppliedAsync(connection, null, cancellationToken).ConfigureAwait(false);
        return [.. database.Migrations.Select(migration => new MigrationStatus(migration.Number, migration.Name, applied.GetValueOrDefault(migration.Number)))];
    }

    /// <summary>Whether everything that this binary reads is there; false where nothing is.</summary>
    /// <exception cref="DripException">The store is older or newer than this binary.</exception>
    public async ValueTask<bool> IsReadyAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var applied = await AppliedAsync(connection, null, cancellationToken).ConfigureAwait(false);
        if (applied.Count == 0) return false;
        if (database.Migrations.FirstOrDefault(migration => !applied.ContainsKey(migration.Number)) is not { } missing) return true;
        throw new DripException(DripErrorKind.Schema, "store-older",
            $"The store in {database.Description} is older than this binary: it lacks migration {missing.Number} ({missing.Name}).",
            "Run 'store migrate'.");
    }

    public async ValueTask<IReadOnlyList<MigrationStatus>> MigrateAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        // Looking first means that a start with nothing to do takes no lock.
        if ((await ReadAsync(cancellationToken).ConfigureAwait(false)).All(migration => migration.AppliedAt is not null)) return [];
        return await database.WriteAsync(transaction => ApplyAsync(transaction, time, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<MigrationStatus>> ApplyAsync(DbTransaction transaction, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        await database.BeginMigrationAsync(transaction, cancellationToken).ConfigureAwait(false);

        // Again, because another process may have migrated before this one got the lock.
        var applied = await AppliedAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync($"""
            CREATE TABLE IF NOT EXISTS {_table} (
                number     INTEGER NOT NULL PRIMARY KEY,
                name       TEXT NOT NULL,
                checksum   TEXT NOT NULL,
                applied_at {database.TimeType} NOT NULL
            )
            """).ConfigureAwait(false);

        List<MigrationStatus> done = [];
        foreach (var migration in database.Migrations.Where(migration => !applied.ContainsKey(migration.Number)))
        {
            var now = SqlValues.InMicroseconds(time.GetUtcNow());
            await ExecuteAsync(database.StatementsOf(migration)).ConfigureAwait(false);
            FailPoint.Hit(FailPoints.Migration);
            await using var insert = connection
                .Command($"INSERT INTO {_table} (number, name, checksum, applied_at) VALUES (@number, @name, @checksum, @applied_at)", transaction)
                .Set("@number", migration.Number).Set("@name", migration.Name)
                .Set("@checksum", Checksum(migration)).Set(database, "@applied_at", now);
            await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            done.Add(new MigrationStatus(migration.Number, migration.Name, now));
        }

        return done;

        async ValueTask ExecuteAsync(string sql)
        {
            await using var command = connection.Command(sql, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<Dictionary<int, DateTimeOffset?>> AppliedAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        Dictionary<int, DateTimeOffset?> applied = [];
        if (!await database.HasTableAsync(connection, Table, cancellationToken).ConfigureAwait(false)) return applied;
        await using var command = connection.Command($"SELECT number, checksum, applied_at FROM {_table}", transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var number = reader.GetInt32(0);
            Check(number, reader.GetString(1));
            applied.Add(number, reader.ReadTime(2));
        }

        return applied;
    }

    private void Check(int number, string checksum)
    {
        var known = database.Migrations.FirstOrDefault(migration => migration.Number == number)
            ?? throw new DripException(DripErrorKind.Schema, "store-newer",
                $"The store in {database.Description} is newer than this binary: it has migration {number}, and the newest known here is {database.Migrations.Count}.",
                "Use the version of this worker that migrated the store, or a later one.");
        if (checksum == Checksum(known)) return;
        throw new DripException(DripErrorKind.Schema, "store-changed",
            $"Migration {number} ({known.Name}) of the store in {database.Description} is not the one that this binary knows.",
            "Use the version of this worker that migrated the store; if the store came from an unreleased version, remove its drip_ tables.");
    }

    // A migration is compared by what it says, whatever line ends a checkout gave its source.
    // It guards against an accident, not an enemy, so it is FNV-1a and not a cryptographic hash, whose library
    // would have to be loaded at every start.
    private static string Checksum(StoreMigration migration)
    {
        var hash = 14695981039346656037UL;
        foreach (var each in Encoding.UTF8.GetBytes(migration.Sql.ReplaceLineEndings("\n"))) hash = unchecked((hash ^ each) * 1099511628211UL);
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
