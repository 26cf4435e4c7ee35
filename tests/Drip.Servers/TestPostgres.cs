using Npgsql;
using Xunit;

namespace Drip.Servers;

/// <summary>
/// A database of its own on the server that <c>eng/test</c> has started, removed after the test. Without a server a test that asks for one
/// is skipped, with what would start it; with <c>CI=true</c> it fails.
/// </summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private TestPostgres(string server, string name) => (_server, _name) = (server, name);

    /// <summary>The connection string of the server, on its maintenance database.</summary>
    public static string Server
    {
        get
        {
            var server = Environment.GetEnvironmentVariable("DRIP_TEST_POSTGRES");
            if (!string.IsNullOrEmpty(server)) return server;
            const string missing = "There is no PostgreSQL server for the tests. Start one: eval \"$(eng/postgres start)\"";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
            Assert.Skip(missing);
            return "";
        }
    }

    /// <summary>The connection string of this database. Its pool is small, and empty soon after its last use.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Makes an empty database.</summary>
    public static async Task<TestPostgres> CreateAsync()
    {
        var database = new TestPostgres(Server, "drip_test_" + Guid.NewGuid().ToString("n"));
        await database.OnServerAsync($"CREATE DATABASE {database._name}");
        database.ConnectionString = new NpgsqlConnectionStringBuilder(database._server) { Database = database._name, MaxPoolSize = 20, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 10 }.ConnectionString;
        return database;
    }

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

    public async ValueTask DisposeAsync() => await OnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
