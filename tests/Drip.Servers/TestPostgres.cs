using Npgsql;
using Xunit;

namespace Drip.Servers;

/// <summary>
/// A database of its own on the server that <c>eng/test</c> has started, removed after the test. Without a server a test that asks for one
/// is skipped, with what would start it; with <c>CI=true</c> it fails.
/// </summary>
public sealed class TestPostgres : PostgresServer
{
    private readonly string _server;
    private readonly string _name;

    private TestPostgres(string server, string name)
    {
        (_server, _name) = (server, name);
        // The pool is small, and empty soon after its last use.
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 10 }.ConnectionString;
    }

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

    /// <summary>Makes an empty database.</summary>
    public static async Task<TestPostgres> CreateAsync()
    {
        var database = new TestPostgres(Server, "drip_test_" + Guid.NewGuid().ToString("n"));
        await database.OnServerAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    public override async ValueTask DisposeAsync() => await OnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
