using System.Diagnostics;
using System.Globalization;
using Drip.Benchmarks.Elements;
using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Worker;

namespace Drip.Benchmarks.Processes;

/// <summary>The peak memory of a process that walks many rows one by one, against one that walks few.</summary>
internal sealed class PeakMemory : IComparison
{
    /// <summary>The command by which this program starts itself.</summary>
    public const string Command = "walk";

    public string Name => "peak memory";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        if (!OperatingSystem.IsLinux()) return [];
        using var few = EmployeeFile.Make(scratch, scale.SmallRows);
        using var many = EmployeeFile.Make(scratch, scale.LargeRows);
        List<double> small = [], large = [];
        for (var i = 0; i < 3; i++)
        {
            small.Add(await PeakOfAsync(few, scale));
            large.Add(await PeakOfAsync(many, scale));
        }

        return
        [
            new Measure($"peak memory of {scale.LargeRows:N0} rows (at most)", $"{scale.SmallRows:N0} rows", Median.Of(large) / Median.Of(small), 1.2) { AtMost = true },
        ];
    }

    /// <summary>The child's part: walks the file and prints the kilobytes that the process had at its peak.</summary>
    public static async Task WalkAsync(string path, int batchSize)
    {
        await DripWorker.RunAsync<AddYear, Employee>(path, batchSize);
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        Console.WriteLine(string.Concat(peak.Where(char.IsAsciiDigit)));
    }

    private static async Task<double> PeakOfAsync(EmployeeFile file, Scale scale)
    {
        using var copy = file.Copy();
        string[] arguments = [Command, copy.Path, scale.BatchSize.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The process that walks {file.Rows} rows ended with {process.ExitCode}.");
    }
}
