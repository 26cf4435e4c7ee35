using Drip.Data;
using Drip.Jobs;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Isolation;

/// <summary>Rows that fail (B19): found, set apart with their error, and the rest is applied.</summary>
public sealed class PoisonRows
{
    [Theory]
    [InlineData("each-fragile-item")]
    [InlineData("fragile-item-batches")]
    public async Task Whatever_rows_fail_all_others_are_applied_once(string job)
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var (rows, size) = (random.Next(1, 90), random.Next(1, 40));
            var poisoned = Enumerable.Range(0, random.Next(0, 8)).Select(_ => (long)random.Next(1, rows + 1)).ToHashSet();
            await using var bench = new Workbench(Item.TableOf(rows));
            var tries = bench.Script<Item>().Throw(poisoned);

            var run = await bench.RunAsync(job, batchSize: size);

            Assert.True(run.Status == RunStatus.Completed, $"seed {seed}: {run.Error?.Message}");
            Assert.Equal((rows, rows - poisoned.Count, poisoned.Count), (run.Counters.Scanned, run.Counters.Processed, run.Counters.Quarantined));
            Assert.Equal(poisoned.Order(), bench.List<long>("SELECT id FROM items WHERE revision = 0 ORDER BY id"));
            Assert.Equal(rows - poisoned.Count, bench.Ask<long>("SELECT count(*) FROM items WHERE revision = 1"));
            var quarantine = await bench.Engine().ListQuarantineAsync(run.Id);
            Assert.Equal(poisoned.Order().Select(id => (id.ToString(), $"{id} is poisoned.", "System.FormatException")),
                quarantine.Select(row => (row.Key.ToString(), row.Error.Message, row.Error.Type)));
            if (job == "fragile-item-batches") AssertFew(tries, rows, size, poisoned, seed);
        }
    }

    // k rows that fail in a batch of n cost at most k (log2 n + 1) tries more than the one that every batch costs.
    private static void AssertFew(List<int> tries, int rows, int size, HashSet<long> poisoned, int seed)
    {
        var most = 0;
        for (var from = 0; from < rows; from += size)
        {
            var count = Math.Min(size, rows - from);
            var failing = poisoned.Count(id => id > from && id <= from + count);
            most += 1 + (failing * ((int)Math.Ceiling(Math.Log2(count)) + 1));
        }

        Assert.True(tries.Count <= most, $"seed {seed}: {tries.Count} tries, and {most} is the most");
    }

    [Fact]
    public async Task Rows_that_come_one_by_one_are_handed_over_at_most_twice_when_another_fails()
    {
        await using var bench = new Workbench(Item.TableOf(20));
        var handed = new Dictionary<long, int>();
        bench.Script<Item>().Element = (item, changes) =>
        {
            handed[item.Id] = handed.GetValueOrDefault(item.Id) + 1;
            changes.Update(item with { Revision = 1 });
            if (item.Id is 7 or 13) throw new FormatException();
        };

        var run = await bench.RunAsync("each-fragile-item", batchSize: 20);

        Assert.Equal((RunStatus.Completed, 18), (run.Status, run.Counters.Processed));
        Assert.All(handed.Values, times => Assert.InRange(times, 1, 2));
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_is_set_apart_by_the_write_that_fails()
    {
        await using var bench = new Workbench(Item.TableOf(40) + "CREATE TRIGGER odd BEFORE UPDATE ON items WHEN NEW.id IN (11, 12, 40) BEGIN SELECT RAISE(ABORT, 'odd row'); END;");
        bench.Script<Item>().CountTouches();

        var run = await bench.RunAsync("each-fragile-item", batchSize: 20);

        Assert.Equal((RunStatus.Completed, 37, 3), (run.Status, run.Counters.Processed, run.Counters.Quarantined));
        Assert.Equal([11, 12, 40], bench.List<long>("SELECT id FROM items WHERE revision = 0 ORDER BY id"));
        Assert.All(await bench.Engine().ListQuarantineAsync(run.Id), row => Assert.Contains("odd row", row.Error.Message));
    }

    [Fact]
    public async Task A_statement_over_the_whole_batch_that_the_database_refuses_is_halved_to_the_row()
    {
        await using var bench = new Workbench(Item.TableOf(64) + "CREATE TRIGGER odd BEFORE UPDATE ON items WHEN NEW.id = 23 BEGIN SELECT RAISE(FAIL, 'odd row'); END;");
        bench.Script<Item>().CountTouches();

        var run = await bench.RunAsync("fragile-item-batches", batchSize: 64);

        Assert.Equal((RunStatus.Completed, 63, 1), (run.Status, run.Counters.Processed, run.Counters.Quarantined));
        Assert.Equal([23], bench.List<long>("SELECT id FROM items WHERE revision <> 1"));
    }

    [Theory]
    [InlineData("each-item")]
    [InlineData("item-batches")]
    public async Task A_failure_that_does_not_come_again_is_no_rows_fault(string job)
    {
        await using var bench = new Workbench(Item.TableOf(30));
        var (calls, script) = (0, bench.Script<Item>().CountTouches());
        var (element, batch) = (script.Element, script.Batch);
        script.Element = (item, changes) =>
        {
            if (++calls == 15) throw new TimeoutException();
            element(item, changes);
        };
        script.Batch = (all, token) => ++calls == 2 ? throw new TimeoutException() : batch(all, token);

        var run = await bench.RunAsync(job, batchSize: 10);

        Assert.Equal((RunStatus.Completed, 30, 0), (run.Status, run.Counters.Processed, run.Counters.Quarantined));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Fact]
    public async Task A_change_that_makes_the_database_roll_back_everything_fails_the_run_and_loses_nothing()
    {
        await using var bench = new Workbench(Item.TableOf(30) + "CREATE TRIGGER odd BEFORE UPDATE ON items WHEN NEW.id = 23 BEGIN SELECT RAISE(ROLLBACK, 'odd row'); END;");
        bench.Script<Item>().CountTouches();

        var run = await bench.RunAsync("fragile-item-batches", batchSize: 10);

        Assert.Equal((RunStatus.Failed, 20), (run.Status, run.Counters.Scanned));
        Assert.Contains("roll back the whole batch", run.Error!.Message);
        Assert.Equal(20, bench.Ask<long>("SELECT sum(revision) FROM items"));
    }

    [Theory]
    [InlineData(50, 5, RunStatus.Completed)]
    [InlineData(50, 6, RunStatus.Failed)]
    public async Task A_share_of_the_rows_may_fail(int rows, int failing, RunStatus status)
    {
        await using var bench = new Workbench(Item.TableOf(rows));
        bench.Script<Item>().Throw([.. Enumerable.Range(1, failing).Select(id => (long)id * 8)]);

        Assert.Equal(status, (await bench.RunAsync("a-tenth-may-fail", batchSize: 10)).Status);
    }

    [Fact]
    public async Task Where_no_row_may_fail_the_first_one_ends_the_run_with_the_rest_of_its_batch_applied()
    {
        await using var bench = new Workbench(Item.TableOf(50));
        bench.Script<Item>().Throw([14]);

        var run = await bench.RunAsync("item-batches", batchSize: 10);

        Assert.Equal((RunStatus.Failed, "14", 20, 19), (run.Status, run.Error!.Element, run.Counters.Scanned, run.Counters.Processed));
        Assert.Equal(19, bench.Ask<long>("SELECT sum(revision) FROM items"));
    }

    [Fact]
    public async Task Where_every_row_fails_a_run_ends_after_few_tries()
    {
        await using var bench = new Workbench(Item.TableOf(1024));
        var tries = bench.Script<Item>().Throw([.. Enumerable.Range(1, 1024).Select(id => (long)id)]);

        var run = await bench.RunAsync("item-batches", batchSize: 1024);

        Assert.Equal((RunStatus.Failed, "1", 1, 0), (run.Status, run.Error!.Element, run.Counters.Scanned, run.Counters.Processed));
        Assert.InRange(tries.Count, 1, 13);
    }
}
