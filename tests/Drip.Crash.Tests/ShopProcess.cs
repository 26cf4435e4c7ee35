using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Drip.Crash.Tests;

/// <summary>How a worker ended, and what it said.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);

/// <summary>A worker of the sample, as people start it.</summary>
internal sealed class ShopProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ShopFolder _folder;
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    public ShopProcess(ShopFolder folder, (string Name, string Value)[] settings, string[] arguments)
    {
        _folder = folder;
        var start = new ProcessStartInfo("dotnet", [Assembly(), .. arguments])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        _process = Process.Start(start)!;
        (_output, _errors) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>Waits until the run has committed this many batches more than it had; false if it ended first.</summary>
    public Task<bool> HasCommittedAsync(long batches) => UntilAsync(() => Batches() >= batches);

    /// <summary>Waits until something holds that the process brings about; false if it ended first.</summary>
    public async Task<bool> UntilAsync(Func<bool> holds)
    {
        var deadline = Stopwatch.StartNew();
        while (!_process.HasExited)
        {
            if (holds()) return true;
            if (deadline.Elapsed > Patience) throw new TimeoutException($"It did not come about in {Patience}.");
            // Another process cannot be waited for in any other way than by looking.
            await Task.Delay(1);
        }

        return false;
    }

    public void Kill() => _process.Kill();

    /// <summary>Sends a signal by its name, for example <c>TERM</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString()]);
        kill.WaitForExit();
    }

    public async Task<Ended> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return new Ended(_process.ExitCode, await _output, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // A database without a log was not opened by the worker yet, and looking at it then could get in its way.
    private long Batches()
    {
        if (!File.Exists(_folder.Database + "-wal")) return -1;
        try
        {
            using var connection = _folder.Connect();
            return connection.ExecuteScalar<long>("SELECT coalesce(max(batches), 0) FROM drip_cursor");
        }
        catch (SqliteException)
        {
            // Not there yet, or just being made.
            return -1;
        }
    }

    // Beside the tests: tests/Drip.Crash.Tests/bin/<configuration>/<framework> and samples/Shop/bin/<configuration>/<framework>.
    private static string Assembly()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = framework.Parent!;
        var path = Path.GetFullPath(Path.Combine(configuration.FullName, "../../../../samples/Shop/bin", configuration.Name, framework.Name, "shop.dll"));
        return File.Exists(path) ? path : throw new InvalidOperationException($"The sample is not built: there is no {path}.");
    }
}
