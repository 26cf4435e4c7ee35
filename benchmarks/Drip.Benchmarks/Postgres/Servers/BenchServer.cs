using System.Diagnostics;
using System.Runtime.InteropServices;
using Drip.Benchmarks.Processes;
using Npgsql;

namespace Drip.Benchmarks.Postgres.Servers;

/// <summary>
/// A throw-away PostgreSQL server that waits for the disk, of this process's own: started by <c>eng/postgres</c> when the first comparison
/// asks for it, and removed with its files at the end, whatever the end is.
/// </summary>
internal sealed class BenchServer : IDisposable
{
    private static readonly string Script = Path.Combine(Repository.Root, "eng", "postgres");

    // Not in the scratch folder, which is closed to the user as whom the server runs.
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "drip-bench-postgres-" + Guid.NewGuid().ToString("n")[..8]);
    private readonly Lazy<string> _connectionString;
    private readonly PosixSignalRegistration _interrupted;
    private readonly PosixSignalRegistration _terminated;
    private int _databases;
    private bool _removed;

    public BenchServer()
    {
        _connectionString = new Lazy<string>(Start);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        // The runtime leaves these to the system, which would end the process without the above.
        _interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
        _terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
    }

    /// <summary>The version of the server, once it was started; null if it was not.</summary>
    public string? Version { get; private set; }

    /// <summary>The connection string of a database.</summary>
    public string In(string database) => new NpgsqlConnectionStringBuilder(_connectionString.Value) { Database = database, MaxPoolSize = 40 }.ConnectionString;

    /// <summary>Makes a database, and returns its name.</summary>
    /// <param name="template">The database that it is a copy of, which nobody may be connected to.</param>
    public async Task<string> CreateAsync(string template = "template1")
    {
        var name = $"bench_{++_databases}";
        // By copying files, which ends with a checkpoint: every turn begins with nothing left to be written.
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
        return name;
    }

    public Task DropAsync(string database) => ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)");

    public void Dispose()
    {
        _interrupted.Dispose();
        _terminated.Dispose();
        if (_removed || !_connectionString.IsValueCreated) return;
        _removed = true;
        NpgsqlConnection.ClearAllPools();
        Call("remove", _folder);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connectionString.Value);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }

    private string Start()
    {
        const string variable = "export DRIP_TEST_POSTGRES='";
        var (code, output) = Call("start", _folder, "--durable");
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith(variable, StringComparison.Ordinal));
        if (code != 0 || line is null) throw new NoServerException();

        var server = line[variable.Length..].TrimEnd('\'');
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        Version = connection.PostgreSqlVersion.ToString();
        return server;
    }

    private static (int Code, string Output) Call(params string[] arguments)
    {
        // The server that is started inherits no pipe of ours but its output's, and eng/postgres gives it a file for that.
        using var process = Process.Start(new ProcessStartInfo(Script, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}

/// <summary>There is no PostgreSQL on this machine, and <c>eng/postgres</c> has said why on standard error.</summary>
internal sealed class NoServerException() : Exception("no PostgreSQL server could be started");
