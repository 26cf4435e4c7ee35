using System.Runtime.CompilerServices;
using Drip.Chaos;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>
/// The tables that stand beside the rows, so that progress commits with them: <c>drip_cursor</c>, <c>drip_quarantine</c> and
/// <c>drip_batch_outbox</c>. They are made when a job is first opened on a database; where they are, a role that may make
/// none is enough.
/// </summary>
internal static class ProgressTables
{
    public const string Cursors = "drip_cursor";
    public const string Quarantine = "drip_quarantine";
    public const string Outbox = "drip_batch_outbox";

    /// <summary>Who makes tables holds this lock, in any schema of the database.</summary>
    private const long Making = 0x64726970_00000001;

    private static readonly ConditionalWeakTable<PostgresDatabase, object> Known = [];

    /// <summary>Makes what is missing, in one transaction; where nothing is, this is only a look, and that once.</summary>
    public static async ValueTask RequireAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(database, out _)) return;
        try
        {
            await using var connection = await database.OpenControlAsync(cancellationToken).ConfigureAwait(false);
            if (await AreThereAsync(database, connection, cancellationToken).ConfigureAwait(false)) return;
            await MakeAsync(database, connection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (database.Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Whether all of them are there; on a connection that is open.</summary>
    public static async ValueTask<bool> AreThereAsync(PostgresDatabase database, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(database, out _)) return true;
        foreach (var table in (string[])[Cursors, Quarantine, Outbox])
        {
            if (!await HasTableAsync(database, connection, table, cancellationToken).ConfigureAwait(false)) return false;
        }

        Known.TryAdd(database, database.Settings);
        return true;
    }

    private static async ValueTask MakeAsync(PostgresDatabase database, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({Making})", cancellationToken).ConfigureAwait(false);

            // Only now nobody else can be making them. Each is asked for first: IF NOT EXISTS wants the right to make it, also where it exists.
            if (database.Settings.Schema is { } schema && !await HasSchemaAsync(connection, schema, cancellationToken).ConfigureAwait(false))
                await ExecuteAsync(connection, $"CREATE SCHEMA \"{schema}\"", cancellationToken).ConfigureAwait(false);
            foreach (var (table, sql) in Statements(database))
            {
                if (!await HasTableAsync(database, connection, table, cancellationToken).ConfigureAwait(false))
                    await ExecuteAsync(connection, sql, cancellationToken).ConfigureAwait(false);
            }

            FailPoint.Hit(FailPoints.ProgressTables);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw await RefusedAsync(database, connection, error, cancellationToken).ConfigureAwait(false);
        }

        Known.TryAdd(database, database.Settings);
    }

    private static KeyValuePair<string, string>[] Statements(PostgresDatabase database) =>
    [
        // Nothing that a batch changes is in an index, and half of each page is kept free, so that a cursor moves within its page.
        new(Cursors, $"""
            CREATE TABLE {database.Table(Cursors)} (
              run text COLLATE "C" NOT NULL,
              partition integer NOT NULL,
              epoch bigint NOT NULL,
              run_epoch bigint NOT NULL DEFAULT 0,
              owner text COLLATE "C",
              lease_until timestamptz,
              rescues integer NOT NULL DEFAULT 0,
              lower text COLLATE "C",
              upper text COLLATE "C",
              "key" text COLLATE "C",
              scanned bigint NOT NULL DEFAULT 0,
              processed bigint NOT NULL DEFAULT 0,
              batches bigint NOT NULL DEFAULT 0,
              quarantined bigint NOT NULL DEFAULT 0,
              active_us bigint NOT NULL DEFAULT 0,
              done boolean NOT NULL DEFAULT false,
              untold text,
              moved_at timestamptz,
              PRIMARY KEY (run, partition)
            ) WITH (fillfactor = 50)
            """),
        // The numbers are the order in which rows failed.
        new(Quarantine, $"""
            CREATE TABLE {database.Table(Quarantine)} (
              number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              run text COLLATE "C" NOT NULL,
              partition integer NOT NULL,
              "key" text COLLATE "C" NOT NULL,
              error_type text NOT NULL,
              error_message text NOT NULL,
              error_stack text,
              error_element text,
              attempts integer NOT NULL,
              at timestamptz NOT NULL,
              state integer NOT NULL,
              UNIQUE (run, "key")
            );
            CREATE INDEX {Quarantine}_retry ON {database.Table(Quarantine)} (run, partition) WHERE state = 1
            """),
        new(Outbox, $"""
            CREATE TABLE {database.Table(Outbox)} (
              run text COLLATE "C" NOT NULL,
              hook text COLLATE "C" NOT NULL,
              partition integer NOT NULL,
              number bigint NOT NULL,
              job text COLLATE "C" NOT NULL,
              context text NOT NULL,
              at timestamptz NOT NULL,
              attempts integer NOT NULL,
              error text,
              due timestamptz NOT NULL,
              owner text COLLATE "C",
              PRIMARY KEY (run, hook, partition, number)
            )
            """),
    ];

    private static async ValueTask<DripException> RefusedAsync(PostgresDatabase database, NpgsqlConnection connection, PostgresException error, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT current_user::text, current_schema()::text, current_database()::text", connection);
        await using var answer = await ask.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await answer.ReadAsync(cancellationToken).ConfigureAwait(false);
        var (role, current, name) = (answer.GetString(0), answer.IsDBNull(1) ? "public" : answer.GetString(1), answer.GetString(2));
        await answer.CloseAsync().ConfigureAwait(false);

        var schema = database.Settings.Schema ?? current;
        var where = await HasSchemaAsync(connection, schema, cancellationToken).ConfigureAwait(false) ? $"SCHEMA \"{schema}\"" : $"DATABASE \"{name}\"";
        return new DripException(DripErrorKind.Store, "may-not-create",
            $"Drip's tables ({Cursors}, {Quarantine}, {Outbox}) are missing in {database.Description}, and the role {role} may not make them: {error.MessageText}.",
            $"Let the owner run: GRANT CREATE ON {where} TO \"{role}\"; or start the job once as a role that may, and grant SELECT, INSERT, UPDATE, DELETE on the three to \"{role}\".", error);
    }

    private static async ValueTask<bool> HasTableAsync(PostgresDatabase database, NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        // From the catalogs' rows and not by to_regclass, which may remember from the beginning of the transaction that there was none.
        await using var look = new NpgsqlCommand("""
            SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class AS t JOIN pg_catalog.pg_namespace AS s ON s.oid = t.relnamespace
              WHERE t.relname = $1 AND (CASE WHEN $2 IS NULL THEN s.nspname = ANY (current_schemas(false)) ELSE s.nspname = $2 END))
            """, connection);
        look.Bind(table).Bind(database.Settings.Schema);
        return await look.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private static async ValueTask<bool> HasSchemaAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1)", connection);
        look.Bind(schema);
        return await look.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
