using Drip.Data;
using Drip.Postgres.Data;
using Drip.Runs;
using Npgsql;
using static Drip.Postgres.Tests.Cursors.ProgressBench;

namespace Drip.Postgres.Tests.Cursors;

public sealed class QuarantinedRows
{
    [Fact]
    public async Task A_row_is_kept_with_all_that_is_known_of_it()
    {
        await using var bench = await CreateAsync();
        var row = new QuarantinedRow("run", 4, Key.Of("eu", 7L, 1.5, new byte[] { 1, 2 }), new RunError("Type", "message", "stack", "element"), Noon.AddMicroseconds(1)) { Attempts = 3 };

        await PutAsync(bench, row);

        Assert.Equal(row, Assert.Single(await bench.Quarantine.ListAsync("run", default)));
    }

    [Fact]
    public async Task An_error_whose_text_no_database_can_keep_is_kept_as_far_as_it_can()
    {
        await using var bench = await CreateAsync();

        await PutAsync(bench, new QuarantinedRow("run", 0, 1L, new RunError("T", "a\0b", "\uD83D\uDE00", "c\uD83D"), Noon), new QuarantinedRow("run", 0, 2L, new RunError("T", "\uDE00\uD83D\uDE00\0", null, null), Noon));

        Assert.Equal([("a\uFFFDb", "\uD83D\uDE00", "c\uFFFD"), ("\uFFFD\uD83D\uDE00\uFFFD", null, null)], (await bench.Quarantine.ListAsync("run", default)).Select(row => (row.Error.Message, row.Error.Stack, row.Error.Element)));
    }

    [Fact]
    public async Task Rows_are_listed_in_the_order_in_which_they_failed()
    {
        await using var bench = await CreateAsync();

        await PutAsync(bench, Row(9), Row(2), Row(5), Row(1) with { Run = "another run" });
        await PutAsync(bench, Row(2));

        Assert.Equal([9, 2, 5], (await bench.Quarantine.ListAsync("run", default)).Select(row => (long)row.Key.Parts[0]));
    }

    [Fact]
    public async Task A_row_that_fails_again_stays_with_its_new_error_and_one_attempt_more()
    {
        await using var bench = await CreateAsync();
        await PutAsync(bench, Row(2));
        await bench.Quarantine.SkipAsync("run", 2L, default);

        var again = new QuarantinedRow("run", 1, 2L, new RunError("Other", "other", null, null), Noon.AddHours(1));
        await PutAsync(bench, again);

        Assert.Equal(again with { Attempts = 2 }, Assert.Single(await bench.Quarantine.ListAsync("run", default)));
    }

    [Fact]
    public async Task What_is_skipped_does_not_count_and_what_is_to_be_retried_does()
    {
        await using var bench = await CreateAsync();
        Assert.Empty(await bench.Quarantine.ListAsync("run", default));
        await PutAsync(bench, Row(1), Row(2), Row(3));

        Assert.True(await bench.Quarantine.SkipAsync("run", 2L, default));
        await bench.Cursors.ReopenAsync("run", default);

        Assert.Equal(2, await bench.Quarantine.CountAsync("run", default));
        Assert.Equal([QuarantineState.Retry, QuarantineState.Skipped, QuarantineState.Retry], (await bench.Quarantine.ListAsync("run", default)).Select(row => row.State));
    }

    [Fact]
    public async Task Only_a_row_that_is_open_is_skipped()
    {
        await using var bench = await CreateAsync();
        await PutAsync(bench, Row(1));

        Assert.False(await bench.Quarantine.SkipAsync("run", 2L, default));
        Assert.False(await bench.Quarantine.SkipAsync("another run", 1L, default));
        Assert.True(await bench.Quarantine.SkipAsync("run", 1L, default));
        Assert.False(await bench.Quarantine.SkipAsync("run", 1L, default));
    }

    [Fact]
    public async Task Rows_to_be_retried_are_found_in_their_partition_until_they_are_settled_or_fail_again()
    {
        await using var bench = await CreateAsync();
        var database = bench.Database;
        await bench.Cursors.PlanAsync("run", [5L], null, default);
        await PutAsync(bench, Row(3), Row(1), Row(8) with { Partition = 1 });
        await BatchAsync(bench, async connection => Assert.Null(await QuarantineTable.FindRetryAsync(database, connection, "run", 0, default)));
        await bench.Cursors.ReopenAsync("run", default);
        Assert.Equal([2, 1], (await bench.Cursors.ListAsync("run", default)).Select(cursor => cursor.Retries));

        await BatchAsync(bench, async connection =>
        {
            Assert.Equal(Key.Of(3L), (await QuarantineTable.FindRetryAsync(database, connection, "run", 0, default))!.Key);
            await QuarantineTable.SettleAsync(database, connection, "run", 3L, default);
            Assert.Equal(Key.Of(1L), (await QuarantineTable.FindRetryAsync(database, connection, "run", 0, default))!.Key);
            await QuarantineTable.PutAsync(database, connection, Row(1), default);
            Assert.Null(await QuarantineTable.FindRetryAsync(database, connection, "run", 0, default));
            Assert.Equal(2, await QuarantineTable.CountAsync(database, connection, "run", default));
        });

        Assert.Equal([(1L, QuarantineState.Open, 2), (8L, QuarantineState.Retry, 1)], (await bench.Quarantine.ListAsync("run", default)).Select(row => ((long)row.Key.Parts[0], row.State, row.Attempts)));
        var claimed = (await bench.Cursors.ClaimAsync("run", 1, 0, Claim("me"), default))!;
        Assert.Equal(1, claimed.Retries);
        Assert.Equal(0, (await bench.Cursors.ListAsync("run", default))[0].Retries);

        // What was walked to its end and has a row to try again is kept as long as that takes.
        await bench.MoveAsync(claimed with { IsDone = true });
        Assert.True(await bench.Cursors.RenewAsync("run", 1, 1, Claim("me"), default));
    }

    [Fact]
    public async Task A_row_is_put_into_quarantine_with_its_batch_or_not_at_all()
    {
        await using var bench = await CreateAsync();
        await ProgressTables.RequireAsync(bench.Database, default);

        await using (var connection = await bench.Database.OpenAsync(default))
        await using (await connection.BeginTransactionAsync()) await QuarantineTable.PutAsync(bench.Database, connection, Row(1), default);

        Assert.Empty(await bench.Quarantine.ListAsync("run", default));
    }

    private static QuarantinedRow Row(long key) => new("run", 0, key, new RunError("Type", "message", null, null), Noon);

    private static Task PutAsync(ProgressBench bench, params QuarantinedRow[] rows) => BatchAsync(bench, async connection =>
    {
        foreach (var row in rows) await QuarantineTable.PutAsync(bench.Database, connection, row, default);
    });

    private static async Task BatchAsync(ProgressBench bench, Func<NpgsqlConnection, Task> batch)
    {
        await ProgressTables.RequireAsync(bench.Database, default);
        await using var connection = await bench.Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        await batch(connection);
        await transaction.CommitAsync();
    }
}
