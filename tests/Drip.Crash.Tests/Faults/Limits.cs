using Drip.Crash.Tests.Matrix;
using Drip.Crash.Tests.Sites;
using Drip.Servers;
using Npgsql;

namespace Drip.Crash.Tests.Faults;

/// <summary>A server, or a pool, has no more to give: no writing, no time, no connection, no space.</summary>
public sealed class Limits
{
    [Theory]
    [InlineData(Site.Postgres)]
    [InlineData(Site.RowsInPostgres)]
    [InlineData(Site.RowsInSqlite)]
    public async Task A_server_that_only_reads_after_a_failover_puts_the_run_aside_with_that_reason(Site site)
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var folder = ItemsOnServer.On(database, site);
        using var worker = folder.Start("run", "raise-slowly", "--batch-size", "10", "--sleep", "20ms");
        await folder.CommittedAsync(3);

        await SetReadOnlyAsync(database, "on");
        var ended = await worker.EndAsync();

        Assert.True(ended.ExitCode is 4 or 7, $"{ended.ExitCode}: {ended.Errors}");
        Assert.Contains("can only be read now", ended.Errors);
        Assert.DoesNotContain("unexpected", ended.Errors);
        // Where the store can be written, the run says so itself.
        if (site == Site.RowsInPostgres)
        {
            Assert.Equal("paused", folder.Status);
            Assert.Contains("can only be read now", folder.Store.Ask<string>("SELECT coalesce(error_message, '') FROM drip_run"));
        }

        Assert.NotEqual("failed", folder.Status);
        await SetReadOnlyAsync(database, "off");
        await folder.FinishAsync();
        folder.AssertDoneOnce();
    }

    [Theory]
    [InlineData("raise-rows --batch-size 50")]
    [InlineData("raise-batches --batch-size 50")]
    public async Task A_statement_that_takes_too_long_is_ended_and_its_batch_done_again(string job)
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var folder = ItemsOnServer.On(database);
        folder.Set("Drip__Postgres__StatementTimeout", "1s");
        // Slow once: a sequence counts also what is rolled back.
        await database.ExecuteAsync("""
            CREATE SEQUENCE slow;
            CREATE FUNCTION wait_once() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF nextval('slow') = 1 THEN PERFORM pg_sleep(60); END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER wait_once BEFORE UPDATE ON items FOR EACH ROW WHEN (OLD.id = 120) EXECUTE FUNCTION wait_once();
            """);

        var ended = await folder.RunAsync(["run", .. job.Split(' ')]);

        Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
        Assert.Equal(2, folder.Ask<long>("SELECT last_value FROM slow"));
        folder.AssertDoneOnce();
    }

    [Theory]
    [InlineData(1, "raise-rows")]
    [InlineData(1, "raise-divided")]
    [InlineData(1, "raise-batches")]
    [InlineData(2, "raise-divided")]
    [InlineData(4, "raise-slowly --partitions 4 --sleep 5ms")]
    public async Task Four_walks_share_a_pool_however_small_it_is(int size, string job)
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var folder = ItemsOnServer.On(database);
        folder.Set("CRASH_POSTGRES", new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = size, Timeout = 5 }.ConnectionString);

        var ended = await folder.RunAsync(["run", .. job.Split(' ')]);

        Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
        folder.AssertDoneOnce();
    }

    [Theory]
    [InlineData("raise-rows --batch-size 500", 20_000)]
    [InlineData("raise-batches --batch-size 500", 20_000)]
    public async Task A_disk_that_is_full_puts_the_run_aside_until_there_is_space(string job, int items)
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var server = await OwnPostgres.StartAsync();
        await using var folder = ItemsFolder.On(server, 1);
        disk.GiveToServer();
        await server.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{disk.Folder}'");
        await server.ExecuteAsync($"ALTER TABLE effects SET TABLESPACE small; ALTER TABLE items SET TABLESPACE small");
        await server.ExecuteAsync($"INSERT INTO items (id) SELECT generate_series(2, {items})");
        disk.Fill();

        var ended = await folder.RunAsync(["run", .. job.Split(' ')]);

        Assert.True(ended.ExitCode == 4, $"{ended.ExitCode}: {ended.Errors}");
        Assert.Contains("is full", ended.Errors);
        Assert.Equal("paused", folder.Status);
        Assert.Equal(0, folder.Ask<long>("SELECT count(*) FROM drip_quarantine"));
        var done = folder.Ask<long>("SELECT count(*) FROM items WHERE revision = 1");
        Assert.InRange(done, 0, items - 1);
        Assert.Equal(done, folder.Ask<long>("SELECT count(*) FROM effects"));

        disk.MakeSpace();
        await folder.FinishAsync();
        folder.AssertDoneOnce();
    }

    private static async Task SetReadOnlyAsync(TestPostgres database, string value)
    {
        await using var connection = await database.OpenAsync();
        foreach (var sql in (string[])[
            "SET default_transaction_read_only = off",
            $"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = {value}', current_database()); END $$",
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
