using System.Globalization;
using Npgsql;

namespace Drip.Postgres;

/// <summary>
/// One PostgreSQL database as one process uses it. Share one instance per database: jobs' rows and the store of runs may be in
/// the same. Batches and the small statements that keep leases and runs have connections of their own, so that neither waits
/// for the other.
/// </summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private const int MostControlConnections = 8;

    /// <summary>Statements of leases, cursors and the store that a connection prepares by itself when it sees them again.</summary>
    private const int MostPreparedStatements = 60;

    private readonly NpgsqlDataSource _work;
    private readonly NpgsqlDataSource _control;
    private readonly PostgresClock _clock;
    private readonly TimeProvider _local;

    /// <summary>Names the database; nothing is opened yet.</summary>
    /// <param name="connectionString">A connection string of Npgsql, for example <c>Host=db;Database=shop;Username=app</c>.</param>
    /// <param name="settings">How Drip uses it; null for the defaults.</param>
    /// <param name="time">The machine's clock; null for the system's.</param>
    /// <exception cref="DripException">The connection string, or a setting, cannot be used.</exception>
    public PostgresDatabase(string connectionString, PostgresSettings? settings = null, TimeProvider? time = null)
    {
        Settings = settings ?? new PostgresSettings();
        Location = PostgresLocation.Parse(connectionString, Settings);
        _local = time ?? TimeProvider.System;
        _clock = new PostgresClock(_local);
        _work = Build(Location.Work);
        _control = Build(Location.Control(MostControlConnections, Settings.PollOnly ? 0 : MostPreparedStatements), ownTypes: false);
    }

    /// <summary>The database without secrets, for messages: <c>shop at db:5432</c>.</summary>
    public string Description => Location.Description;

    /// <summary>How Drip uses it.</summary>
    public PostgresSettings Settings { get; }

    /// <summary>The server's clock, by which leases begin and end.</summary>
    public TimeProvider Clock => _clock;

    internal PostgresLocation Location { get; }

    /// <summary>The machine's clock.</summary>
    internal TimeProvider LocalTime => _local;

    /// <summary>Opens the connection on which a worker listens, outside the pools and kept alive; the caller disposes it.</summary>
    internal NpgsqlDataSource CreateListenerSource() => Build(Location.Listener());

    /// <summary>A table of Drip's as SQL names it: in the schema of the settings, if there is one.</summary>
    internal string Table(string name) => Settings.Schema is { } schema ? $"\"{schema}\".{name}" : name;

    /// <summary>A connection for batches and for what may take long; the caller disposes it.</summary>
    internal ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => OpenAsync(_work, cancellationToken);

    /// <summary>A connection for one short statement or transaction of leases, cursors or the store; the caller disposes it.</summary>
    internal ValueTask<NpgsqlConnection> OpenControlAsync(CancellationToken cancellationToken) => OpenAsync(_control, cancellationToken);

    /// <summary>Turns an error of PostgreSQL, or of the connection to it, into one that people understand; null if it is none that is known.</summary>
    public DripException? Explain(Exception error) => PostgresErrors.Explain(error, this);

    /// <summary>Closes the connections that are not in use.</summary>
    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync().ConfigureAwait(false);
        await _control.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_clock.IsOld) await AskTimeAsync(connection, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask AskTimeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint", connection);
        var sent = _local.GetTimestamp();
        var microseconds = (long)(await ask.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        _clock.Heard(sent, DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));
    }

    // To ask which types a database has of its own is most of what a first connection costs, and Drip's own tables have none of them.
    private static NpgsqlDataSource Build(string connectionString, bool ownTypes = true)
    {
        // Slim, because the full builder brings what no worker uses into a published binary.
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(ownTypes));
        return builder.Build();
    }
}
