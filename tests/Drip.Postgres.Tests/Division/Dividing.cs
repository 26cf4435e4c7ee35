using Drip.Data;

namespace Drip.Postgres.Tests.Division;

public sealed class Dividing
{
    public static TheoryData<string> Tables => [.. KeyedTable.All.Keys];

    [Theory, MemberData(nameof(Tables))]
    public async Task The_parts_of_a_small_table_hold_each_row_once_and_differ_by_one_row_at_most(string name)
    {
        await using var table = await KeyedTable.All[name](50);
        foreach (var parts in (int[])[1, 2, 3, 7, 1000])
        {
            var sizes = await WalkPartsAsync(table, $"run-{parts}", await table.DivideAsync(parts));

            Assert.Equal(Math.Min(parts, table.Keys.Length), sizes.Length);
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task The_parts_of_a_large_table_hold_each_row_once_and_are_about_equal(string name)
    {
        await using var table = await KeyedTable.All[name](20_000);

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
        await using var table = await KeyedTable.All["text"](rows);

        Assert.Empty(await table.DivideAsync(4));
    }

    [Fact]
    public async Task A_table_of_more_pages_than_are_looked_at_is_divided_by_some_of_them()
    {
        // 40,000 rows of which two have room in a page.
        await using var table = await KeyedTable.OpenAsync<NumberKeyed>(
            "id bigint PRIMARY KEY, filler text DEFAULT repeat('x', 3000)", "i, repeat('x', 3000)", 0, scope: Scope<NumberKeyed>.All);
        await table.Server.ExecuteAsync("ALTER TABLE keyed ALTER filler SET STORAGE PLAIN; INSERT INTO keyed SELECT i, repeat('x', 3000), true FROM generate_series(1, 40000) AS i; ANALYZE keyed");

        var bounds = await table.DivideAsync(4);

        Assert.Equal(3, bounds.Count);
        for (var i = 0; i < 3; i++) Assert.InRange((long)bounds[i].Parts[0], (i + 1) * 10_000L - 2_000, (i + 1) * 10_000L + 2_000);
    }

    [Fact]
    public async Task A_scope_that_holds_one_end_of_a_large_table_is_divided_there()
    {
        await using var table = await KeyedTable.OpenAsync("id bigint PRIMARY KEY", "i", 20_000, scope: Scope<NumberKeyed>.Where($"id > {10_000}"));

        var sizes = await WalkPartsAsync(table, "run", await table.DivideAsync(4));

        Assert.Equal(4, sizes.Length);
        Assert.InRange(sizes.Min(), table.Keys.Length / 8, table.Keys.Length / 4);
    }

    [Fact]
    public async Task A_scope_of_hardly_any_rows_is_divided_where_its_table_is()
    {
        await using var table = await KeyedTable.OpenAsync("id bigint PRIMARY KEY", "i", 20_000, scope: Scope<NumberKeyed>.Where($"id % {1000} = 0"));

        var sizes = await WalkPartsAsync(table, "run", await table.DivideAsync(4));

        Assert.Equal(4, sizes.Length);
        Assert.InRange(sizes.Min(), 1, 5);
    }

    [Fact]
    public async Task A_scope_that_is_a_SELECT_is_divided_into_equal_parts()
    {
        await using var table = await KeyedTable.OpenAsync("id bigint PRIMARY KEY", "i", 20_000, scope: Scope<NumberKeyed>.Sql($"SELECT * FROM keyed WHERE id % {3} = 0"));

        var sizes = await WalkPartsAsync(table, "run", await table.DivideAsync(4));

        Assert.Equal([1666, 1667, 1666, 1667], sizes);
    }

    [Fact]
    public async Task Keys_outside_the_scope_that_no_walk_can_reach_do_no_harm()
    {
        await using var table = await KeyedTable.OpenAsync("id timestamptz UNIQUE", "timestamptz '2024-01-01Z' + i * interval '1 s'", 20,
            scope: Scope<MomentKeyed>.Where($"id BETWEEN {new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc)} AND {new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc)}"));
        await table.Server.ExecuteAsync("INSERT INTO keyed SELECT NULL, true FROM generate_series(1, 15000); INSERT INTO keyed VALUES ('infinity', true), ('-infinity', true)");

        foreach (var key in await table.DivideAsync(3)) Assert.Equal(2024, ((DateTime)key.Parts[0]).Year);
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
