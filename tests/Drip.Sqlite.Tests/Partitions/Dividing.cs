using Drip.Data;
using Drip.Sqlite.Tests.Harness;
using Drip.Sqlite.Tests.Paging;

namespace Drip.Sqlite.Tests.Partitions;

public sealed class Dividing
{
    public static TheoryData<string> SmallTables => [.. KeyCase.All.Keys];

    public static TheoryData<string, int> LargeTables()
    {
        var data = new TheoryData<string, int>();
        foreach (var name in BigTables.All.Keys)
        {
            for (var seed = 1; seed <= 3; seed++) data.Add(name, seed);
        }

        return data;
    }

    [Theory, MemberData(nameof(SmallTables))]
    public async Task The_parts_of_a_small_table_hold_each_row_once_and_differ_by_one_row_at_most(string name)
    {
        await using var table = await KeyedTable.OpenAsync(KeyCase.All[name]);
        foreach (var parts in (int[])[1, 2, 3, 7, 1000])
        {
            var sizes = await WalkPartsAsync(table, $"run-{parts}", await table.DivideAsync(parts));

            Assert.Equal(Math.Min(parts, table.Keys.Length), sizes.Length);
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        }
    }

    [Theory, MemberData(nameof(LargeTables))]
    public async Task The_parts_of_a_large_table_hold_each_row_once_and_are_about_equal(string name, int seed)
    {
        await using var table = await BigTables.All[name](seed);

        var sizes = await WalkPartsAsync(table, "run", await table.DivideAsync(8));

        Assert.Equal(8, sizes.Length);
        var fair = table.Keys.Length / 8;
        Assert.InRange(sizes.Min(), fair / 2, fair);
        Assert.InRange(sizes.Max(), fair, fair * 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_table_of_no_row_or_one_is_not_divided(int rows)
    {
        await using var table = await KeyedTable.OpenAsync(new Workbench(Item.TableOf(rows)), scope: Scope<Item>.All);

        Assert.Empty(await table.DivideAsync(4));
    }

    [Fact]
    public async Task A_scope_that_holds_one_end_of_a_large_table_is_divided_there()
    {
        await using var table = await BigTables.OpenAsync(5, "id INTEGER PRIMARY KEY", "i", scope: Scope<LongKeyed>.Where($"id > {BigTables.Rows / 2}"));

        var sizes = await WalkPartsAsync(table, "run", await table.DivideAsync(4));

        Assert.Equal(4, sizes.Length);
        Assert.InRange(sizes.Min(), table.Keys.Length / 8, table.Keys.Length / 4);
    }

    [Fact]
    public async Task A_scope_of_hardly_any_rows_is_divided_where_its_table_is()
    {
        await using var table = await BigTables.OpenAsync(6, "id INTEGER PRIMARY KEY", "i", scope: Scope<LongKeyed>.Where($"id % {1000} = 0"));

        var sizes = await WalkPartsAsync(table, "run", await table.DivideAsync(4));

        Assert.Equal(4, sizes.Length);
        Assert.InRange(sizes.Min(), 1, 5);
    }

    [Fact]
    public async Task A_scope_that_is_a_SELECT_is_divided_into_equal_parts()
    {
        await using var table = await BigTables.OpenAsync(7, "id INTEGER PRIMARY KEY", "i", scope: Scope<LongKeyed>.Sql($"SELECT * FROM keyed WHERE id % {3} = 0"));

        var sizes = await WalkPartsAsync(table, "run", await table.DivideAsync(4));

        Assert.Equal([1666, 1667, 1666, 1667], sizes);
    }

    [Fact]
    public async Task Keys_outside_the_scope_that_cannot_be_read_do_no_harm()
    {
        await using var table = await BigTables.OpenAsync<TextKeyed>(8, "id TEXT UNIQUE", "printf('%06d', i)", scope: Scope<TextKeyed>.Where($"id LIKE {"0000%"}"));
        table.Bench.Execute("UPDATE keyed SET id = NULL WHERE id >= '001000'");
        table.Bench.Execute("UPDATE keyed SET id = CAST(x'80' || _rowid_ AS TEXT) WHERE id IS NULL AND _rowid_ % 2");

        await WalkPartsAsync(table, "run", await table.DivideAsync(2));
    }

    // Every row lies in one part, and the bounds are keys of rows in ascending order.
    private static async Task<int[]> WalkPartsAsync(KeyedTable table, string run, IReadOnlyList<Key> bounds)
    {
        var walked = new List<Key>();
        var sizes = new List<int>();
        foreach (var cursor in await table.Cursors.PlanAsync(run, bounds, null, default))
        {
            var keys = await table.ReadAsync(cursor.Rest);
            walked.AddRange(keys);
            sizes.Add(keys.Count);
        }

        Assert.Equal(table.Keys, walked);
        Assert.Equal(bounds.Count + 1, sizes.Count);
        return [.. sizes];
    }
}
