using Drip.Servers;
using Npgsql;

namespace Drip.Postgres.Tests.Errors;

/// <summary>A database of its own, and what Drip says of its errors.</summary>
internal sealed class ErrorBench : IAsyncDisposable
{
    private ErrorBench(TestPostgres server) => (Server, Database) = (server, new PostgresDatabase(server.ConnectionString));

    public TestPostgres Server { get; }

    public PostgresDatabase Database { get; }

    public static async Task<ErrorBench> CreateAsync(string sql)
    {
        var server = await TestPostgres.CreateAsync();
        await server.ExecuteAsync(sql);
        return new ErrorBench(server);
    }

    /// <summary>A session in a transaction.</summary>
    public async Task<Session> BeginAsync(string first)
    {
        var connection = await Database.OpenAsync(default);
        var session = new Session(connection, await connection.BeginTransactionAsync());
        await session.ExecuteAsync(first);
        return session;
    }

    public async Task AssertFailsAsync(string sql, DripErrorKind kind, string code)
    {
        await using var connection = await Database.OpenAsync(default);
        await using var command = new NpgsqlCommand(sql, connection);
        AssertExplained(await Provoked.FailAsync(() => command.ExecuteNonQueryAsync()), kind, code);
    }

    public void AssertExplained(Exception? error, DripErrorKind kind, string code)
    {
        Assert.NotNull(error);
        var explained = Database.Explain(error);
        Assert.True(explained is not null, error.ToString());
        Assert.Equal((kind, code), (explained.Kind, explained.Code));
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Server.DisposeAsync();
    }

    internal sealed class Session(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public int ProcessId { get; } = connection.ProcessID;

        public async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
