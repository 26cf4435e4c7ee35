using Drip.Data;
using Drip.Sqlite.Tests.Harness;
using static Drip.Sqlite.Tests.Partitions.KeyedTable;

namespace Drip.Sqlite.Tests.Partitions;

public sealed class Moving
{
    [Fact]
    public async Task What_a_cursor_holds_is_read_as_it_was_written()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        var data = new SqliteData(bench.Database);
        await using var table = await data.OpenAsync(Scope<Item>.All, default);
        await data.Cursors.PlanAsync("run", [5L], null, default);
        var cursor = (await data.Cursors.ClaimAsync("run", 0, 0, Claim("me"), default))!;
        var moved = cursor with
        {
            After = 4, Scanned = 5, Processed = 4, Batches = 3, Quarantined = 2, Active = TimeSpan.FromMilliseconds(1.5), Untold = "batches", IsDone = true,
            LeaseUntil = Noon.AddMinutes(5),
        };

        await using (var transaction = await table.BeginAsync(default))
        {
            Assert.True(await transaction.MoveCursorAsync(moved, default));
            await transaction.CommitAsync(default);
        }

        Assert.Equal(moved, (await data.Cursors.ListAsync("run", default))[0]);
    }

    [Fact]
    public async Task A_batch_forgets_the_rescues_before_it()
    {
        await using var table = await ItemsAsync();
        await table.StartAsync("run");
        var rescued = (await table.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default))!;

        await table.StepAsync(rescued, 1);

        Assert.Equal((0, Noon.AddMinutes(1)), Assert.Single((await table.Cursors.ListAsync("run", default)).Select(cursor => (cursor.Rescues, cursor.LeaseUntil))));
    }

    [Fact]
    public async Task A_cursor_that_somebody_claimed_does_not_move()
    {
        await using var table = await ItemsAsync();
        var cursor = Assert.Single(await table.StartAsync("run"));
        await table.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default);

        Assert.Null(await table.StepAsync(cursor, 1));
        Assert.Null(Assert.Single(await table.Cursors.ListAsync("run", default)).After);
    }

    [Fact]
    public async Task A_cursor_whose_end_was_taken_does_not_move_until_its_end_is_the_new_one()
    {
        await using var table = await ItemsAsync();
        var cursor = Assert.Single(await table.StartAsync("run"));
        var stolen = await table.StealAsync("run", 2, "thief");

        Assert.Null(await table.StepAsync(cursor, 100));

        var (moved, walked) = (await table.StepAsync(cursor with { Upper = stolen!.Lower }, 100))!.Value;
        Assert.Equal([1, 2, 3, 4, 5], walked.Select(key => (long)key.Parts[0]));
        Assert.True(moved.IsDone);
    }

    [Fact]
    public async Task A_batch_whose_transaction_a_trigger_has_ended_cannot_pass_its_rows()
    {
        await using var bench = new Workbench(Item.TableOf(10) + "CREATE TRIGGER t BEFORE UPDATE ON items WHEN OLD.id = 3 BEGIN SELECT RAISE(ROLLBACK, 'no'); END;");
        var data = new SqliteData(bench.Database);
        await using var table = await data.OpenAsync(Scope<Item>.All, default);
        await data.Cursors.PlanAsync("run", [], null, default);
        var cursor = (await data.Cursors.ClaimAsync("run", 0, 0, Claim("me"), default))!;

        await using (var transaction = await table.BeginAsync(default))
        {
            await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(async () => await transaction.UpdateAsync(Set($"revision = 1"), default, default));

            var error = await Assert.ThrowsAsync<DripException>(async () => await transaction.MoveCursorAsync(cursor with { After = 10L }, default));
            Assert.Equal((DripErrorKind.RunFailed, "transaction-ended"), (error.Kind, error.Code));
        }

        Assert.Null(Assert.Single(await data.Cursors.ListAsync("run", default)).After);
        await using var next = await table.BeginAsync(default);
        Assert.True(await next.MoveCursorAsync(cursor, default));
    }

    [Fact]
    public async Task The_rows_of_a_run_are_counted_over_its_partitions()
    {
        await using var table = await ItemsAsync();
        Assert.Equal(10, await table.CountAsync("run"));

        var cursors = await table.StartAsync("run", 2L, 6L);
        await table.StepAsync(cursors[1], 3);
        await table.StepAsync(cursors[0], 3);
        table.Bench.Execute("DELETE FROM items WHERE id IN (1, 3, 7, 8)");

        // 2 and 3 rows were walked; 6, 9 and 10 are left.
        Assert.Equal(8, await table.CountAsync("run"));
    }

    [Fact]
    public async Task Whether_a_range_has_rows_is_known_by_its_bounds()
    {
        await using var table = await ItemsAsync();

        Assert.True(await table.HasAnyAsync(default));
        Assert.True(await table.HasAnyAsync(new KeyRange(9L, null)));
        Assert.False(await table.HasAnyAsync(new KeyRange(10L, null)));
        Assert.True(await table.HasAnyAsync(new KeyRange(null, 1L)));
        Assert.False(await table.HasAnyAsync(new KeyRange(null, 0L)));
        Assert.False(await table.HasAnyAsync(new KeyRange(4L, 4L)));
        Assert.True(await table.HasAnyAsync(KeyRange.Of(4L)));
        Assert.False(await table.HasAnyAsync(KeyRange.Of(11L)));
    }

    internal static SqlText Set(SqlHandler set) => Scope<Item>.Where(set).Conditions[0];

    private static Task<KeyedTable> ItemsAsync() => KeyedTable.OpenAsync(new Workbench(Item.TableOf(10)), scope: Scope<Item>.All);
}
