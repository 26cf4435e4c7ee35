using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Sqlite.Tests.Producers;

/// <summary>Producers whose versions are kept in a file.</summary>
public sealed class OnDisk : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("drip-producers-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(Durability.Group)]
    [InlineData(Durability.Strict)]
    [InlineData(Durability.Relaxed)]
    public async Task The_history_on_disk_is_the_one_in_memory(Durability durability)
    {
        var onDisk = Work().Make(Options() with { Durability = durability }, SqliteVersions.Storage);
        var inMemory = Work().Make(new ProducerOptions { Synchronous = true });

        var result = await onDisk.RunAsync(new Item(1, "a"), new Item(2, "b"));
        await inMemory.RunAsync(new Item(1, "a"), new Item(2, "b"));

        Assert.True(result.Succeeded);
        Assert.Equal(Told(inMemory), Told(onDisk));
        Assert.Equal(inMemory.History.Blame<Item>(1, "Status").Select(blame => (blame.Version.Number, blame.New)), onDisk.History.Blame<Item>(1, "Status").Select(blame => (blame.Version.Number, blame.New)));
        Assert.Equal(inMemory.Items, onDisk.Items);
    }

    [Fact]
    public async Task A_branch_lies_beside_its_parent_and_goes_on_where_that_was_left_off()
    {
        var first = Work().Make(Options(), SqliteVersions.Storage);
        await first.RunAsync(new Item(1, "a"), new Item(2, "b"));

        var second = new ProducerUnderTest(Work().Code(), first.History[4], new ProducerOptions { Synchronous = true }, SqliteVersions.Storage);
        var result = await second.RunAsync();
        var third = new ProducerUnderTest(Work().Code(), second.History[2], new ProducerOptions { Synchronous = true }, SqliteVersions.Storage);
        await third.RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal(_directory, second.Directory);
        Assert.Equal(Told(first), Told(second));
        Assert.Equal(Told(first), Told(third));
        Assert.Equal(3, SqliteVersions.Storage.List(_directory).Count);
    }

    [Fact]
    public async Task A_branch_elsewhere_or_in_memory_begins_with_a_copy()
    {
        var first = Work().Make(Options(), SqliteVersions.Storage);
        await first.RunAsync(new Item(1, "a"), new Item(2, "b"));

        var inMemory = Work().From(first.History[4]);
        var elsewhere = new ProducerUnderTest(Work().Code(), first.History[4], new ProducerOptions { Directory = Path.Combine(_directory, "elsewhere") }, SqliteVersions.Storage);
        await inMemory.RunAsync();
        await elsewhere.RunAsync();

        Assert.Equal(first.Items, inMemory.Items);
        Assert.Equal(first.Items, elsewhere.Items);
        Assert.Equal("initial", elsewhere.History[0].Kind);
        Assert.Equal(inMemory.History.Count, elsewhere.History.Count);
    }

    [Fact]
    public async Task A_renamed_step_is_known_in_a_branch_of_a_branch()
    {
        var first = new Plans().Each("P", steps => steps.Step("Old")).Make(Options(), SqliteVersions.Storage);
        await first.RunAsync(new Item(1, "x"));
        Plans Renamed() => new Plans().Each("P", steps => steps.Step("New", _ => throw new IOException("must not run"), with: new Make { FormerNames = ["Old"] }));

        var second = new ProducerUnderTest(Renamed().Code(), first.History[^1], Options(), SqliteVersions.Storage);
        Assert.True((await second.RunAsync()).Succeeded);
        var third = new ProducerUnderTest(Renamed().Code(), second.History[^1], Options(), SqliteVersions.Storage);
        Assert.True((await third.RunAsync()).Succeeded);
    }

    [Fact]
    public async Task Without_a_directory_the_versions_go_to_a_new_one()
    {
        var producer = Work().Make(new ProducerOptions(), SqliteVersions.Storage);
        await producer.RunAsync();

        Assert.True(File.Exists(Path.Combine(producer.Directory!, "versions.db")));
        Directory.Delete(producer.Directory!, recursive: true);
    }

    [Fact]
    public async Task Thousands_of_steps_at_once_are_all_in_the_file_with_their_data()
    {
        var producer = new Plans().Each("P", steps => steps.StepAsync("S", async call =>
        {
            await Task.Yield();
            call.Changes.Update(call.Record with { Status = "done" });
        })).Make(new ProducerOptions { Directory = _directory }, SqliteVersions.Storage);
        var result = await producer.RunAsync([.. Enumerable.Range(1, 5_000).Select(id => new Item(id, "new"))]);

        Assert.True(result.Succeeded);
        Assert.Equal(10_001, producer.History.Count);
        Assert.All(producer.History[^1].Store.All<Item>(), item => Assert.Equal("done", item.Status));
        foreach (var version in producer.History.Where(version => version.Number % 997 == 1))
        {
            var done = version.Store.All<Item>().Count(item => item.Status == "done");
            Assert.Equal(producer.History.Take((int)version.Number + 1).Count(earlier => earlier.Kind == "step"), done);
        }
    }

    private static Plans Work() => new Plans()
        .Each("Records", steps => steps
            .Step("Mark", call => call.Changes.Update(call.Record with { Status = call.Record.Status + "!" }))
            .Step("Tag", call => call.Changes.Create(new Tag($"tag {call.Record.Id}", call.Record.Status))))
        .Pipeline("Once", steps => steps
            .Step("Delete", call => call.Changes.Delete<Item>(2))
            .Step("Create", call => call.Changes.Create(new Item(0, "created"))), open: call => call.Store.All<Tag>().Count == 2, reads: [1]);

    private static List<string> Told(ProducerUnderTest producer) => [.. producer.History.Select(version =>
        $"{version.Number} {version.Kind} {version.Pipeline} {version.Step} {version.Record} {version.Attempt}: "
        + string.Join("; ", version.Diff.Select(delta => $"{delta.Kind} {delta.Type} {delta.Id} {string.Join(", ", delta.Fields.Where(field => field.Name != "CompletedAt"))}")))];

    private ProducerOptions Options() => new() { Directory = _directory, Synchronous = true };
}
