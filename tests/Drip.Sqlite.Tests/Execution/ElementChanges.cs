using Drip.Runs;
using Drip.Sqlite.Tests.Codec;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Execution;

[Backfill]
internal partial class EachItemWithNotes(Action<Item, Changes<Item>, Changes<Note>> each)
{
    public Scope<Item> Scope() => Item.All;

    public void ProcessElement(Item item, Changes<Note> notes, Changes<Item> changes) => each(item, changes, notes);
}

public sealed class ElementChanges
{
    private const string Log = """
        CREATE TABLE log (what TEXT);
        CREATE TRIGGER named AFTER UPDATE OF name ON items BEGIN INSERT INTO log VALUES ('name ' || NEW.id); END;
        CREATE TRIGGER revised AFTER UPDATE OF revision ON items BEGIN INSERT INTO log VALUES ('revision ' || NEW.id); END;
        """;

    [Fact]
    public async Task Only_columns_that_differ_are_written_and_an_unchanged_row_not_at_all()
    {
        await using var bench = new Workbench(Item.TableOf(3) + Log);
        bench.Script<Item>().Element = (item, changes) => changes.Update(item.Id switch
        {
            1 => item with { Name = "item " + 1 },
            2 => item with { Name = "two" },
            _ => item with { Revision = 3 },
        });

        await bench.RunAsync("each-item");

        Assert.Equal(["name 2", "revision 3"], bench.List<string>("SELECT what FROM log"));
    }

    [Fact]
    public async Task Two_updates_of_one_row_are_both_compared_with_what_was_read()
    {
        await using var bench = new Workbench(Item.TableOf(2) + Log);
        bench.Script<Item>().Element = (item, changes) =>
        {
            changes.Update(item with { Name = "first" });
            changes.Update(item with { Revision = 9 });
        };

        await bench.RunAsync("each-item");

        Assert.Equal([("first", 9), ("first", 9)], bench.List<(string, int)>("SELECT name, revision FROM items"));
    }

    [Fact]
    public async Task A_row_of_the_page_is_found_whichever_order_the_updates_come_in()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        var read = new List<Item>();
        bench.Script<Item>().Element = (item, changes) =>
        {
            read.Add(item);
            if (item.Id == 10) read.AsEnumerable().Reverse().ToList().ForEach(row => changes.Update(row with { Revision = (int)row.Id }));
        };

        await bench.RunAsync("each-item");

        Assert.Equal(10, bench.Ask<long>("SELECT count(*) FROM items WHERE revision = id AND name = 'item ' || id"));
    }

    [Fact]
    public async Task A_row_that_was_not_read_is_written_whole_by_its_key()
    {
        await using var bench = new Workbench(Item.TableOf(5));
        bench.Script<Item>().Element = (_, changes) => changes.Update(new Item(4, "whole", 40));

        await bench.RunAsync("each-item", batchSize: 1, limit: 1);

        Assert.Equal([("whole", 40)], bench.List<(string, int)>("SELECT name, revision FROM items WHERE id = 4"));
    }

    [Fact]
    public async Task Columns_are_set_by_key()
    {
        await using var bench = new Workbench(Item.TableOf(5));
        bench.Script<Item>().Element = (item, changes) => changes.Update(6 - item.Id, $"name = name || {"!"}, revision = {item.Id}");

        await bench.RunAsync("each-item");

        Assert.Equal(5, bench.Ask<long>("SELECT count(*) FROM items WHERE revision = 6 - id AND name = 'item ' || id || '!'"));
    }

    [Fact]
    public async Task A_key_of_0_asks_for_the_next_one()
    {
        await using var bench = new Workbench(Item.TableOf(2));
        bench.Script<Item>().Element = (item, changes) => changes.Insert(item with { Id = 0, Name = "copy of " + item.Name });

        await bench.RunAsync("each-item", limit: 2);

        Assert.Equal([(3, "copy of item 1"), (4, "copy of item 2")], bench.List<(long, string)>("SELECT id, name FROM items WHERE id > 2 ORDER BY id"));
    }

    [Fact]
    public async Task Rows_are_deleted_as_read_and_by_key()
    {
        await using var bench = new Workbench(Item.TableOf(6));
        bench.Script<Item>().Element = (item, changes) =>
        {
            if (item.Id == 2) changes.Delete(item);
            if (item.Id == 4) changes.Delete(5);
        };

        await bench.RunAsync("each-item");

        Assert.Equal([1, 3, 4, 6], bench.List<long>("SELECT id FROM items ORDER BY id"));
    }

    [Fact]
    public async Task Another_table_is_written_in_the_same_transaction()
    {
        await using var bench = new Workbench(Item.TableOf(4) + Note.Table);
        bench.Services.Add<Action<Item, Changes<Item>, Changes<Note>>>((item, changes, notes) =>
        {
            changes.Update(item with { Revision = 1 });
            notes.Insert(new Note(item.Id, item.Name));
            if (item.Id > 2) notes.Delete(item.Id - 2);
        });

        var run = await bench.RunAsync("each-item-with-notes", batchSize: 2);

        Assert.Null(run.Error);
        Assert.Equal(["item 3", "item 4"], bench.List<string>("SELECT text FROM notes ORDER BY id"));
        Assert.Equal(4, bench.Ask<long>("SELECT sum(revision) FROM items"));
    }

    [Theory]
    [InlineData("update")]
    [InlineData("set")]
    [InlineData("delete")]
    public async Task A_row_that_is_not_there_fails_the_run(string kind)
    {
        await using var bench = new Workbench(Item.TableOf(4));
        bench.Script<Item>().Element = (item, changes) =>
        {
            changes.Update(item with { Revision = 1 });
            if (item.Id != 3) return;
            if (kind == "update") changes.Update(new Item(99, "", 0));
            else if (kind == "set") changes.Update(99, $"revision = 1");
            else changes.Delete(99);
        };

        var run = await bench.RunAsync("each-item", batchSize: 2);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("items has no row with the key 99", run.Error!.Message);
        Assert.Equal([1, 2, 4], bench.List<long>("SELECT id FROM items WHERE revision = 1 ORDER BY id"));
    }

    [Fact]
    public async Task A_hundred_combinations_of_columns_are_each_written_right()
    {
        await using var bench = new Workbench(ColumnRows.TableOf<Wide>());
        bench.Execute($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO wide SELECT i, {string.Join(", ", Enumerable.Repeat(0, 100))} FROM n");
        var members = ColumnRows.Members<Wide>();
        bench.Script<Wide>().Element = (row, changes) =>
        {
            // A copy that differs in one column, another for each row.
            var changed = row with { };
            members[(int)row.Id].Member.SetValue(changed, (int)row.Id);
            changes.Update(changed);
        };

        var run = await bench.RunAsync("each-wide");

        Assert.Null(run.Error);
        Assert.Equal(5050, bench.Ask<long>($"SELECT sum({string.Join(" + ", members.Skip(1).Select(member => member.Column))}) FROM wide"));
        Assert.Equal(42, bench.Ask<long>("SELECT c42 FROM wide WHERE id = 42"));
    }
}
