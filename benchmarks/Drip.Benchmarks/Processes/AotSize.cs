using Drip.Benchmarks.Measuring;

namespace Drip.Benchmarks.Processes;

/// <summary>What a published worker weighs: the binary and the native library beside it, without debug symbols.</summary>
internal sealed class AotSize : IComparison
{
    private const double Megabyte = 1_000_000;

    public string Name => "AOT size";

    public Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        string[] libraries = [".so", ".dylib", ".dll"];
        var bytes = new FileInfo(Repository.Binary).Length
            + new DirectoryInfo(Repository.Published).EnumerateFiles().Where(file => libraries.Contains(file.Extension)).Sum(file => file.Length);
        return Task.FromResult<IReadOnlyList<Measure>>(
            [new Measure("AOT size of a worker with SQLite (at most)", "-", bytes / Megabyte, 8) { AtMost = true, Unit = "MB" }]);
    }
}
