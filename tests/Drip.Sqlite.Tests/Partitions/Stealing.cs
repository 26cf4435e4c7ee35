using Drip.Data;
using Drip.Sqlite.Tests.Harness;
using Drip.Sqlite.Tests.Paging;
using Drip.Tests.Partitions;

namespace Drip.Sqlite.Tests.Partitions;

public sealed class Stealing
{
    public static TheoryData<string, int> Walks()
    {
        var data = new TheoryData<string, int>();
        var seed = 0;
        foreach (var name in KeyCase.All.Keys)
        {
            for (var i = 0; i < 3; i++) data.Add(name, ++seed);
        }

        return data;
    }

    [Fact]
    public async Task The_upper_half_of_the_longest_rest_is_taken()
    {
        await using var table = await KeyedTable.OpenAsync(new Workbench(Item.TableOf(100)), scope: Scope<Item>.All);
        var cursors = await table.StartAsync("run", 20L, 70L);
        await table.StepAsync(cursors[1], 10);

        var stolen = await table.StealAsync("run", 2, "thief");

        Assert.Equal((3, 1L, "thief", KeyedTable.Noon.AddSeconds(30)), (stolen!.Partition, stolen.Epoch, stolen.Owner, stolen.LeaseUntil));
        Assert.Equal((50L, 70L, null), ((Key?)stolen.Lower, (Key?)stolen.Upper, stolen.After));
        var victim = (await table.Cursors.ListAsync("run", default))[1];
        Assert.Equal((30L, 50L, 1L, "first", 10L), ((Key?)victim.After, (Key?)victim.Upper, victim.Epoch, victim.Owner, victim.Scanned));
    }

    [Fact]
    public async Task A_rest_of_fewer_rows_than_are_worth_it_is_left_alone()
    {
        await using var table = await KeyedTable.OpenAsync(new Workbench(Item.TableOf(10)), scope: Scope<Item>.All);
        await table.StartAsync("run");

        Assert.Null(await table.StealAsync("run", 11, "thief"));
        Assert.NotNull(await table.StealAsync("run", 10, "thief"));
        Assert.Equal(2, (await table.Cursors.ListAsync("run", default)).Count);
    }

    [Fact]
    public async Task One_row_cannot_be_divided_and_what_is_done_has_no_rows_left()
    {
        await using var table = await KeyedTable.OpenAsync(new Workbench(Item.TableOf(10)), scope: Scope<Item>.All);
        var cursors = await table.StartAsync("run", 9L);
        Assert.True((await table.StepAsync(cursors[0], 100))!.Value.Cursor.IsDone);
        table.Bench.Execute("INSERT INTO items (id, name) VALUES (-1, 'late'), (-2, 'late'), (-3, 'late')");

        Assert.Null(await table.StealAsync("run", 0, "thief"));
        Assert.Null(await table.StealAsync("another run", 0, "thief"));
    }

    [Theory]
    [InlineData(60, 80L)]
    [InlineData(98, 99L)]
    public async Task A_partition_that_passes_the_middle_before_it_is_split_is_split_further_on(int walks, long middle)
    {
        await using var table = await KeyedTable.OpenAsync(new Workbench(Item.TableOf(100)), scope: Scope<Item>.All);
        var cursor = Assert.Single(await table.StartAsync("run"));

        var stolen = await StealWhileAsync(table, other => other.StepAsync(cursor, walks));

        Assert.Equal((middle, null), ((Key?)stolen!.Lower, stolen.Upper));
        Tiling.Assert(table.Keys, await table.Cursors.ListAsync("run", default));
    }

    [Fact]
    public async Task A_partition_that_ends_before_it_is_split_is_left_alone()
    {
        await using var table = await KeyedTable.OpenAsync(new Workbench(Item.TableOf(100)), scope: Scope<Item>.All);
        var cursor = Assert.Single(await table.StartAsync("run"));

        Assert.Null(await StealWhileAsync(table, other => other.StepAsync(cursor, 1000)));
    }

