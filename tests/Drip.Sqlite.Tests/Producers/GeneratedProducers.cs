using Drip.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Drip.Sqlite.Tests.Producers;

/// <summary>Producers from the generator on the engine, with their versions in SQLite.</summary>
public sealed class GeneratedProducers : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("drip-producer-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_producer_runs_its_pipelines_and_keeps_what_they_made(bool inMemory)
    {
        var producer = new CrawlReport(Options() with { InMemory = inMemory });
        var result = await producer.RunAsync();

        Assert.True(result.Succeeded, string.Join("; ", result.Failures.Select(static failure => failure.Error)));
        Assert.Equal(["ok", "ok", "ok", "ok", "ok"], producer.Store.All<CrawlReport.Page>().Select(static page => page.Status));
        Assert.Equal(5, producer.Store.Find<CrawlReport.Summary>("all")!.Ok);
        Assert.Equal(["5 pages", "page 1", "page 2", "page 3", "page 4", "page 5"], producer.Told.Order(StringComparer.Ordinal));
        Assert.Equal(!inMemory, Directory.EnumerateFileSystemEntries(_directory).Any());
    }

    [Fact]
    public async Task A_run_that_failed_goes_on_from_its_last_version_with_what_is_there_now()
    {
        var producer = new CrawlReport(Options("/c"));
        var result = await producer.RunAsync();
        Assert.False(result.Succeeded);
        Assert.Contains("the page is on the shelf", Assert.Single(result.Failures).Error, StringComparison.Ordinal);
        Assert.Equal(4, producer.Store.Find<CrawlReport.Summary>("all")!.Ok);

        var branch = CrawlReport.From(producer.History[^1], Options());
        Assert.True((await branch.RunAsync()).Succeeded);
        Assert.Equal(5, branch.Store.Find<CrawlReport.Summary>("all")!.Ok);
        Assert.Equal(["page 3"], branch.Told);
    }

    [Fact]
    public async Task A_run_that_was_saved_goes_on_from_the_file()
    {
        var file = Path.Combine(_directory, "crawl.json");
        var producer = new CrawlReport(Options("/a", "/b") with { InMemory = true });
        Assert.False((await producer.RunAsync()).Succeeded);
        await producer.SaveAsync(file);

        var registry = new JobRegistry();
        registry.AddJobs();
        var other = (CrawlReport)registry.FindProducer("crawl-report").Create(Services(), Options() with { InMemory = true }, file);
        Assert.True((await other.RunAsync()).Succeeded);
        Assert.Equal(["page 1", "page 2"], other.Told.Order(StringComparer.Ordinal));
    }

    private ProducerOptions Options(params string[] missing) => new() { Directory = _directory, Services = Services(missing) };

    private static ServiceProvider Services(params string[] missing) =>
        new ServiceCollection().AddSingleton(new CrawlReport.Shelf(missing)).BuildServiceProvider();
}
