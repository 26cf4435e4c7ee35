using Drip.Data;
using Drip.Postgres.Data;
using Npgsql;
using static Drip.Postgres.Tests.Cursors.ProgressBench;

namespace Drip.Postgres.Tests.Cursors;

public sealed class Moving
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_cursor_holds_is_read_as_it_was_written(bool pollOnly)
    {
        await using var bench = await CreateAsync(new PostgresSettings { PollOnly = pollOnly, Schema = "its_own" });
        var moment = new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc).AddTicks(10);
        await bench.Cursors.PlanAsync("run", [Key.Of("eu", 5L, 1.5, moment, Guid.Parse("6F9619FF-8B86-D011-B42D-00CF4FC964FF"), new byte[] { 0, 255 })], null, default);
        var cursor = (await bench.Cursors.ClaimAsync("run", 0, 0, Claim("me"), default))!;
        var moved = cursor with
        {
            After = Key.Of("it's \"é\" \0 漢字", 4L, double.MaxValue, moment, Guid.Empty, Array.Empty<byte>()), Scanned = 5, Processed = 4, Batches = 3, Quarantined = 2,
            Active = TimeSpan.FromMilliseconds(1.5), Untold = "batches", IsDone = true, LeaseUntil = Noon.AddMinutes(5),
        };

        Assert.True(await bench.MoveAsync(moved));

        Assert.Equal(moved, (await bench.Cursors.ListAsync("run", default))[0]);
        Assert.Equal(1L, await bench.Server.ScalarAsync<long>("SELECT count(*) FROM its_own.drip_cursor WHERE moved_at > clock_timestamp() - interval '1 hour'"));
    }

    [Fact]
    public async Task A_batch_forgets_the_rescues_before_it()
    {
        await using var bench = await CreateAsync();
        await bench.StartAsync("run");
        var rescued = (await bench.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default))!;

        Assert.True(await bench.MoveAsync(rescued with { LeaseUntil = Noon.AddMinutes(1) }));

        var cursor = await bench.OnlyAsync("run");
        Assert.Equal((0, Noon.AddMinutes(1)), (cursor.Rescues, cursor.LeaseUntil));
    }

    [Fact]
    public async Task A_cursor_that_somebody_claimed_or_whose_end_is_another_does_not_move()
    {
        await using var bench = await CreateAsync();
        var cursors = await bench.StartAsync("run", 5L);
        await bench.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default);

        Assert.False(await bench.MoveAsync(cursors[0] with { After = 1L }));
        Assert.False(await bench.MoveAsync(cursors[1] with { After = 7L, Upper = 9L }));
        Assert.True(await bench.MoveAsync(cursors[1] with { After = 7L }));
        Assert.Equal([null, (Key)7L], (await bench.Cursors.ListAsync("run", default)).Select(cursor => cursor.After));
    }

    [Fact]
    public async Task A_batch_that_moves_its_cursor_while_it_is_claimed_is_fenced_or_was_first()
    {
        await using var bench = await CreateAsync();
        var cursor = Assert.Single(await bench.StartAsync("run"));
        await using var connection = await bench.Database.OpenAsync(default);
        await using var move = new CursorMove(bench.Database, connection);
        await using var transaction = await connection.BeginTransactionAsync();
        Assert.True(await move.ExecuteAsync(cursor with { After = 3L }, null, default));

        // The same worker claims it anew, and meets the batch that has not committed.
        var claim = Task.Run(async () => await bench.Cursors.ClaimAsync("run", 0, 1, Claim("first"), default));
        await WaitForLockAsync(bench);
        await transaction.CommitAsync();

        Assert.Equal((2L, (Key)3L), ((await claim)!.Epoch, (await claim)!.After));
    }

    [Fact]
    public async Task One_statement_moves_many_cursors_one_after_the_other_within_their_pages()
    {
        await using var bench = await CreateAsync();
        var cursors = await bench.StartAsync("run", 500L);
        await using var connection = await bench.Database.OpenAsync(default);
        await using var move = new CursorMove(bench.Database, connection);

        for (var i = 1L; i <= 100; i++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            Assert.True(await move.ExecuteAsync(cursors[i % 2] with { After = i, LeaseUntil = i % 3 == 0 ? null : Noon, Untold = i % 5 == 0 ? null : new string('x', 200) }, null, default));
            await transaction.CommitAsync();
        }

        Assert.Equal([100L, 99L], (await bench.Cursors.ListAsync("run", default)).Select(cursor => (Key?)cursor.After));
        await using var flush = new NpgsqlCommand("SELECT pg_stat_force_next_flush()", connection);
        await flush.ExecuteNonQueryAsync();
        // Heap-only updates write no index. A snapshot of the server's own may keep an old version in its page for a moment, so not all are.
        Assert.True(await bench.Server.ScalarAsync<bool>("SELECT n_tup_hot_upd > 80 FROM pg_stat_all_tables WHERE relname = 'drip_cursor'"));
    }

    private static async Task WaitForLockAsync(ProgressBench bench)
    {
        while (await bench.Server.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()") == 0) await Task.Yield();
    }
}
