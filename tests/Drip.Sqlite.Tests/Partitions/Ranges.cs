using Drip.Data;
using Drip.Sqlite.Tests.Harness;
using Drip.Sqlite.Tests.Paging;

namespace Drip.Sqlite.Tests.Partitions;

/// <summary>What a batch reads and writes of a range that has both ends, or is one key.</summary>
public sealed class Ranges
{
    public static TheoryData<string> Tables => [.. KeyCase.All.Keys];

    [Theory, MemberData(nameof(Tables))]
    public async Task Each_range_of_each_table_is_read_in_pages_to_its_end(string name)
    {
        await using var table = await KeyedTable.OpenAsync(KeyCase.All[name]);
        var keys = table.Keys;
        for (var after = -1; after < keys.Length; after++)
        {
            for (var to = Math.Max(after, 0); to <= keys.Length; to++)
            {
                var range = new KeyRange(after < 0 ? null : keys[after], to == keys.Length ? null : keys[to]);

                Assert.Equal(keys[(after + 1)..Math.Min(to + 1, keys.Length)], await table.ReadAsync(range));
            }
        }

        foreach (var key in keys) Assert.Equal([key], await table.ReadAsync(KeyRange.Of(key)));
    }

    [Fact]
    public async Task A_page_ends_where_its_range_does()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        await using var table = await new SqliteData(bench.Database).OpenAsync(Scope<Item>.All, default);
        await using var transaction = await table.BeginAsync(default);
        var rows = new Item[4];

        Assert.Equal(new PageEnd(6L, 4), await transaction.FindPageAsync(new KeyRange(2L, 8L), 4, default));
        Assert.Equal(new PageEnd(8L, 2), await transaction.FindPageAsync(new KeyRange(6L, 8L), 4, default));
        Assert.Equal(default, await transaction.FindPageAsync(new KeyRange(8L, 8L), 4, default));
        Assert.Equal(new PageEnd(2L, 2), await transaction.FindPageAsync(new KeyRange(null, 2L), 4, default));
        Assert.Equal(new PageEnd(5L, 1), await transaction.FindPageAsync(KeyRange.Of(5L), 4, default));
        Assert.Equal(new PageEnd(6L, 4), await transaction.ReadPageAsync(new KeyRange(2L, 8L), rows, default));
        Assert.Equal(new PageEnd(8L, 2), await transaction.ReadPageAsync(new KeyRange(6L, 8L), rows, default));
        Assert.Equal([7, 8], rows[..2].Select(row => row.Id));
        Assert.Equal(new PageEnd(5L, 1), await transaction.ReadPageAsync(KeyRange.Of(5L), rows, default));
        Assert.Equal(1, transaction.ReadRange(KeyRange.Of(9L), rows));
        Assert.Equal(9, rows[0].Id);
    }

    [Fact]
    public async Task A_range_of_one_key_is_that_row_alone_and_only_inside_the_scope()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        await using var table = await new SqliteData(bench.Database).OpenAsync(Item.Where($"id % {2} = 0"), default);
        await using (var transaction = await table.BeginAsync(default))
        {
            Assert.Equal(1, await transaction.UpdateAsync(Moving.Set($"revision = {5}"), KeyRange.Of(4L), default));
            Assert.Equal(0, await transaction.UpdateAsync(Moving.Set($"revision = {5}"), KeyRange.Of(3L), default));
            Assert.Equal(1, await transaction.DeleteAsync(KeyRange.Of(8L), default));
            Assert.Equal(0, await transaction.DeleteAsync(KeyRange.Of(7L), default));
            Assert.Equal(default, await transaction.FindPageAsync(KeyRange.Of(7L), 1, default));
            await transaction.CommitAsync(default);
        }

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 9, 10], bench.List<long>("SELECT id FROM items ORDER BY id"));
        Assert.Equal([4], bench.List<long>("SELECT id FROM items WHERE revision = 5"));
    }

    [Fact]
    public async Task A_range_of_one_key_of_several_columns_is_that_row_alone()
    {
        await using var bench = KeyCase.All["two columns"].Lay();
        await using var table = await new SqliteData(bench.Database).OpenAsync(Scope<PairKeyed>.All, default);
        await using (var transaction = await table.BeginAsync(default))
        {
            Assert.Equal(1, await transaction.UpdateAsync(Moving.Set($"revision = 1"), KeyRange.Of(Key.Of("eu", 1L)), default));
            await transaction.CommitAsync(default);
        }

        Assert.Equal(["eu1"], bench.List<string>("SELECT region || n FROM keyed WHERE revision = 1"));
    }

    [Theory]
    [InlineData("long with gaps and negatives")]
    [InlineData("text that ignores case")]
    [InlineData("two columns")]
    [InlineData("three columns without row numbers")]
    public async Task A_page_with_both_ends_seeks_both(string name)
    {
        var plan = name.StartsWith("two", StringComparison.Ordinal) ? Plan<PairKeyed>(name)
            : name.StartsWith("three", StringComparison.Ordinal) ? Plan<TripleKeyed>(name)
            : name.StartsWith("text", StringComparison.Ordinal) ? Plan<TextKeyed>(name) : Plan<LongKeyed>(name);

        foreach (var step in await plan) Assert.Matches(@"^SEARCH .*>.* AND .*<", step);
    }

    private static async Task<string[]> Plan<T>(string name) where T : IModel<T>
    {
        await using var bench = KeyCase.All[name].Lay();
        var sql = new KeysetSql<T>(Scope<T>.All, '?');
        const KeyBounds both = KeyBounds.After | KeyBounds.UpTo;
        using var connection = bench.Connect();
        return
        [
            .. ((SqlBuilder[])[sql.Keys(both), sql.KeyAt(both), sql.Rows(both, null, limited: true), sql.Delete(both)])
                .SelectMany(text => Dapper.SqlMapper.Query(connection, $"EXPLAIN QUERY PLAN {text}").Select(step => (string)step.detail)),
        ];
    }
}
