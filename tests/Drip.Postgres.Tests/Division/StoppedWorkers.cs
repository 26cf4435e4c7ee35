using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Tests.Division;

/// <summary>Workers that stand still in the middle of a batch, which the server would keep for a quarter of an hour, with all that it has locked.</summary>
public sealed class StoppedWorkers
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_takes_a_partition_over_waits_for_no_batch_of_the_one_before(bool fence)
    {
        await using var table = await NumbersAsync();
        var cursors = await table.StartAsync("run", 50L);
        await using var stopped = await table.BeginAsync(cursors[1]);
        // It has stopped right before its commit, so the cursor itself is locked.
        Assert.True(await stopped.MoveAsync(cursors[1] with { After = 60L }));

        if (fence) await table.Cursors.FenceAsync("run", 0, default);
        else Assert.Equal((2L, 1), ((await ClaimAsync(table, cursors[1], "second"))!.Epoch, (await table.Cursors.ListAsync("run", default))[1].Rescues));

        await Assert.ThrowsAnyAsync<Exception>(async () => await stopped.CommitAsync());
        Assert.Null((await table.Cursors.ListAsync("run", default))[1].After);
        await table.Server.ExecuteAsync("SET lock_timeout = '5s'; UPDATE drip_cursor SET untold = NULL");
    }

    [Fact]
    public async Task A_worker_whose_batch_was_ended_goes_on_with_a_new_connection_and_finds_its_partition_lost()
    {
        await using var table = await NumbersAsync();
        var cursor = Assert.Single(await table.StartAsync("run"));
        await using (var stopped = await table.BeginAsync(cursor))
        {
            Assert.True(await stopped.MoveAsync(cursor with { After = 60L }));
            await ClaimAsync(table, cursor, "second");
            var error = await Assert.ThrowsAnyAsync<Exception>(async () => await stopped.CommitAsync());
            Assert.Equal((DripErrorKind.Busy, "connection-lost"), (table.Data.Explain(error)?.Kind, table.Data.Explain(error)?.Code));
        }

        await using var next = await table.BeginAsync(cursor);
        Assert.False(await next.MoveAsync(cursor with { After = 60L }));
    }

    [Fact]
    public async Task Who_knows_an_old_epoch_or_has_the_partition_ends_no_batch()
    {
        await using var table = await NumbersAsync();
        var cursors = await table.StartAsync("run", 50L);
        await using var batch = await table.BeginAsync(cursors[0]);
        Assert.True(await batch.MoveAsync(cursors[0] with { After = 1L }));

        Assert.Null(await table.Cursors.ClaimAsync("run", 0, 0, KeyedTable.Claim("second"), default));
        Assert.Null(await table.Cursors.ClaimAsync("run", 0, 1, KeyedTable.Claim("second") with { RunEpoch = -1 }, default));
        Assert.NotNull(await ClaimAsync(table, cursors[1], "second"));
        Assert.NotNull(await table.Cursors.ClaimAsync("run", 1, 2, KeyedTable.Claim("second"), default));
        await table.Cursors.FenceAsync("another run", 1, default);

        await batch.CommitAsync();
        Assert.Equal(1L, (await table.Cursors.ListAsync("run", default))[0].After);
    }

    [Fact]
    public async Task A_walk_that_goes_on_to_another_partition_is_found_by_that_one_only()
    {
        await using var table = await NumbersAsync();
        var cursors = await table.StartAsync("run", 50L);
        await using (var first = await table.BeginAsync(cursors[0]))
        {
            Assert.True(await first.MoveAsync(cursors[0] with { After = 1L }));
            await first.CommitAsync();
        }

        await using var batch = await table.BeginAsync(cursors[1]);
        Assert.True(await batch.MoveAsync(cursors[1] with { After = 60L }));
        Assert.NotNull(await ClaimAsync(table, cursors[0], "second"));

        await batch.CommitAsync();
    }

    [Fact]
    public async Task A_role_that_may_not_end_the_session_takes_the_partition_over_all_the_same()
    {
        await using var table = await NumbersAsync();
        var cursor = Assert.Single(await table.StartAsync("run"));
        var role = "drip_role_" + Guid.NewGuid().ToString("n")[..12];
        await table.Server.ExecuteAsync($"CREATE ROLE {role} LOGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON drip_cursor, drip_quarantine, drip_batch_outbox TO {role}");
        await using (var database = new PostgresDatabase(new NpgsqlConnectionStringBuilder(table.Server.ConnectionString) { Username = role }.ConnectionString))
        await using (var batch = await table.BeginAsync(cursor))
        {
            // A statement of it, for BEGIN goes with the first. It holds no lock that the claim would wait for.
            Assert.False(await batch.MoveAsync(cursor with { Epoch = 7 }));

            Assert.NotNull(await new PostgresData(database).Cursors.ClaimAsync("run", 0, 1, KeyedTable.Claim("second"), default));

            Assert.False(await batch.MoveAsync(cursor));
        }

        await table.Server.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    private static Task<KeyedTable> NumbersAsync() => KeyedTable.OpenAsync("id bigint PRIMARY KEY", "i", 100, scope: Scope<NumberKeyed>.All);

    private static ValueTask<Cursor?> ClaimAsync(KeyedTable table, Cursor cursor, string owner) =>
        table.Cursors.ClaimAsync(cursor.Run, cursor.Partition, cursor.Epoch, KeyedTable.Claim(owner), default);
}
