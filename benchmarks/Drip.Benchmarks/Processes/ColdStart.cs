using System.Diagnostics;
using System.Text.Json;
using Drip.Benchmarks.Measuring;

namespace Drip.Benchmarks.Processes;

/// <summary>From the start of a worker's process to its first row: the published binary against the same worker under JIT.</summary>
internal sealed class ColdStart : IComparison
{
    public string Name => "cold start";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        string[] published = [Repository.Binary], compiled = ["dotnet", Repository.Assembly];
        var (left, right) = (scratch.PathOf("start-aot"), scratch.PathOf("start-jit"));
        foreach (var folder in (string[])[left, right])
        {
            Directory.CreateDirectory(folder);
            await RunAsync([Repository.Binary, "seed", "--employees", "10000"], folder);
        }

        var ratios = new List<double>();
        for (var i = -2; i < scale.Starts; i++)
        {
            var isEven = i % 2 == 0;
            var first = await StartAsync(isEven ? published : compiled, isEven ? left : right);
            var second = await StartAsync(isEven ? compiled : published, isEven ? right : left);
            if (i >= 0) ratios.Add(isEven ? first / second : second / first);
        }

        return [Measure.OfRounds("cold start to the first row (AOT / JIT, at most)", "the same worker under JIT", [.. ratios], 0.1, atMost: true)];
    }

    private static async Task<double> StartAsync(string[] worker, string folder)
    {
        var start = Stopwatch.GetTimestamp();
        var (output, answered) = await RunAsync([.. worker, "run", "normalize-names", "--limit", "1", "--json"], folder);
        using var json = JsonDocument.Parse(output);
        if (json.RootElement.GetProperty("processed").GetInt64() != 1) throw new InvalidOperationException($"A worker answered {output}");
        return Stopwatch.GetElapsedTime(start, answered).TotalSeconds;
    }

    private static async Task<(string Output, long At)> RunAsync(string[] command, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync();
        var at = Stopwatch.GetTimestamp();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (line ?? "", at)
            : throw new InvalidOperationException($"{Path.GetFileName(command[0])} ended with {process.ExitCode}: {await error}");
    }
}
