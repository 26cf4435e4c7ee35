using System.Data;
using System.Data.Common;
using System.Globalization;
using Drip.Data;
using Drip.Runs;
using Drip.Store;
using Npgsql;

namespace Drip.Postgres;

/// <summary>The store's tables in a PostgreSQL database, which may be that of the data.</summary>
/// <param name="database">The database; it is not disposed with the store, because the data may share it.</param>
public sealed class PostgresStoreDatabase(PostgresDatabase database) : StoreDatabase
{
    /// <summary>A transaction that the server rolled back for another's sake, or whose connection had ended before, is done again so often at most.</summary>
    private const int MostAttempts = 4;

    private readonly TakeStatement _take = new(database);
    private readonly SameDatabase _same = new(database);

    /// <inheritdoc/>
    public override string Description => database.Description;

    /// <inheritdoc/>
    public override IReadOnlyList<StoreMigration> Migrations => PostgresMigrations.All;

    /// <inheritdoc/>
    public override TimeProvider? Clock => database.Clock;

    /// <inheritdoc/>
    public override string TimeType => "timestamptz";

    /// <inheritdoc/>
    public override string RowLock => " FOR NO KEY UPDATE";

    /// <inheritdoc/>
    public override string HasOptions => "hashtextextended(options_key, 0) = hashtextextended(@options_key, 0) AND options_key = @options_key";

    /// <inheritdoc/>
    public override string Table(string name) => database.Table(name);

    /// <inheritdoc/>
    public override object Time(DateTimeOffset time) => time.UtcDateTime;

    /// <inheritdoc/>
    public override string StatementsOf(StoreMigration migration) => migration.Sql.Replace(PostgresMigrations.Schema, database.Table(""), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override async ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken) => await database.OpenControlAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask<T> WriteAsync<T>(Func<DbTransaction, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isSent = false;
            try
            {
                await using var connection = await database.OpenControlAsync(cancellationToken).ConfigureAwait(false);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
                if (database.Settings.PollOnly) await SetTimeoutsAsync(transaction, cancellationToken).ConfigureAwait(false);
                var result = await work(transaction).ConfigureAwait(false);
                isSent = true;
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
            catch (Exception error) when (!isSent && attempt < MostAttempts && (IsBroken(error) || IsRolledBack(error)))
            {
                // Nothing of it was kept, and what was read is read again.
            }
        }
    }

    /// <inheritdoc/>
    public override bool IsOn(DbConnection connection) => connection is NpgsqlConnection postgres && _same.IsOn(postgres);

    /// <inheritdoc/>
    public override async ValueTask<bool> HasTableAsync(DbConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", (NpgsqlConnection)connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = database.Table(table) });
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <inheritdoc/>
    public override async ValueTask BeginMigrationAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        // The other one may take long, and is worth waiting for. A schema that is there is not created again, because that asks
        // for a right that a worker may well not have.
        await ExecuteAsync(transaction, $"SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(hashtextextended('drip store {database.Settings.Schema}', 0))", cancellationToken).ConfigureAwait(false);
        if (database.Settings.Schema is not { } schema) return;
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_namespace WHERE nspname = $1", (NpgsqlConnection)transaction.Connection!);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = schema });
        if (await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
            await ExecuteAsync(transaction, $"CREATE SCHEMA IF NOT EXISTS \"{schema}\"", cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask PrepareAsync(DbCommand command, CancellationToken cancellationToken) =>
        database.Settings.PollOnly ? default : new ValueTask(command.PrepareAsync(cancellationToken));

    /// <inheritdoc/>
    public override DbBatch? CreateBatch(DbTransaction transaction) => new NpgsqlBatch((NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction);

    /// <inheritdoc/>
    public override ValueTask<Run?> TakeAsync(TakeFilter filter, LeaseClaim claim, CancellationToken cancellationToken) => _take.ExecuteAsync(filter, claim, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<IAsyncDisposable?> ListenAsync(Action wake, CancellationToken cancellationToken) =>
        new(database.Settings.PollOnly ? null : new Listener(database, wake));

    /// <inheritdoc/>
    public override bool IsBroken(Exception error) => error switch
    {
        PostgresException answer => answer.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        NpgsqlException { InnerException: IOException } => true,
        _ => false,
    };

    /// <inheritdoc/>
    public override DripException? Explain(Exception error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "drip_run_live" }
            ? new DripException(DripErrorKind.Busy, RunChanges.IsInTheWay,
                "Another run of this job with these options is not over.", "Wait for it, or end it with: stop RUN.", error)
            : database.Explain(error);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => default;

    private static bool IsRolledBack(Exception error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    // The sessions behind a pooler have no settings of Drip's.
    private ValueTask SetTimeoutsAsync(DbTransaction transaction, CancellationToken cancellationToken) => ExecuteAsync(
        transaction,
        string.Create(
            CultureInfo.InvariantCulture,
            $"SET LOCAL statement_timeout = {(long)database.Settings.StatementTimeout.TotalMilliseconds}; SET LOCAL lock_timeout = {(long)database.Settings.LockTimeout.TotalMilliseconds}; SET LOCAL idle_in_transaction_session_timeout = {(long)database.Settings.IdleInTransactionTimeout.TotalMilliseconds}"),
        cancellationToken);

    private static async ValueTask ExecuteAsync(DbTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.Command(sql, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
