using Dapper;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Execution;

[Backfill]
internal partial class ItemBatchesWithNotes(Script<Item> script)
{
    public Scope<Item> Scope() => script.Scope();

    public async Task<int> ProcessBatchAsync(Batch<Item> batch, Changes<Item> changes, Changes<Note> notes, BatchContext context, CancellationToken cancellationToken)
    {
        foreach (var item in batch.Rows)
        {
            changes.Update(item with { Revision = item.Revision + 1 });
            notes.Insert(new Note(0, $"{context.Job} {context.Number}: {context.From?.ToString() ?? "-"}..{context.To} ({context.Size}) {item.Name}"));
        }

        return await script.Batch(batch, cancellationToken);
    }
}

public sealed class BatchForm
{
    [Fact]
    public async Task The_author_says_how_many_rows_were_handled()
    {
        await using var bench = new Workbench(Item.TableOf(25));
        bench.Script<Item>().Batch = (batch, _) => Task.FromResult(batch.Size / 5);

        var run = await bench.RunAsync("item-batches", batchSize: 10);

        Assert.Equal((25, 5), (run.Counters.Scanned, run.Counters.Processed));
        Assert.Equal([2, 2, 1], (await bench.BatchesAsync(run)).Select(batch => batch.Processed));
    }

    [Fact]
    public async Task An_update_touches_exactly_the_range_of_the_batch_under_the_scope()
    {
        await using var bench = new Workbench(Item.TableOf(20));
        var script = bench.Script<Item>();
        script.Scope = () => Item.Where($"id % 3 = {0}");
        var touched = new List<int>();
        script.Batch = async (batch, cancellationToken) =>
        {
            touched.Add(await batch.UpdateAsync($"name = {"it's " + batch.To}, revision = revision + {1}", cancellationToken));
            return batch.Size;
        };

        await bench.RunAsync("item-batches", batchSize: 2);

        Assert.Equal([2, 2, 2], touched);
        Assert.Equal(
            [(3, "it's 6"), (6, "it's 6"), (9, "it's 12"), (12, "it's 12"), (15, "it's 18"), (18, "it's 18")],
            bench.List<(long, string)>("SELECT id, name FROM items WHERE revision = 1 ORDER BY id"));
        Assert.Equal(6, bench.Ask<long>("SELECT sum(revision) FROM items"));
    }

    [Fact]
    public async Task A_batch_knows_its_range()
    {
        await using var bench = new Workbench(Item.TableOf(5));
        var ranges = new List<(Key?, Key, int)>();
        bench.Script<Item>().Batch = (batch, _) =>
        {
            ranges.Add((batch.From, batch.To, batch.Size));
            return Task.FromResult(0);
        };

        await bench.RunAsync("item-batches", batchSize: 2);

        Assert.Equal([(null, 2, 2), (2, 4, 2), (4, 5, 1)], ranges);
    }

    [Fact]
    public async Task Changes_of_two_tables_and_of_rows_read_on_demand_are_written_together()
    {
        await using var bench = new Workbench(Item.TableOf(5) + Note.Table);

        var run = await bench.RunAsync("item-batches-with-notes", batchSize: 3);

        Assert.Null(run.Error);
        Assert.Equal(5, bench.Ask<long>("SELECT sum(revision) FROM items"));
        Assert.Equal(
            ["item-batches-with-notes 1: -..3 (3) item 1", "item-batches-with-notes 2: 3..5 (2) item 5"],
            bench.List<string>("SELECT text FROM notes WHERE id IN (1, 5) ORDER BY id"));
    }

    [Fact]
    public async Task The_authors_own_commands_and_the_changes_of_every_table_roll_back_with_the_batch()
    {
        await using var bench = new Workbench(Item.TableOf(6) + Note.Table);
        bench.Script<Item>().Batch = async (batch, _) =>
        {
            await batch.Connection.ExecuteAsync("INSERT INTO notes (text) VALUES (@text)", new { text = $"own {batch.To}" }, batch.Transaction);
            return batch.From is null ? batch.Size : throw new InvalidOperationException("No more.");
        };

        var run = await bench.RunAsync("item-batches-with-notes", batchSize: 3);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(["own 3"], bench.List<string>("SELECT text FROM notes WHERE text LIKE 'own%'"));
        Assert.Equal([1, 2, 3], bench.List<long>("SELECT id FROM items WHERE revision = 1"));
        Assert.Equal(4, bench.Ask<long>("SELECT count(*) FROM notes"));
    }

    [Fact]
    public async Task Many_different_updates_are_each_prepared_and_right()
    {
        await using var bench = new Workbench(Item.TableOf(200));
        bench.Script<Item>().Batch = (batch, cancellationToken) =>
        {
            // A list of another length is another statement.
            var ids = Enumerable.Range(0, (int)(long)batch.To.Parts[0]).ToArray();
            return batch.UpdateAsync($"revision = revision + 1, name = CASE WHEN id IN ({ids}) THEN 'in' ELSE 'last' END", cancellationToken);
        };

        var run = await bench.RunAsync("item-batches", batchSize: 1);

        Assert.Null(run.Error);
        Assert.Equal(200, bench.Ask<long>("SELECT sum(revision) FROM items WHERE name = 'last'"));
    }
}
