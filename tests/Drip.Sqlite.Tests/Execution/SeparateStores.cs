using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Store;

namespace Drip.Sqlite.Tests.Execution;

/// <summary>A store that is in another place than the rows: the cursor beside the rows is the truth.</summary>
public sealed class SeparateStores
{
    [Fact]
    public async Task A_store_in_another_file_works()
    {
        await using var bench = new Workbench(Item.TableOf(50));
        bench.Store = new SqlStore(new SqliteStoreDatabase(bench.Open(bench.InFolder("store.db"))));
        bench.Script<Item>().CountTouches();

        var run = await bench.RunAsync("each-item", batchSize: 20);

        Assert.Equal((RunStatus.Completed, 50, 3), (run.Status, run.Counters.Scanned, run.Counters.Batches));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
        Assert.Equal(["drip_cursor", "drip_quarantine", "items"], bench.List<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"));
        Assert.Equal([1, 2, 3], (await bench.BatchesAsync(run)).Select(batch => batch.Number));
    }

    [Fact]
    public async Task A_store_in_memory_works()
    {
        await using var bench = new Workbench(Item.TableOf(50)) { Store = new InMemoryStore() };
        bench.Script<Item>().CountTouches();

        var run = await bench.RunAsync("item-batches", batchSize: 20);

        Assert.Equal((RunStatus.Completed, 50, 3), (run.Status, run.Counters.Scanned, run.Counters.Batches));
        Assert.Equal([20, 20, 10], (await bench.BatchesAsync(run)).Select(batch => batch.Size));
    }

    [Fact]
    public async Task A_batch_that_committed_before_the_store_heard_of_it_is_not_done_again()
    {
        await using var bench = new Workbench(Item.TableOf(50));
        var store = new InMemoryStore();
        bench.Store = new HookedStore(store, batch =>
        {
            if (batch.Number == 2) throw new DripException(DripErrorKind.Store, "gone", "The store is gone.", "Bring it back.");
        });
        bench.Script<Item>().CountTouches();
        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("each-item", batchSize: 10));
        Assert.Equal("gone", error.Code);
        Assert.Equal(20, bench.Ask<long>("SELECT sum(revision) FROM items"));

        bench.Store = store;
        var run = await bench.RunAsync("each-item", batchSize: 10);

        Assert.Equal((RunStatus.Completed, 50, 50, 5), (run.Status, run.Counters.Scanned, run.Counters.Processed, run.Counters.Batches));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Fact]
    public async Task A_store_that_is_busy_is_told_again_and_no_batch_is_repeated_for_it()
    {
        await using var bench = new Workbench(Item.TableOf(50));
        bench.Time = new Drip.Tests.Time.ManualTimeProvider { SkipsWaitsUpTo = TimeSpan.FromSeconds(10) };
        var refusals = 0;
        bench.Store = new HookedStore(new InMemoryStore(), batch =>
        {
            if (batch.Number == 2 && refusals++ < 3) throw new DripException(DripErrorKind.Busy, "database-locked", "The store is locked.", "Wait.");
        });
        bench.Script<Item>().CountTouches();

        var run = await bench.RunAsync("each-item", batchSize: 10, limit: 20);

        Assert.Equal((RunStatus.Completed, 20, 2), (run.Status, run.Counters.Scanned, run.Counters.Batches));
        Assert.Equal([1, 2], (await bench.BatchesAsync(run)).Select(batch => batch.Number));
        Assert.Equal(20, bench.Ask<long>("SELECT sum(revision) FROM items"));
    }

    [Fact]
    public async Task A_batch_that_could_not_be_recorded_in_its_own_transaction_is_rolled_back()
    {
        await using var bench = new Workbench(Item.TableOf(50));
        bench.Store = new HookedStore(bench.Store, batch =>
        {
            if (batch.Number == 3) throw new DripException(DripErrorKind.Store, "gone", "The store is gone.", "Bring it back.");
        });
        bench.Script<Item>().CountTouches();

        await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("each-item", batchSize: 10));

        Assert.Equal(20, bench.Ask<long>("SELECT sum(revision) FROM items"));
        Assert.Equal((2, 20), bench.List<(long, long)>("SELECT batches, scanned FROM drip_cursor").Single());
    }

    [Fact]
    public async Task Two_runs_that_draw_the_same_id_are_both_created()
    {
        await using var bench = new Workbench(Item.TableOf(1)) { Time = new Drip.Tests.Time.ManualTimeProvider() };
        var ids = new HashSet<string>();

        // In one and the same millisecond, so that only ten bits of chance tell the ids apart.
        for (var limit = 1; limit <= 120; limit++) ids.Add((await bench.StartAsync("each-item", limit: limit)).Run.Id);

        Assert.Equal(120, ids.Count);
    }
}
