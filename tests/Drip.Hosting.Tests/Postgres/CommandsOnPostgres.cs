using System.Text.Json.Nodes;
using Drip.Postgres;

namespace Drip.Hosting.Tests.Postgres;

/// <summary>Every command does on PostgreSQL what it does on SQLite.</summary>
public sealed class CommandsOnPostgres : IAsyncLifetime
{
    private PostgresWorker _worker = null!;

    public async ValueTask InitializeAsync() => _worker = await PostgresWorker.CreateAsync();

    public ValueTask DisposeAsync() => _worker.DisposeAsync();

    [Fact]
    public async Task A_job_runs_and_is_listed_and_shown()
    {
        var run = JsonNode.Parse((await _worker.RunAsync("run", "give-role", "--json")).Succeeds().Output)!;

        Assert.Equal(("completed", 100), ((string)run["status"]!, (int)run["processed"]!));
        Assert.Equal(0, await _worker.CountAsync("role IS DISTINCT FROM 'intern'"));
        Assert.Contains((string)run["run"]!, (await _worker.RunAsync("runs")).Succeeds().Output);
        Assert.Contains("10 batches", (await _worker.RunAsync("show", (string)run["run"]!)).Succeeds().Output);
        (await _worker.RunAsync("verify", "--require", "give-role")).Succeeds();
    }

    [Fact]
    public async Task The_store_is_migrated_and_says_where_it_is()
    {
        var before = await _worker.RunAsync("store", "status");
        var migrated = await _worker.RunAsync("store", "migrate");
        var after = await _worker.RunAsync("store", "status");

        Assert.Contains("not yet", before.Succeeds().Output);
        Assert.StartsWith("Applied 1 (", migrated.Succeeds().Output);
        Assert.DoesNotContain("not yet", after.Succeeds().Output);
        Assert.StartsWith("The store is in drip_test_", after.Output);
        Assert.Contains("is up to date", (await _worker.RunAsync("store", "migrate")).Succeeds().Output);
    }

    [Fact]
    public async Task Everything_of_Drip_is_in_the_schema_that_is_set()
    {
        _worker.Settings = new PostgresSettings { Schema = "drip" };

        (await _worker.RunAsync("run", "give-role")).Succeeds();

        Assert.Equal(0L, await TablesIn("public"));
        Assert.True(await TablesIn("drip") >= 6);
    }

    [Fact]
    public async Task Rows_that_fail_wait_in_quarantine_and_are_tried_again()
    {
        await _worker.Database.ExecuteAsync("UPDATE people SET name = 'bad ' || id WHERE id IN (7, 42)");

        var run = JsonNode.Parse((await _worker.RunAsync("run", "lenient", "--json")).Output)!;
        var listed = (await _worker.RunAsync("quarantine", (string)run["run"]!)).Succeeds();
        (await _worker.RunAsync("quarantine", (string)run["run"]!, "--skip", "7")).Succeeds();
        await _worker.Database.ExecuteAsync("UPDATE people SET name = 'mended' WHERE id = 42");
        (await _worker.RunAsync("retry", (string)run["run"]!)).Succeeds();

        Assert.Equal(2, (int)run["quarantined"]!);
        Assert.Contains("'bad 42' is no name", listed.Output);
        Assert.Equal(99, await _worker.CountAsync("role = 'seen'"));
        Assert.Equal(1, await _worker.CountAsync("role IS NULL AND id = 7"));
    }

    [Fact]
    public async Task Workers_take_what_is_put_into_the_queue_and_share_its_partitions()
    {
        (await _worker.RunAsync("run", "touch", "--detach", "--partitions", "4", "--mark", "!")).Succeeds();

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _worker.RunAsync("worker", "--drain", "--concurrency", "2")));

        Assert.All(results, result => result.Succeeds());
        Assert.Equal(100, await _worker.CountAsync("name = 'person ' || id || '!'"));
        (await _worker.RunAsync("verify", "--require", "touch")).Succeeds();
    }

    [Fact]
    public async Task Through_a_pooler_the_same_is_done_by_polling()
    {
        _worker.Settings = new PostgresSettings { PollOnly = true };

        (await _worker.RunAsync("run", "touch", "--detach", "--mark", "!")).Succeeds();
        (await _worker.RunAsync("worker", "--drain")).Succeeds();

        Assert.Equal(100, await _worker.CountAsync("name = 'person ' || id || '!'"));
    }

    [Fact]
    public async Task Rows_in_SQLite_and_the_store_in_PostgreSQL()
    {
        using var file = new Harness.TestWorker();
        file.Configure = builder => builder.UsePostgres(_worker.ConnectionString, "runs").StoreIn("runs");

        (await file.RunAsync("run", "give-role")).Succeeds();

        Assert.Equal(0, file.Count("role IS NULL"));
        Assert.Equal(1L, await _worker.Database.ScalarAsync<long>("SELECT count(*) FROM drip_run WHERE status = 'completed' AND processed = 100"));
        Assert.Equal(0L, await _worker.Database.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE tablename = 'drip_cursor'"));
    }

    [Fact]
    public async Task Rows_in_PostgreSQL_and_the_store_in_SQLite()
    {
        _worker.Commands.Configure = builder => builder.UseSqlite($"Data Source={_worker.Commands.DatabasePath}", "runs").StoreIn("runs");

        (await _worker.RunAsync("run", "give-role")).Succeeds();

        Assert.Equal(0, await _worker.CountAsync("role IS NULL"));
        Assert.Equal(0L, await _worker.Database.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE tablename = 'drip_run'"));
        Assert.Contains("completed", (await _worker.RunAsync("runs")).Succeeds().Output);
    }

    [Fact]
    public async Task Runs_are_dated_by_the_server_s_clock_and_not_by_the_machine_s()
    {
        // A machine that is years off.
        var machine = new Harness.ManualTime();
        machine.Advance(TimeSpan.FromDays(3650));
        _worker.Commands.Time = machine;

        (await _worker.RunAsync("run", "touch", "--detach")).Succeeds();

        Assert.True(await _worker.Database.ScalarAsync<bool>("SELECT abs(extract(epoch FROM created_at - now())) < 600 FROM drip_run"));
    }

    private Task<long> TablesIn(string schema) =>
        _worker.Database.ScalarAsync<long>($"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema}' AND tablename LIKE 'drip\\_%'");
}
