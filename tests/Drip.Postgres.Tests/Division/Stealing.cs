using Drip.Data;
using Drip.Tests.Partitions;

namespace Drip.Postgres.Tests.Division;

public sealed class Stealing
{
    public static TheoryData<string, int> Walks()
    {
        var data = new TheoryData<string, int>();
        var seed = 0;
        foreach (var name in KeyedTable.All.Keys)
        {
            for (var i = 0; i < 2; i++) data.Add(name, ++seed);
        }

        return data;
    }

    [Fact]
    public async Task The_upper_half_of_the_longest_rest_is_taken()
    {
        await using var table = await NumbersAsync(100);
        var cursors = await table.StartAsync("run", 20L, 70L);
        await table.StepAsync(cursors[1], 10);

        var stolen = await table.StealAsync("run", 2, "thief");

        Assert.Equal((3, 1L, "thief", KeyedTable.Noon.AddSeconds(30)), (stolen!.Partition, stolen.Epoch, stolen.Owner, stolen.LeaseUntil));
        Assert.Equal((50L, 70L, null), ((Key?)stolen.Lower, (Key?)stolen.Upper, stolen.After));
        var victim = (await table.Cursors.ListAsync("run", default))[1];
        Assert.Equal((30L, 50L, 1L, "first", 10L), ((Key?)victim.After, (Key?)victim.Upper, victim.Epoch, victim.Owner, victim.Scanned));
    }

    [Fact]
    public async Task A_victim_goes_on_only_once_it_knows_its_new_end()
    {
        await using var table = await NumbersAsync(100);
        var cursor = Assert.Single(await table.StartAsync("run"));
        var stolen = await table.StealAsync("run", 2, "thief");

        Assert.Null(await table.StepAsync(cursor, 100));

        var (moved, walked) = (await table.StepAsync(cursor with { Upper = stolen!.Lower }, 100))!.Value;
        Assert.Equal(50, walked.Count);
        Assert.True(moved.IsDone);
    }

    [Fact]
    public async Task A_rest_of_fewer_rows_than_are_worth_it_is_left_alone()
    {
        await using var table = await NumbersAsync(10);
        await table.StartAsync("run");

        Assert.Null(await table.StealAsync("run", 11, "thief"));
        Assert.NotNull(await table.StealAsync("run", 10, "thief"));
        Assert.Equal(2, (await table.Cursors.ListAsync("run", default)).Count);
    }

    [Fact]
    public async Task One_row_cannot_be_divided_and_what_is_done_has_no_rows_left()
    {
        await using var table = await NumbersAsync(10);
        var cursors = await table.StartAsync("run", 9L);
        Assert.True((await table.StepAsync(cursors[0], 100))!.Value.Cursor.IsDone);
        await table.Server.ExecuteAsync("INSERT INTO keyed VALUES (-1, true), (-2, true), (-3, true)");

        Assert.Null(await table.StealAsync("run", 0, "thief"));
        Assert.Null(await table.StealAsync("another run", 0, "thief"));
    }

    [Theory]
    [InlineData(60, 80L)]
    [InlineData(98, 99L)]
    [InlineData(1000, null)]
    public async Task A_partition_that_passes_the_middle_before_it_is_split_is_split_further_on_or_left_alone(int walks, long? middle)
    {
        await using var table = await NumbersAsync(100);
        var cursor = Assert.Single(await table.StartAsync("run"));

        var stolen = await StealWhileAsync(table, () => table.StepAsync(cursor, walks));

        Assert.Equal(middle, (long?)stolen?.Lower?.Parts[0]);
        Tiling.Assert(table.Keys, await table.Cursors.ListAsync("run", default));
    }

    [Fact]
    public async Task A_run_that_was_taken_from_the_thief_is_not_split_by_it()
    {
        await using var table = await NumbersAsync(100);
        await table.StartAsync("run");
        await table.Cursors.FenceAsync("run", 7, default);

        Assert.Null(await table.StealAsync("run", 2, "thief", runEpoch: 6));
        Assert.NotNull(await table.StealAsync("run", 2, "thief", runEpoch: 7));
    }

