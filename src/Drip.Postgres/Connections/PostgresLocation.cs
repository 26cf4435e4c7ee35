using System.Globalization;
using Npgsql;

namespace Drip.Postgres;

/// <summary>What a connection string says, with what Drip adds to it.</summary>
/// <param name="Work">The connection string for batches.</param>
/// <param name="Description">The database without secrets.</param>
internal sealed record PostgresLocation(string Work, string Description)
{
    public static PostgresLocation Parse(string connectionString, PostgresSettings settings)
    {
        CheckSchema(settings.Schema);
        var builder = ConnectionText.Read(connectionString);
        builder.Enlist = false;
        builder.ApplicationName ??= "drip";
        builder.CommandTimeout = settings.StatementTimeout > TimeSpan.Zero ? Seconds(settings.StatementTimeout) + 5 : 0;
        builder.TcpKeepAlive = true;

        // An error says which statement of a batch it is about, so that the row behind it need not be searched for.
        builder.IncludeFailedBatchedCommand = true;
        if (settings.PollOnly)
        {
            builder.NoResetOnClose = true;
            builder.MaxAutoPrepare = 0;
        }
        else
        {
            // A walk executes the same statements for each of its batches. What recurs is prepared, what no longer does is forgotten.
            builder.MaxAutoPrepare = Math.Max(builder.MaxAutoPrepare, 128);
            builder.AutoPrepareMinUsages = 2;

            // The server ends what a worker that vanished has left behind, also where no packet tells it so.
            builder.Options = string.Join(' ', (string?[])[builder.Options,
                Option("statement_timeout", settings.StatementTimeout), Option("lock_timeout", settings.LockTimeout),
                Option("idle_in_transaction_session_timeout", settings.IdleInTransactionTimeout),
                "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"]).Trim();
        }

        return new PostgresLocation(builder.ConnectionString, $"{builder.Database ?? builder.Username} at {builder.Host}:{builder.Port.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>The connection string for leases, cursors and the store: short statements on few connections.</summary>
    /// <param name="most">How many connections.</param>
    /// <param name="prepared">How many statements each prepares by itself when it sees them again.</param>
    public string Control(int most, int prepared)
    {
        var builder = new NpgsqlConnectionStringBuilder(Work);
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, most);
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, builder.MaxPoolSize);
        builder.MaxAutoPrepare = prepared;
        // These statements leave nothing behind in a session, and resetting it would cost the server as much as a claim does.
        builder.NoResetOnClose = true;
        builder.AutoPrepareMinUsages = 2;
        return builder.ConnectionString;
    }

    /// <summary>The connection string for the one connection that only waits: a server that is gone is noticed by asking it now and then.</summary>
    public string Listener()
    {
        var builder = new NpgsqlConnectionStringBuilder(Work);
        builder.Pooling = false;
        builder.KeepAlive = 20;
        return builder.ConnectionString;
    }

    private static int Seconds(TimeSpan time) => (int)Math.Min(Math.Ceiling(time.TotalSeconds), 1_000_000);

    private static string Option(string name, TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"-c {name}={(long)time.TotalMilliseconds}");

    private static void CheckSchema(string? schema)
    {
        if (schema is null || PostgresSettings.IsSchema(schema)) return;
        throw new DripException(DripErrorKind.Usage, "bad-schema",
            $"'{schema}' cannot be the schema of Drip's tables.", "Use up to 63 letters, digits and underscores, not beginning with a digit.");
    }
}
