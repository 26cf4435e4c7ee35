using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Drip.Benchmarks.Results;

/// <summary>What the measurements were taken on.</summary>
internal static class Machine
{
    public static IReadOnlyList<(string What, string Which)> Describe(string folder, string? postgres) =>
    [
        ("Processor", $"{Processor()}, {Environment.ProcessorCount} cores"),
        ("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
        ("File system", new DriveInfo(folder).DriveFormat),
        ("Runtime", RuntimeInformation.FrameworkDescription),
        ("SDK", Sdk()),
        ("SQLite", Sqlite()),
        ("PostgreSQL", postgres is null ? "none" : $"{postgres}, Debian's settings with fsync and synchronous_commit on"),
    ];

    private static string Processor()
    {
        const string path = "/proc/cpuinfo";
        var line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? "unknown";
    }

    private static string Sdk()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private static string Sqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection.ServerVersion;
    }
}
