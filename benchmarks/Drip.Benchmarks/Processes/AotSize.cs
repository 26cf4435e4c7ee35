using Drip.Benchmarks.Measuring;

namespace Drip.Benchmarks.Processes;

/// <summary>What a published worker weighs: the binary and the native library beside it, without debug symbols.</summary>
internal sealed class AotSize : IComparison
{
    private const double Megabyte = 1_000_000;

    public string Name => "AOT size";

    public Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        List<Measure> sizes =
        [
            new("AOT size of a worker with SQLite (at most)", "-", Weigh(Repository.BackfillsBinary, Path.GetDirectoryName(Repository.BackfillsBinary)!), 8) { AtMost = true, Unit = "MB" },
            new("AOT size of a worker with SQLite and a producer", "-", Weigh(Repository.Binary, Repository.Published), null) { Unit = "MB" },
        ];
        // Published by eng/aot --postgres, which is not part of measuring.
        if (File.Exists(Repository.PostgresBinary))
            sizes.Add(new Measure("AOT size of a worker with PostgreSQL", "-", Weigh(Repository.PostgresBinary, Path.GetDirectoryName(Repository.PostgresBinary)!), null) { Unit = "MB" });
        return Task.FromResult<IReadOnlyList<Measure>>(sizes);
    }

    private static double Weigh(string binary, string folder)
    {
        string[] libraries = [".so", ".dylib", ".dll"];
        var bytes = new FileInfo(binary).Length + new DirectoryInfo(folder).EnumerateFiles().Where(file => libraries.Contains(file.Extension)).Sum(file => file.Length);
        return bytes / Megabyte;
    }
}
