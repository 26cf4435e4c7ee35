using Drip.Data;
using Drip.Postgres.Tests.Harness;
using Drip.Tests.Time;
using Npgsql;
using static Drip.Postgres.Tests.Cursors.ProgressBench;

namespace Drip.Postgres.Tests.Cursors;

/// <summary>A batch's last message: its cursor moves, it commits, and the next page may be looked for, all at once.</summary>
public sealed class EndingBatches
{
    [Fact]
    public async Task A_batch_commits_with_its_cursor()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync<Item>();

        Assert.True(await TouchAsync(table, cursor with { After = 10L, Batches = 1, Untold = "told" }));

        Assert.Equal(10, await TouchedAsync(bench));
        Assert.Equal(((Key)10L, 1L, "told"), await AtAsync(bench));
    }

    [Theory]
    [InlineData("UPDATE drip_cursor SET epoch = epoch + 1")]
    [InlineData("UPDATE drip_cursor SET upper = '[50]'")]
    [InlineData("DELETE FROM drip_cursor")]
    public async Task A_batch_whose_cursor_is_not_its_own_any_more_commits_nothing_and_leaves_its_connection_in_order(string taken)
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync<Item>();
        await bench.ExecuteAsync(taken);

        Assert.False(await TouchAsync(table, cursor with { After = 10L }, ahead: 10));
        Assert.Equal(0, await TouchedAsync(bench));

        var session = await SessionAsync(table);
        Assert.False(await TouchAsync(table, cursor with { After = 10L }));
        Assert.Equal(0, await TouchedAsync(bench));
        Assert.Equal(session, await SessionAsync(table));
    }

    [Fact]
    public async Task A_batch_that_meets_a_claim_in_the_middle_commits_nothing()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync<Item>();
        await using var other = await bench.ConnectAsync();
        await using var claim = await other.BeginTransactionAsync();
        await using (var take = new NpgsqlCommand("UPDATE drip_cursor SET epoch = epoch + 1", other)) await take.ExecuteNonQueryAsync();

        var batch = TouchAsync(table, cursor with { After = 10L });
        while (!await bench.AskAsync<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')")) await Task.Yield();
        await claim.CommitAsync();

        Assert.False(await batch);
        Assert.Equal(0, await TouchedAsync(bench));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_comes_when_its_batch_was_done_again_commits_nothing(bool inTwo)
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync<Item>();
        await using var again = await bench.OpenAsync<Item>();
        var next = cursor with { After = 10L, Batches = 1 };
        await using var givenUp = await table.BeginAsync(cursor, default);
        await using (var touch = givenUp.Connection.CreateCommand())
        {
            touch.CommandText = "UPDATE items SET revision = 7 WHERE id = 50";
            await touch.ExecuteNonQueryAsync();
        }

        await using (var transaction = await again.BeginAsync(cursor, default)) Assert.True(await transaction.CommitAsync(next, 0, default));

        Assert.False(inTwo ? await givenUp.MoveCursorAsync(next, default) : await givenUp.CommitAsync(next, 0, default));
        await givenUp.DisposeAsync();
        Assert.Equal((0, ((Key)10L, 1L, null)), (await TouchedAsync(bench), await AtAsync(bench)));
    }

    [Fact]
    public async Task A_cursor_that_moved_in_this_transaction_moves_once_more()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync<Item>();
        await using var transaction = await table.BeginAsync(cursor, default);

        Assert.True(await transaction.MoveCursorAsync(cursor with { After = 10L, Batches = 1 }, default));
        Assert.True(await transaction.MoveCursorAsync(cursor with { After = 10L, Batches = 1, Untold = "told" }, default));
        await transaction.CommitAsync(default);

        Assert.Equal(((Key)10L, 1L, "told"), await AtAsync(bench));
    }

    [Fact]
    public async Task A_run_whose_cursor_moved_without_it_is_left_to_whoever_goes_on_from_there()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        var batches = 0;
        bench.Script<Item>().Batch = async (batch, cancellationToken) =>
        {
            if (++batches == 2) await bench.ExecuteAsync("UPDATE drip_cursor SET batches = 2, \"key\" = '[20]', scanned = 20");
            return await batch.UpdateAsync($"revision = revision + 1", cancellationToken);
        };

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("item-batches", batchSize: 10));

        Assert.Equal((DripErrorKind.Store, "commit-late"), (error.Kind, error.Code));
        Assert.Equal((10, "[20] 2"), (await TouchedAsync(bench), await bench.AskAsync<string>("SELECT \"key\" || ' ' || batches FROM drip_cursor")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task A_commit_that_fails_leaves_the_cursor_where_it_was(int before)
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100) + """
            CREATE TABLE kinds (id int PRIMARY KEY);
            INSERT INTO kinds VALUES (0), (1);
            UPDATE items SET revision = 1 WHERE id > 50;
            ALTER TABLE items ADD CONSTRAINT of_a_kind FOREIGN KEY (revision) REFERENCES kinds DEFERRABLE INITIALLY DEFERRED;
            """);
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync<Item>();
        // What was executed before is prepared by then.
        for (var i = 1; i <= before; i++) Assert.True(await TouchAsync(table, cursor = cursor with { After = i * 10L, Batches = i }, ahead: 10));

        var error = await Assert.ThrowsAsync<PostgresException>(() => TouchAsync(table, cursor with { After = 60L, Batches = before + 1 }, ahead: 10));

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, error.SqlState);
        Assert.Equal(0, await bench.AskAsync<int>("SELECT count(*)::int FROM items WHERE revision > 1"));
        Assert.Equal((before == 0 ? null : (Key)(before * 10L), before, null), await AtAsync(bench));
    }

    [Fact]
    public async Task The_next_page_is_known_with_the_commit_for_a_moment_and_once()
    {
        var time = new ManualTimeProvider();
        await using var bench = await Bench.CreateAsync(Item.TableOf(100), time: time);
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync<Item>();
        await TouchAsync(table, cursor = cursor with { After = 10L, Batches = 1 }, ahead: 10);
        await bench.ExecuteAsync("DELETE FROM items WHERE id = 15");

        Assert.Equal(new PageEnd(20L, 10), await FindAsync(table, cursor.Rest, 10));
        Assert.Equal(new PageEnd(21L, 10), await FindAsync(table, cursor.Rest, 10));

        await TouchAsync(table, cursor = cursor with { After = 21L, Batches = 2 }, ahead: 10);
        await bench.ExecuteAsync("DELETE FROM items WHERE id = 25");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new PageEnd(32L, 10), await FindAsync(table, cursor.Rest, 10));
    }

    [Fact]
    public async Task A_page_that_was_looked_for_is_no_page_of_another_range_or_size()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100), time: new ManualTimeProvider());
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync<Item>();
        cursor = cursor with { After = 10L, Batches = 1 };

        await TouchAsync(table, cursor, ahead: 10);
        Assert.Equal(new PageEnd(15L, 5), await FindAsync(table, cursor.Rest, 5));
        await TouchAsync(table, cursor with { Batches = 2 }, ahead: 10);
        Assert.Equal(new PageEnd(30L, 10), await FindAsync(table, new KeyRange(20L, null), 10));
    }

    [Fact]
    public async Task Whether_a_partition_ends_is_not_known_ahead()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(15), time: new ManualTimeProvider());
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync<Item>();
        await TouchAsync(table, cursor = cursor with { After = 10L, Batches = 1 }, ahead: 10);
        await bench.ExecuteAsync("INSERT INTO items (id, name) VALUES (16, 'late')");

        Assert.Equal(new PageEnd(16L, 6), await FindAsync(table, cursor.Rest, 10));
    }

    [Fact]
    public async Task A_page_that_cannot_be_found_ahead_takes_nothing_from_the_batch_before_it()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(5000) + "ANALYZE items", time: new ManualTimeProvider());
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync(Item.Where($"1 / (id - 15) < 10"));

        Assert.True(await TouchAsync(table, cursor = cursor with { After = 10L, Batches = 1 }, ahead: 10));

        Assert.Equal((10, ((Key)10L, 1L, null)), (await TouchedAsync(bench), await AtAsync(bench)));
        var error = await Assert.ThrowsAsync<PostgresException>(() => FindAsync(table, cursor.Rest, 10));
        Assert.Equal(PostgresErrorCodes.DivisionByZero, error.SqlState);
    }

    [Fact]
    public async Task A_method_that_ended_the_transaction_is_told_so()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        var cursor = await StartAsync(bench);
        await using var table = await bench.OpenAsync<Item>();
        await using var transaction = await table.BeginAsync(cursor, default);
        await using (var commit = transaction.Connection.CreateCommand())
        {
            commit.CommandText = "COMMIT";
            await commit.ExecuteNonQueryAsync();
        }

        var error = await Assert.ThrowsAsync<DripException>(async () => await transaction.CommitAsync(cursor with { After = 10L }, 0, default));
        Assert.Equal("transaction-ended", error.Code);
    }

    private static async Task<Cursor> StartAsync(Bench bench)
    {
        var cursors = new PostgresData(bench.Database).Cursors;
        await cursors.PlanAsync("run", [], null, default);
        return (await cursors.ClaimAsync("run", 0, 0, Claim("me"), default))!;
    }

    /// <summary>A batch that touches the ten rows up to where the cursor comes to.</summary>
    private static async Task<bool> TouchAsync(ITable<Item> table, Cursor cursor, int ahead = 0)
    {
        await using var transaction = await table.BeginAsync(cursor with { Batches = Math.Max(0, cursor.Batches - 1) }, default);
        var page = await transaction.FindPageAsync(new KeyRange(null, cursor.After), 1, default);
        Assert.Equal(1, page.Count);
        await using (var touch = transaction.Connection.CreateCommand())
        {
            touch.CommandText = $"UPDATE items SET revision = revision + 1 WHERE id > {cursor.After} - 10 AND id <= {cursor.After}";
            await touch.ExecuteNonQueryAsync();
        }

        return await transaction.CommitAsync(cursor, ahead, default);
    }

    private static async Task<PageEnd> FindAsync(ITable<Item> table, KeyRange range, int size)
    {
        await using var transaction = await table.BeginAsync(default);
        return await transaction.FindPageAsync(range, size, default);
    }

    private static async Task<int> SessionAsync(ITable<Item> table)
    {
        await using var transaction = await table.BeginAsync(default);
        await using var ask = transaction.Connection.CreateCommand();
        ask.CommandText = "SELECT pg_backend_pid()";
        return (int)(await ask.ExecuteScalarAsync())!;
    }

    private static Task<int> TouchedAsync(Bench bench) => bench.AskAsync<int>("SELECT count(*)::int FROM items WHERE revision > 0");

    private static async Task<(Key? After, long Batches, string? Untold)> AtAsync(Bench bench)
    {
        var cursor = Assert.Single(await new PostgresData(bench.Database).Cursors.ListAsync("run", default));
        return (cursor.After, cursor.Batches, cursor.Untold);
    }
}
