using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Execution;

[Backfill]
internal partial class CannotBeMade
{
    public CannotBeMade() => throw new InvalidOperationException("Not today.");

    public Scope<Item> Scope() => Item.All;

    public void ProcessElement(Item item) => throw new InvalidOperationException($"Never reached for {item}.");
}

public sealed class Failures
{
    [Theory]
    [InlineData("each-item")]
    [InlineData("item-batches")]
    public async Task A_method_that_throws_at_a_row_fails_the_run_and_the_rest_of_the_batch_is_applied(string job)
    {
        await using var bench = new Workbench(Item.TableOf(50));
        var script = bench.Script<Item>();
        script.Element = (item, changes) =>
        {
            if (item.Id == 27) throw new FormatException("'27' is not welcome.");
            changes.Update(item with { Revision = 1 });
        };
        script.Batch = async (batch, cancellationToken) =>
        {
            var count = await batch.UpdateAsync($"revision = 1", cancellationToken);
            return batch.Rows.Any(item => item.Id == 27) ? throw new FormatException("'27' is not welcome.") : count;
        };

        var run = await bench.RunAsync(job, batchSize: 10);

        Assert.Equal((RunStatus.Failed, null), (run.Status, run.Owner));
        Assert.NotNull(run.FinishedAt);
        Assert.Equal(("System.FormatException", "'27' is not welcome."), (run.Error!.Type, run.Error.Message));
        Assert.Contains(nameof(A_method_that_throws_at_a_row_fails_the_run_and_the_rest_of_the_batch_is_applied), run.Error.Stack);
        Assert.Equal("27", run.Error.Element);
        Assert.Equal((30, 29, 3, 1), (run.Counters.Scanned, run.Counters.Processed, run.Counters.Batches, run.Counters.Quarantined));
        Assert.Equal(29, bench.Ask<long>("SELECT count(*) FROM items WHERE revision = 1"));
        var failed = (await bench.BatchesAsync(run))[^1];
        Assert.Equal((3, RunStatus.Failed, "20", "30", 10, 9), (failed.Number, failed.Status, failed.From, failed.To, failed.Size, failed.Processed));
        Assert.Equal(run.Error, failed.Error);
    }

    [Theory]
    [InlineData("update")]
    [InlineData("insert")]
    [InlineData("set")]
    [InlineData("note")]
    public async Task A_row_that_the_database_refuses_fails_the_run_and_is_named(string kind)
    {
        await using var bench = new Workbench(Item.TableOf(20) + "CREATE UNIQUE INDEX once ON items (name);" + Note.Table);
        bench.Services.Add<Action<Item, Changes<Item>, Changes<Note>>>((item, changes, notes) =>
        {
            changes.Update(item with { Revision = 1 });
            if (item.Id != 14) return;
            if (kind == "update") changes.Update(item with { Name = "item 20" });
            else if (kind == "insert") changes.Insert(item with { Name = "unique" });
            else if (kind == "set") changes.Update(14, $"name = {"item 20"}");
            else notes.Insert(new Note(1, null!));
        });

        var run = await bench.RunAsync("each-item-with-notes", batchSize: 5);

        Assert.Equal((RunStatus.Failed, "14"), (run.Status, run.Error!.Element));
        Assert.Contains("constraint failed", run.Error.Message);
        Assert.Equal(14, bench.Ask<long>("SELECT sum(revision) FROM items"));
        Assert.Equal((RunStatus.Failed, "15"), (await bench.BatchesAsync(run)) is [.., var last] ? (last.Status, last.To) : default);
    }

    [Fact]
    public async Task A_job_that_cannot_be_made_fails_the_run()
    {
        await using var bench = new Workbench(Item.TableOf(2));

        var run = await bench.RunAsync("cannot-be-made");

        Assert.Equal((RunStatus.Failed, "Not today."), (run.Status, run.Error!.Message));
        Assert.Empty(await bench.BatchesAsync(run));
    }

    [Fact]
    public async Task A_scope_that_throws_fails_the_run()
    {
        await using var bench = new Workbench(Item.TableOf(2));
        bench.Script<Item>().Scope = () => throw new ArithmeticException("No such scope.");

        var run = await bench.RunAsync("each-item");

        Assert.Equal((RunStatus.Failed, "System.ArithmeticException", "No such scope."), (run.Status, run.Error!.Type, run.Error.Message));
    }

    [Fact]
    public async Task A_scope_that_is_no_SQL_fails_the_run_with_what_the_database_says()
    {
        await using var bench = new Workbench(Item.TableOf(2));
        bench.Script<Item>().Scope = () => Item.Where($"id = = 1");

        var run = await bench.RunAsync("each-item");

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("syntax error", run.Error!.Message);
    }

    [Fact]
    public async Task A_table_that_is_not_there_fails_the_run_and_the_nearest_name_is_offered()
    {
        await using var bench = new Workbench(Item.Table.Replace("items", "itemz"));

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("each-item"));

        Assert.Equal("missing-table", error.Code);
        Assert.Contains("Did you mean 'itemz'?", error.Remedy);
    }

    [Fact]
    public async Task A_column_that_is_not_there_fails_the_run_and_the_nearest_name_is_offered()
    {
        await using var bench = new Workbench(Item.Table.Replace("revision", "revisions"));

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("each-item"));

        Assert.Equal("missing-column", error.Code);
        Assert.Contains("[Column(\"revisions\")] on Revision", error.Remedy);
    }

    [Fact]
    public async Task A_failed_run_is_over_and_the_next_start_makes_another()
    {
        await using var bench = new Workbench(Item.TableOf(2));
        bench.Script<Item>().Element = (_, _) => throw new FormatException();
        var failed = await bench.RunAsync("each-item");
        bench.Script<Item>().CountTouches();

        var held = await bench.StartAsync("each-item");

        Assert.False(held.TakenUp);
        Assert.NotEqual(failed.Id, held.Run.Id);
        Assert.Equal(RunStatus.Completed, (await bench.ExecuteAsync(held)).Status);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        await using var bench = new Workbench(Item.TableOf(2));
        bench.Script<Item>().Element = (_, _) => throw new OperationCanceledException("Out of patience.");

        var run = await bench.RunAsync("each-item");

        Assert.Equal((RunStatus.Failed, "Out of patience."), (run.Status, run.Error!.Message));
    }
}
