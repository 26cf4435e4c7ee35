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
    public void The_worker_on_PostgreSQL_is_published_and_starts() =>
        Assert.True(worker.PublishingOnPostgres.ExitCode == 0, worker.PublishingOnPostgres.Error);

    [Fact]
    public void Nor_has_one_on_PostgreSQL() =>
        Assert.Contains("IL warnings of Drip: 0", worker.PublishingOnPostgres.Output, StringComparison.Ordinal);

    [Fact]
    public void The_size_is_within_a_tenth_of_the_baseline() => IsAsWrittenDown(Size("aot"), "aot-size.txt");

    [Fact]
    public void So_is_the_size_of_the_worker_on_PostgreSQL() => IsAsWrittenDown(OnPostgres.Length, "aot-size-postgres.txt");

    /// <summary>A worker that names no PostgreSQL database holds nothing of the library for it.</summary>
    [Fact]
    public void The_sample_on_SQLite_holds_nothing_of_Npgsql()
    {
        var word = System.Text.Encoding.Unicode.GetBytes("IdleInTransactionTimeout");
        Assert.Equal(-1, File.ReadAllBytes(Repository.PathOf("artifacts", "aot", "shop")).AsSpan().IndexOf(word));
        Assert.NotEqual(-1, File.ReadAllBytes(OnPostgres.FullName).AsSpan().IndexOf(word));
    }

    /// <summary>Without producers a worker carries nothing of them.</summary>
    [Fact]
    public void The_size_of_a_worker_with_backfills_is_at_most_8_MB_and_within_a_tenth_of_the_baseline()
    {
        Assert.True(worker.PublishingBackfills.ExitCode == 0, worker.PublishingBackfills.Error);
        Assert.InRange(Size("aot-backfills"), 1, 8_000_000);
        IsAsWrittenDown(Size("aot-backfills"), "aot-size-backfills.txt");
    }

    private static FileInfo OnPostgres => new(Repository.PathOf("artifacts", "aot-postgres", "shop-on-postgres"));

    private static void IsAsWrittenDown(long size, string file)
    {
        var baseline = long.Parse(File.ReadAllText(Repository.PathOf("benchmarks", file)), NumberStyles.Any, CultureInfo.InvariantCulture);
        Assert.True(
            size >= baseline * 0.9 && size <= baseline * 1.1,
            $"There are {size} bytes, and benchmarks/{file} says {baseline}. If that is meant, write the new size there.");
    }

    private static long Size(string published) => new DirectoryInfo(Repository.PathOf("artifacts", published)).EnumerateFiles()
        .Where(file => file.Name == "shop" || file.Extension is ".so" or ".dylib")
        .Sum(file => file.Length);
}
