using System.Globalization;

namespace Drip.Aot.Tests;

public sealed class Publishing(PublishedWorker worker)
{
    [Fact]
    public void The_sample_is_published_and_runs_in_an_empty_folder() =>
        Assert.True(worker.Publishing.ExitCode == 0, worker.Publishing.Error);

    [Fact]
    public void No_assembly_of_Drip_has_a_trim_or_AOT_warning() =>
        Assert.Contains("IL warnings of Drip: 0", worker.Publishing.Output, StringComparison.Ordinal);

    [Fact]
    public void The_size_is_within_a_tenth_of_the_baseline()
    {
        var baseline = long.Parse(File.ReadAllText(Repository.PathOf("benchmarks", "aot-size.txt")), NumberStyles.Any, CultureInfo.InvariantCulture);
        var size = Size();
        Assert.True(
            size >= baseline * 0.9 && size <= baseline * 1.1,
            $"The binary and its library have {size} bytes, and benchmarks/aot-size.txt says {baseline}. If that is meant, write the new size there.");
    }

    [Fact]
    public void The_size_is_at_most_8_MB() => Assert.InRange(Size(), 1, 8_000_000);

    private static long Size() => new DirectoryInfo(Repository.PathOf("artifacts", "aot")).EnumerateFiles()
        .Where(file => file.Name == "shop" || file.Extension is ".so" or ".dylib")
        .Sum(file => file.Length);
}
