using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace Drip.Servers;

/// <summary>A pooler in transaction mode before a server: sessions are lent for one transaction each.</summary>
public sealed class Pgbouncer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _folder;

    private Pgbouncer(Process process, string folder, string connectionString) => (_process, _folder, ConnectionString) = (process, folder, connectionString);

    /// <summary>The server's connection string, by way of the pooler.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts one; skips the test, with what would install it, where there is none.</summary>
    public static async Task<Pgbouncer> StartAsync(string connectionString)
    {
        const string program = "/usr/sbin/pgbouncer";
        if (!File.Exists(program)) Assert.Skip("There is no pooler. Install it: apt-get install pgbouncer");
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("drip-pgbouncer-").FullName;
        var settings = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            * = host={server.Host} port={server.Port} user={server.Username}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 4
            """);
        // It refuses to run as root, and whom it runs as must be able to read this.
        var isRoot = Environment.UserName == "root";
        if (isRoot && !OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        string[] command = isRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, "-q", settings] : [program, "-q", settings];
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, WorkingDirectory = "/" })!;
        process.BeginErrorReadLine();
        var pooler = new Pgbouncer(process, folder, new NpgsqlConnectionStringBuilder(connectionString) { Port = port }.ConnectionString);
        await pooler.ReadyAsync();
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReadyAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;No Reset On Close=true");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!_process.HasExited && Stopwatch.GetElapsedTime(began) < Patience)
            {
                // Another process cannot be waited for in any other way than by asking.
                await Task.Delay(5);
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