    [Fact]
    public async Task Two_workers_that_want_the_same_half_get_one_each()
    {
        await using var table = await KeyedTable.OpenAsync(new Workbench(Item.TableOf(100)), scope: Scope<Item>.All);
        await table.StartAsync("run");

        await StealWhileAsync(table, async other => await other.StealAsync("run", 2, "faster"));

        var cursors = await table.Cursors.ListAsync("run", default);
        Tiling.Assert(table.Keys, cursors);
        Assert.Equal(["first", "faster", "thief"], cursors.Select(cursor => cursor.Owner));
        Assert.Equal(3, cursors.Select(cursor => cursor.Upper).Distinct().Count());
    }

    // The split is chosen in a snapshot and then waits for the writer, while another worker changes the partitions.
    private static async Task<Cursor?> StealWhileAsync(KeyedTable table, Func<KeyedTable, Task> meanwhile)
    {
        var other = await KeyedTable.BesideAsync<Item>(table);
        ValueTask<Cursor?> stealing;
        using (await table.Bench.Database.EnterWriterAsync())
        {
            stealing = table.StealAsync("run", 2, "thief");
            await meanwhile(other);
        }

        return await stealing;
    }

    [Theory]
    [InlineData("id INTEGER PRIMARY KEY", "", 0.4)]
    [InlineData("id TEXT PRIMARY KEY", "", 0.4)]
    [InlineData("id INTEGER PRIMARY KEY NOT NULL", " WITHOUT ROWID", 0.1)]
    public async Task A_rest_that_is_too_long_to_be_counted_is_split_by_a_sample_or_at_a_row_that_can_be_counted_to(string columns, string closing, double least)
    {
        const int rows = 250_000;
        await using var table = columns.Contains("TEXT", StringComparison.Ordinal)
            ? await BigTables.OpenAsync<TextKeyed>(11, columns, "'k' || i", closing, rows: rows)
            : await BigTables.OpenAsync<LongKeyed>(11, columns, "i", closing, rows: rows);
        // The first and the longest partition both are too long.
        await table.StartAsync("run", table.Keys[110_000]);

        var stolen = await table.StealAsync("run", 1000, "thief");

        var left = Array.IndexOf(table.Keys, stolen!.Lower) - (closing == "" ? 110_000 : 0);
        var whole = closing == "" ? 140_000 : 110_000;
        Assert.InRange(left, whole * least, whole * 0.6);
    }

    [Theory, MemberData(nameof(Walks))]
    public async Task However_a_run_is_split_while_it_is_walked_each_row_is_walked_once(string name, int seed)
    {
        await using var table = await KeyedTable.OpenAsync(KeyCase.All[name], seed);
        var random = new Random(seed);
        var held = (await table.StartAsync("run", [.. await table.DivideAsync(random.Next(1, 4))])).ToList();
        var walked = new List<Key>();
        while (held.Count > 0)
        {
            switch (random.Next(5))
            {
                case 0:
                    if (await table.StealAsync("run", random.Next(4), "thief") is { } stolen) held.Add(stolen);
                    break;
                case 1:
                    // Another worker takes a partition, and the one that had it goes on without knowing it for a while.
                    var taken = held[random.Next(held.Count)];
                    if (await table.Cursors.ClaimAsync("run", taken.Partition, taken.Epoch, KeyedTable.Claim("other"), default) is { } claimed) held.Add(claimed);
                    break;
                default:
                    await StepAsync(table, held, random, walked);
                    break;
            }

            Tiling.Assert(table.Keys, await table.Cursors.ListAsync("run", default));
        }

        Assert.All(await table.Cursors.ListAsync("run", default), cursor => Assert.True(cursor.IsDone));
        Assert.Equal(table.Keys, walked.OrderBy(key => Array.IndexOf(table.Keys, key)));
    }

    private static async Task StepAsync(KeyedTable table, List<Cursor> held, Random random, List<Key> walked)
    {
        var i = random.Next(held.Count);
        var cursor = held[i];
        if (await table.StepAsync(cursor, random.Next(1, 4)) is var (moved, keys))
        {
            walked.AddRange(keys);
            held[i] = moved;
            if (moved.IsDone) held.RemoveAt(i);
            return;
        }

        // Refused: the end was taken, and the worker goes on up to the new one; or the partition was.
        var now = (await table.Cursors.ListAsync("run", default)).Single(each => each.Partition == cursor.Partition);
        Assert.True(now.Epoch != cursor.Epoch || now.Upper != cursor.Upper);
        if (now.Epoch == cursor.Epoch) held[i] = now;
        else held.RemoveAt(i);
    }
}
