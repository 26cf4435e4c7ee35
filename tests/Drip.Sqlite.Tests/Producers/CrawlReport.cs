namespace Drip.Sqlite.Tests.Producers;

/// <summary>A producer as an author writes it: everything else is generated.</summary>
[Producer(Description = "Fetches pages and sums them up.")]
public partial class CrawlReport
{
    [Model] public partial record Page(int Id, string Url, string Status);
    [Model] public partial record Summary(string Id, [OnConflict(Conflict.Sum)] int Ok);

    [Pipeline]
    public partial class Prepare
    {
        [Step]
        public void Seed()
        {
            foreach (var name in new[] { "a", "b", "c", "d", "e" }) Changes.Create(new Page(0, $"https://example.org/{name}", "new"));
            Changes.Create(new Summary("all", 0));
        }

        [Step] private Task Left(CancellationToken ct) => Task.Delay(0, ct);
        [Step(With = nameof(Left))] private ValueTask Right() => default;
        [Step] public void Sort() => Stream.Push(new Prepared(Store.All<Page>().Count));
    }

    [Pipeline(Each = typeof(Page), Concurrency = 2)]
    public partial class Crawl
    {
        public bool Open() => Store.All<Page>().Count(page => page.Status == "ok") < 5;

        [Step]
        public async Task Fetch(Shelf shelf, CancellationToken ct)
        {
            await Task.Yield();
            ct.ThrowIfCancellationRequested();
            Assert(shelf.Has(Record.Url), "the page is on the shelf");
            Changes.Update(Record with { Status = "ok" });
            var all = Store.Find<Summary>("all")!;
            Changes.Update(all with { Ok = all.Ok + 1 });
            Stream.Push(new Fetched(Record.Id));
        }
    }

    public sealed record Prepared(int Pages);

    public sealed record Fetched(int Page);

    /// <summary>What the producer's own handlers were told.</summary>
    public List<string> Told { get; } = [];

    [On] private void OnPrepared(Prepared prepared) => Told.Add($"{prepared.Pages} pages");
    [On] private void OnFetched(Fetched fetched) => Told.Add($"page {fetched.Page}");

    /// <summary>The pages that can be fetched.</summary>
    public sealed class Shelf(params string[] missing)
    {
        /// <summary>Whether the page is there.</summary>
        public bool Has(string url) => !Array.Exists(missing, url.EndsWith);
    }
}
