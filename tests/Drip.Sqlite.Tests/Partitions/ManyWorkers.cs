using System.Collections.Concurrent;
using Drip.Data;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Partitions;

/// <summary>Workers that walk and split one run at the same time, each with a database of its own, as processes have.</summary>
public sealed class ManyWorkers
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Workers_that_take_from_each_other_until_nothing_is_left_walk_each_row_once(int seed)
    {
        const int rows = 1500;
        await using var bench = new Workbench(Item.TableOf(rows));
        var walked = new ConcurrentBag<long>();
        await new SqliteData(bench.Database).Cursors.PlanAsync("run", [], null, default);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => WorkAsync(new SqliteData(bench.Open(bench.Path)), new Random(seed * 100 + i), $"worker {i}", walked))));

        Assert.Equal(Enumerable.Range(1, rows).Select(id => (long)id), walked.Order());
        var cursors = await new SqliteData(bench.Database).Cursors.ListAsync("run", default);
        Assert.All(cursors, cursor => Assert.True(cursor.IsDone));
        Assert.Equal(rows, cursors.Sum(cursor => cursor.Scanned));
    }

    private static async Task WorkAsync(SqliteData data, Random random, string name, ConcurrentBag<long> walked)
    {
        await using var table = await data.OpenAsync(Scope<Item>.All, default);
        while ((await data.Cursors.ListAsync("run", default)).Any(cursor => !cursor.IsDone))
        {
            if (await FindAsync(data, table, name) is not { } cursor) continue;
            while (!cursor.IsDone) cursor = await StepAsync(data, table, cursor, random.Next(1, 6), walked);
        }
    }

    private static async Task<Cursor?> FindAsync(SqliteData data, ITable<Item> table, string name)
    {
        var claim = KeyedTable.Claim(name);
        var free = (await data.Cursors.ListAsync("run", default)).FirstOrDefault(cursor => cursor is { IsDone: false, Owner: null });
        return free is null ? await table.StealAsync("run", 4, claim, default) : await data.Cursors.ClaimAsync("run", free.Partition, free.Epoch, claim, default);
    }

    private static async Task<Cursor> StepAsync(SqliteData data, ITable<Item> table, Cursor cursor, int size, ConcurrentBag<long> walked)
    {
        await using (var transaction = await table.BeginAsync(default))
        {
            var keys = await transaction.ReadKeysAsync(cursor.Rest, size, default);
            var next = cursor with { After = keys.Count > 0 ? keys[^1] : cursor.After, Scanned = cursor.Scanned + keys.Count, IsDone = keys.Count < size };
            if (await transaction.MoveCursorAsync(next, default))
            {
                await transaction.CommitAsync(default);
                foreach (var key in keys) walked.Add((long)key.Parts[0]);
                return next;
            }
        }

        var now = (await data.Cursors.ListAsync("run", default)).Single(each => each.Partition == cursor.Partition);
        Assert.Equal(cursor.Epoch, now.Epoch);
        Assert.NotEqual(cursor.Upper, now.Upper);
        return now;
    }
}
