using Npgsql;

namespace Drip.Servers;

/// <summary>A database for one test, and what a test does in it beside Drip.</summary>
public abstract class PostgresServer : IAsyncDisposable
{
    /// <summary>The connection string of the database.</summary>
    public string ConnectionString { get; protected set; } = "";

    /// <summary>Runs statements, on a connection of their own.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The one value that a statement gives, on a connection of its own.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A connection of the test's own, outside every pool.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public abstract ValueTask DisposeAsync();
}