    [Fact]
    public async Task A_fence_beside_thieves_leaves_nothing_that_they_can_walk()
    {
        await using var table = await NumbersAsync(500);
        for (var i = 0; i < 10; i++)
        {
            var run = $"run {i}";
            await table.StartAsync(run);

            var thefts = Enumerable.Range(0, 3).Select(thief => Task.Run(async () => await table.StealAsync(run, 2, $"thief {thief}", runEpoch: 1))).ToArray();
            await table.Cursors.FenceAsync(run, 2, default);
            var stolen = await Task.WhenAll(thefts);

            var cursors = await table.Cursors.ListAsync(run, default);
            Tiling.Assert(table.Keys, cursors);
            Assert.All(cursors, cursor => Assert.Equal((2L, null), (cursor.RunEpoch, cursor.Owner)));
            foreach (var cursor in stolen) Assert.True(cursor is null || await table.StepAsync(cursor, 1) is null);
        }
    }

    [Fact]
    public async Task Many_thieves_at_once_each_get_a_part_of_their_own()
    {
        await using var table = await NumbersAsync(1000);
        await table.StartAsync("run");

        var stolen = await Task.WhenAll(Enumerable.Range(0, 6).Select(thief => Task.Run(async () => await table.StealAsync("run", 2, $"thief {thief}"))));

        var cursors = await table.Cursors.ListAsync("run", default);
        Tiling.Assert(table.Keys, cursors);
        var got = stolen.OfType<Cursor>().ToArray();
        Assert.NotEmpty(got);
        Assert.Equal(got.Length, got.Select(cursor => cursor.Partition).Distinct().Count());
        Assert.All(got, cursor => Assert.Equal(cursor.Owner, cursors.Single(each => each.Partition == cursor.Partition).Owner));
    }

    [Fact]
    public async Task A_partition_whose_batch_stands_still_before_its_commit_is_left_alone()
    {
        await using var table = await NumbersAsync(100);
        var cursor = Assert.Single(await table.StartAsync("run"));
        await using (var batch = await table.BeginAsync(cursor))
        {
            Assert.True(await batch.MoveAsync(cursor with { After = 3L }));
            Assert.Null(await table.StealAsync("run", 2, "thief"));
        }

        Assert.NotNull(await table.StealAsync("run", 2, "thief"));
    }

    [Fact]
    public async Task A_rest_that_is_too_long_to_be_counted_is_split_by_a_sample()
    {
        await using var table = await NumbersAsync(260_000);
        // The first and the longest partition both are too long.
        await table.StartAsync("run", 110_000L);

        var stolen = await table.StealAsync("run", 1000, "thief");

        Assert.InRange((long)stolen!.Lower!.Parts[0], 110_000 + 50_000, 110_000 + 100_000);
    }

    [Fact]
    public async Task A_rest_that_cannot_be_sampled_is_split_at_a_row_that_can_be_counted_to()
    {
        await using var table = await KeyedTable.OpenAsync("id bigint PRIMARY KEY", "i", 150_000, scope: Scope<NumberKeyed>.Sql($"SELECT * FROM keyed"));
        await table.StartAsync("run");

        Assert.Equal(50_000L, (Key?)(await table.StealAsync("run", 1000, "thief"))!.Lower);
    }

    [Theory, MemberData(nameof(Walks))]
    public async Task However_a_run_is_split_while_it_is_walked_each_row_is_walked_once(string name, int seed)
    {
        await using var table = await KeyedTable.All[name](40);
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

    private static Task<KeyedTable> NumbersAsync(int rows) => KeyedTable.OpenAsync("id bigint PRIMARY KEY", "i", rows, scope: Scope<NumberKeyed>.All);

    // The split is chosen in a snapshot, and then waits for the run's turn while another worker changes the partitions.
    private static async Task<Cursor?> StealWhileAsync(KeyedTable table, Func<Task> meanwhile)
    {
        await using var other = await table.Server.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using var hold = new Npgsql.NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", other) { Parameters = { new() { Value = Data.PartitionLock.KeyOf("run") } } };
        await hold.ExecuteNonQueryAsync();
        var stealing = Task.Run(async () => await table.StealAsync("run", 2, "thief"));
        while (await table.Server.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()") == 0) await Task.Yield();
        await meanwhile();
        await transaction.CommitAsync();
        return await stealing;
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
