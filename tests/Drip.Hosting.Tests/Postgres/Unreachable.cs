using System.Net;
using System.Net.Sockets;
using Drip.Hosting.Tests.Harness;
using Npgsql;

namespace Drip.Hosting.Tests.Postgres;

/// <summary>What the command line says when the server, the database or the right to use it is missing; and never a password.</summary>
public sealed class Unreachable : IAsyncLifetime
{
    private const string Password = "hunter2";

    private PostgresWorker _worker = null!;

    public static TheoryData<string> Commands =>
        ["store status", "store migrate", "runs", "show 0a1b2c", "verify --require give-role", "quarantine 0a1b2c", "run give-role", "worker --drain"];

    public async ValueTask InitializeAsync() => _worker = await PostgresWorker.CreateAsync(people: 10);

    public ValueTask DisposeAsync() => _worker.DisposeAsync();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_server_that_is_down_ends_a_command_with_7(string command)
    {
        var port = FreePort();
        Use(text => (text.Host, text.Port, text.Password) = ("127.0.0.1", port, Password));

        var result = await FailsAsync(command);

        Assert.Contains($"127.0.0.1:{port}", result.Error);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_ends_a_command_with_7()
    {
        Use(text => (text.Host, text.Password) = ("nowhere.invalid", Password));

        Assert.Contains("nowhere.invalid", (await FailsAsync("runs")).Error);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_user_who_may_not_log_in_ends_a_command_with_7(string command)
    {
        Use(text => (text.Username, text.Password) = ("drip_stranger", Password));

        Assert.Contains("drip_stranger", (await FailsAsync(command)).Error);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_database_that_does_not_exist_ends_a_command_with_7(string command)
    {
        Use(text => (text.Database, text.Password) = ("drip_no_such_database", Password));

        Assert.Contains("drip_no_such_database", (await FailsAsync(command)).Error);
    }

    [Theory]
    [InlineData("store migrate")]
    [InlineData("run give-role")]
    [InlineData("worker --drain")]
    public async Task A_user_who_may_not_make_Drip_s_tables_is_told_what_is_missing(string command)
    {
        await using var role = await Role.CreateAsync(_worker, "GRANT SELECT, UPDATE ON people TO {0}");
        Use(text => (text.Username, text.Password) = (role.Name, Password));

        var result = await FailsAsync(command);

        Assert.Contains("permission denied for schema public", result.Error);
    }

    [Fact]
    public async Task A_user_who_owns_Drip_s_schema_and_may_change_the_rows_needs_no_more()
    {
        await using var role = await Role.CreateAsync(_worker, "GRANT SELECT, UPDATE ON people TO {0}; CREATE SCHEMA drip AUTHORIZATION {0}");
        Use(text => (text.Username, text.Password) = (role.Name, Password));
        _worker.Settings = new Drip.Postgres.PostgresSettings { Schema = "drip" };

        (await _worker.RunAsync("run", "give-role")).Succeeds();

        Assert.Equal(0, await _worker.CountAsync("role IS NULL"));
    }

    [Fact]
    public async Task A_store_that_is_newer_ends_every_command_with_8()
    {
        (await _worker.RunAsync("store", "migrate")).Succeeds();
        await _worker.Database.ExecuteAsync("INSERT INTO drip_migration (number, name, checksum, applied_at) VALUES (99, 'of tomorrow', 'ffff', now())");

        foreach (var command in (string[])["store status", "store migrate", "runs", "run give-role", "worker --drain"])
        {
            var result = await _worker.RunAsync(command.Split(' '));
            Assert.Equal((8, 2), (result.ExitCode, result.ErrorLines.Length));
            Assert.Contains("is newer than this binary: it has migration 99", result.Error);
        }
    }

    private async Task<CommandResult> FailsAsync(string command)
    {
        var result = await _worker.RunAsync(command.Split(' '));
        Assert.True((result.ExitCode, result.ErrorLines.Length, result.Output) == (7, 2, ""), $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.DoesNotContain(Password, result.Error);
        return result;
    }

    private void Use(Action<NpgsqlConnectionStringBuilder> change)
    {
        var text = new NpgsqlConnectionStringBuilder(_worker.ConnectionString);
        change(text);
        _worker.ConnectionString = text.ConnectionString;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A role of the server's, with rights in the worker's database, gone after the test.</summary>
    private sealed class Role(PostgresWorker worker, string name) : IAsyncDisposable
    {
        public string Name => name;

        public static async Task<Role> CreateAsync(PostgresWorker worker, string grants)
        {
            var role = new Role(worker, "drip_role_" + Guid.NewGuid().ToString("n"));
            await worker.Database.ExecuteAsync($"CREATE ROLE {role.Name} LOGIN PASSWORD '{Password}'");
            await worker.Database.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, "REVOKE CREATE ON SCHEMA public FROM PUBLIC; " + grants, role.Name));
            return role;
        }

        public async ValueTask DisposeAsync() => await worker.Database.ExecuteAsync($"DROP OWNED BY {name}; DROP ROLE {name}");
    }
}
