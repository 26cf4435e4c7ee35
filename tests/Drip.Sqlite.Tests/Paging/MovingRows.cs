using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Paging;

/// <summary>Rows that come and go while a scope is walked.</summary>
public sealed class MovingRows
{
    [Theory]
    [InlineData("each-item")]
    [InlineData("item-batches")]
    public async Task A_scope_that_loses_its_rows_by_the_change_itself_loses_none_of_its_work(string job)
    {
        await using var bench = new Workbench(Item.TableOf(100));
        var script = bench.Script<Item>().CountTouches();
        script.Scope = () => Item.Where($"revision = 0");

        var run = await bench.RunAsync(job, batchSize: 7);

        Assert.Equal((100, 100, 100L), (run.Counters.Scanned, run.Counters.Processed, run.Counters.Total));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Fact]
    public async Task Rows_deleted_ahead_are_not_met()
    {
        await using var bench = new Workbench(Item.TableOf(20));
        var met = new List<long>();
        bench.Script<Item>().Element = (item, changes) =>
        {
            met.Add(item.Id);
            if (item.Id == 5) for (var id = 6; id <= 10; id++) changes.Delete(id);
        };

        var run = await bench.RunAsync("each-item", batchSize: 5);

        Assert.Null(run.Error);
        Assert.Equal([1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], met);
    }

    [Fact]
    public async Task Rows_inserted_ahead_are_met_and_rows_inserted_behind_are_not()
    {
        await using var bench = new Workbench(Item.TableOf(4));
        var met = new List<long>();
        bench.Script<Item>().Element = (item, changes) =>
        {
            met.Add(item.Id);
            if (item.Id != 3) return;
            changes.Insert(new Item(-7, "behind", 0));
            changes.Insert(new Item(50, "ahead", 0));
        };

        await bench.RunAsync("each-item", batchSize: 2);

        Assert.Equal([1, 2, 3, 4, 50], met);
        Assert.Equal(6, bench.Ask<long>("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task Rows_deleted_by_their_own_batch_are_each_met_once()
    {
        await using var bench = new Workbench(Item.TableOf(23));
        bench.Script<Item>().Batch = (batch, cancellationToken) => batch.DeleteAsync(cancellationToken);

        var run = await bench.RunAsync("item-batches", batchSize: 5);

        Assert.Equal((23, 23, 5), (run.Counters.Scanned, run.Counters.Processed, run.Counters.Batches));
        Assert.Equal(0, bench.Ask<long>("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task Deleting_a_batch_leaves_rows_outside_the_scope_and_outside_the_range()
    {
        await using var bench = new Workbench(Item.TableOf(20));
        var script = bench.Script<Item>();
        script.Scope = () => Item.Where($"id % 2 = {0}");
        script.Batch = (batch, cancellationToken) => batch.DeleteAsync(cancellationToken);

        await bench.RunAsync("item-batches", batchSize: 3, limit: 6);

        Assert.Equal([1, 3, 5, 7, 9, 11, 13, 14, 15, 16, 17, 18, 19, 20], bench.List<long>("SELECT id FROM items ORDER BY id"));
    }

    [Fact]
    public async Task A_unique_index_that_tells_apart_what_the_walk_does_not_is_no_key()
    {
        await using var bench = new Workbench("CREATE TABLE keyed (id TEXT COLLATE NOCASE NOT NULL, wanted, revision); CREATE UNIQUE INDEX exact ON keyed (id COLLATE BINARY)");
        bench.Execute("INSERT INTO keyed VALUES ('a', 1, 0), ('A', 1, 0)");
        bench.Services.Add(new Walk());

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("touch-text-keyed", batchSize: 1));

        Assert.Equal((DripErrorKind.Usage, "key-not-unique"), (error.Kind, error.Code));
        Assert.Equal(RunStatus.Failed, Assert.Single(await bench.Store.ListAsync(new Store.RunFilter())).Status);
    }

    [Theory]
    [InlineData("CREATE TABLE keyed (id TEXT NOT NULL, wanted, revision)")]
    [InlineData("CREATE TABLE keyed (id TEXT NOT NULL, wanted, revision); CREATE INDEX plain ON keyed (id)")]
    [InlineData("CREATE TABLE keyed (id TEXT NOT NULL, wanted, revision); CREATE UNIQUE INDEX part ON keyed (id) WHERE wanted")]
    [InlineData("CREATE TABLE keyed (id TEXT NOT NULL, wanted, revision); CREATE UNIQUE INDEX lower ON keyed (lower(id))")]
    [InlineData("CREATE TABLE keyed (id TEXT NOT NULL, wanted, revision, PRIMARY KEY (id, wanted))")]
    public async Task A_key_that_nothing_makes_unique_is_refused(string schema)
    {
        await using var bench = new Workbench(schema);
        bench.Services.Add(new Walk());

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("touch-text-keyed"));

        Assert.Equal("key-not-unique", error.Code);
        Assert.Contains("CREATE UNIQUE INDEX", error.Remedy);
    }

    [Fact]
    public async Task A_key_that_is_NULL_is_refused_unless_the_scope_leaves_it_out()
    {
        await using var bench = new Workbench("CREATE TABLE keyed (id TEXT PRIMARY KEY, wanted, revision); INSERT INTO keyed VALUES ('a', 1, 0), (NULL, 0, 0)");
        bench.Services.Add(new Walk());
        await bench.RunAsync("touch-text-keyed");

        bench.Execute("UPDATE keyed SET wanted = 1");

        Assert.Equal("null-key", (await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("touch-text-keyed"))).Code);
        Assert.Equal([1, 0], bench.List<int>("SELECT revision FROM keyed ORDER BY id DESC"));
    }
}
