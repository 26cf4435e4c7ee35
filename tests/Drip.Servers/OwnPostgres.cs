using System.Diagnostics;
using Npgsql;
using Xunit;

namespace Drip.Servers;

/// <summary>
/// A server of one test's own, to be stopped, crashed and started again; removed after the test. <c>eng/test</c> removes those
/// of tests that were killed: it says in <c>DRIP_TEST_SERVERS</c> where they are.
/// </summary>
public sealed class OwnPostgres : PostgresServer
{
    private OwnPostgres(string folder) => Folder = folder;

    /// <summary>Where the servers and the disks of tests are, one folder each.</summary>
    public static string Parent => Environment.GetEnvironmentVariable("DRIP_TEST_SERVERS") is { Length: > 0 } named ? named : Path.GetTempPath();

    /// <summary>Where its files are.</summary>
    public string Folder { get; }

    /// <summary>Starts one.</summary>
    /// <param name="folder">Where its files shall be; null for a new folder that goes with it.</param>
    public static async Task<OwnPostgres> StartAsync(string? folder = null)
    {
        // Where there is none for all tests nobody has asked for servers.
        _ = TestPostgres.Server;
        var server = new OwnPostgres(folder ?? Path.Combine(Parent, "drip-postgres-" + Guid.NewGuid().ToString("n")));
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it where it was, after it was stopped.</summary>
    public async Task StartAgainAsync()
    {
        var settings = await RunAsync("start", Folder);
        const string name = "DRIP_TEST_POSTGRES='";
        var from = settings.IndexOf(name, StringComparison.Ordinal) + name.Length;
        ConnectionString = new NpgsqlConnectionStringBuilder(settings[from..settings.IndexOf('\'', from)]) { MaxPoolSize = 20 }.ConnectionString;
    }

    /// <summary>Stops it in order: sessions are ended, what was committed is on its disk.</summary>
    public Task StopAsync() => RunAsync("stop", Folder);

    /// <summary>Stops it as if it had crashed; it recovers when it is started again.</summary>
    public Task CrashAsync() => RunAsync("stop", Folder, "immediate");

    public override async ValueTask DisposeAsync() => await RunAsync("remove", Folder);

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Root(), "eng", "postgres"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) return folder.FullName;
        }

        throw new InvalidOperationException("These tests run from the repository's folder.");
    }
}
