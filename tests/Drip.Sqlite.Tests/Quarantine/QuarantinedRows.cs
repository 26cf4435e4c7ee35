using Drip.Data;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Sqlite.Tests.Partitions;

namespace Drip.Sqlite.Tests.Quarantine;

public sealed class QuarantinedRows
{
    private static readonly DateTimeOffset Noon = KeyedTable.Noon;

    [Fact]
    public async Task A_row_is_kept_with_all_that_is_known_of_it()
    {
        await using var bench = new Workbench(Item.TableOf(3));
        var data = new SqliteData(bench.Database);
        var row = new QuarantinedRow("run", 4, Key.Of("eu", 7L, 1.5, new byte[] { 1, 2 }), new RunError("Type", "message", "stack", "element"), Noon.AddTicks(1)) { Attempts = 3 };

        await PutAsync(data, row);

        Assert.Equal(row, Assert.Single(await data.Quarantine.ListAsync("run", default)));
    }

    [Fact]
    public async Task Rows_are_listed_in_the_order_in_which_they_failed()
    {
        await using var bench = new Workbench(Item.TableOf(3));
        var data = new SqliteData(bench.Database);

        await PutAsync(data, Row(9), Row(2), Row(5), Row(1) with { Run = "another run" });
        await PutAsync(data, Row(2));

        Assert.Equal([9, 2, 5], (await data.Quarantine.ListAsync("run", default)).Select(row => (long)row.Key.Parts[0]));
    }

    [Fact]
    public async Task A_row_that_fails_again_stays_with_its_new_error_and_one_attempt_more()
    {
        await using var bench = new Workbench(Item.TableOf(3));
        var data = new SqliteData(bench.Database);
        await PutAsync(data, Row(2));
        await data.Quarantine.SkipAsync("run", 2L, default);

        var again = new QuarantinedRow("run", 1, 2L, new RunError("Other", "other", null, null), Noon.AddHours(1));
        await PutAsync(data, again);

        Assert.Equal(again with { Attempts = 2 }, Assert.Single(await data.Quarantine.ListAsync("run", default)));
    }

    [Fact]
    public async Task What_is_skipped_does_not_count_and_what_is_to_be_retried_does()
    {
        await using var bench = new Workbench(Item.TableOf(3));
        var data = new SqliteData(bench.Database);
        Assert.Equal(0, await data.Quarantine.CountAsync("run", default));
        Assert.Empty(await data.Quarantine.ListAsync("run", default));
        await PutAsync(data, Row(1), Row(2), Row(3));

        Assert.True(await data.Quarantine.SkipAsync("run", 2L, default));
        await data.Cursors.ReopenAsync("run", default);

        Assert.Equal(2, await data.Quarantine.CountAsync("run", default));
        Assert.Equal([QuarantineState.Retry, QuarantineState.Skipped, QuarantineState.Retry], (await data.Quarantine.ListAsync("run", default)).Select(row => row.State));
        await using var table = await data.OpenAsync(Scope<Item>.All, default);
        await using var transaction = await table.BeginAsync(default);
        Assert.Equal(2, await transaction.CountQuarantinedAsync("run", default));
    }

    [Fact]
    public async Task Only_a_row_that_is_open_is_skipped()
    {
        await using var bench = new Workbench(Item.TableOf(3));
        var data = new SqliteData(bench.Database);
        await PutAsync(data, Row(1));

        Assert.False(await data.Quarantine.SkipAsync("run", 2L, default));
        Assert.False(await data.Quarantine.SkipAsync("another run", 1L, default));
        Assert.True(await data.Quarantine.SkipAsync("run", 1L, default));
        Assert.False(await data.Quarantine.SkipAsync("run", 1L, default));
    }

    [Fact]
    public async Task Rows_to_be_retried_are_found_in_their_partition_until_they_are_settled_or_fail_again()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        var data = new SqliteData(bench.Database);
        await using var table = await data.OpenAsync(Scope<Item>.All, default);
        await data.Cursors.PlanAsync("run", [5L], null, default);
        await PutAsync(data, Row(3), Row(1), Row(8) with { Partition = 1 });
        await using (var transaction = await table.BeginAsync(default)) Assert.Null(await transaction.FindRetryAsync("run", 0, default));
        await data.Cursors.ReopenAsync("run", default);
        Assert.Equal([2, 1], (await data.Cursors.ListAsync("run", default)).Select(cursor => cursor.Retries));

        await using (var transaction = await table.BeginAsync(default))
        {
            Assert.Equal(Key.Of(3L), (await transaction.FindRetryAsync("run", 0, default))!.Key);
            await transaction.SettleAsync("run", 3L, default);
            Assert.Equal(Key.Of(1L), (await transaction.FindRetryAsync("run", 0, default))!.Key);
            await transaction.QuarantineAsync(Row(1), default);
            Assert.Null(await transaction.FindRetryAsync("run", 0, default));
            await transaction.CommitAsync(default);
        }

        Assert.Equal([(1L, QuarantineState.Open, 2), (8L, QuarantineState.Retry, 1)], (await data.Quarantine.ListAsync("run", default)).Select(row => ((long)row.Key.Parts[0], row.State, row.Attempts)));
        Assert.Equal(1, (await data.Cursors.ClaimAsync("run", 1, 0, KeyedTable.Claim("me"), default))!.Retries);
        Assert.Equal(0, (await data.Cursors.ListAsync("run", default))[0].Retries);
    }

    [Fact]
    public async Task A_row_is_put_into_quarantine_with_its_batch_or_not_at_all()
    {
        await using var bench = new Workbench(Item.TableOf(3));
        var data = new SqliteData(bench.Database);
        await using var table = await data.OpenAsync(Scope<Item>.All, default);

        await using (var transaction = await table.BeginAsync(default)) await transaction.QuarantineAsync(Row(1), default);

        Assert.Empty(await data.Quarantine.ListAsync("run", default));
    }

    private static QuarantinedRow Row(long key) => new("run", 0, key, new RunError("Type", "message", null, null), Noon);

    private static async Task PutAsync(SqliteData data, params QuarantinedRow[] rows)
    {
        await using var table = await data.OpenAsync(Scope<Item>.All, default);
        await using var transaction = await table.BeginAsync(default);
        foreach (var row in rows) await transaction.QuarantineAsync(row, default);
        await transaction.CommitAsync(default);
    }
}
