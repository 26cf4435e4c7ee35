using Drip.Crash.Tests.Matrix;
using Drip.Servers;
using Npgsql;

namespace Drip.Crash.Tests.Faults;

/// <summary>Others use the same rows at the same time.</summary>
public sealed class ForeignTransactions : IAsyncLifetime
{
    private TestPostgres _database = null!;
    private ItemsFolder _folder = null!;

    public async ValueTask InitializeAsync() => _folder = ItemsOnServer.On(_database = await TestPostgres.CreateAsync());

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null) await _folder.DisposeAsync();
    }

    [Theory]
    [InlineData("raise-rows --batch-size 100")]
    [InlineData("raise-batches --batch-size 100")]
    public async Task A_batch_that_loses_a_deadlock_is_done_again_and_the_other_keeps_its_change(string job)
    {
        // The server looks for a deadlock when a wait has lasted this long, and ends the one who waited so long: the worker.
        await ConfigureAsync("deadlock_timeout = '2s'");
        await using var foreign = await _database.OpenAsync();
        await ExecuteAsync(foreign, "SET deadlock_timeout = '1min'");
        await using var transaction = await foreign.BeginTransactionAsync();
        await ExecuteAsync(foreign, "UPDATE items SET state = 'foreign' WHERE id = 90");
        using var worker = _folder.Start(["run", .. job.Split(' ')]);
        await UntilSomeoneWaitsAsync();

        await ExecuteAsync(foreign, "UPDATE items SET state = 'foreign' WHERE id = 10");
        await transaction.CommitAsync();

        await EndAsync(worker);
        Assert.Equal(["10", "90"], _folder.List<string>("SELECT id::text FROM items WHERE state = 'foreign' ORDER BY id"));
        _folder.AssertDoneOnce();
    }

    [Theory]
    [InlineData("raise-rows --batch-size 100")]
    [InlineData("raise-batches --batch-size 100")]
    [InlineData("raise-divided")]
    public async Task A_row_that_someone_holds_for_longer_than_the_worker_waits_is_come_back_for(string job)
    {
        _folder.Set("Drip__Postgres__LockTimeout", "1s");
        await using var foreign = await _database.OpenAsync();
        await using var transaction = await foreign.BeginTransactionAsync();
        await ExecuteAsync(foreign, "UPDATE items SET state = 'foreign' WHERE id = 150");

        // It comes back a few times, and then leaves the run for later rather than wait for ever.
        var first = await _folder.RunAsync(["run", .. job.Split(' ')]);
        Assert.True(first.ExitCode is 4 or 6 or 7, $"{first.ExitCode}: {first.Errors}");
        Assert.DoesNotContain("unexpected", first.Errors);
        Assert.NotEqual("failed", _folder.Status);
        Assert.Equal(0, _folder.Ask<long>("SELECT count(*) FROM drip_quarantine"));

        using var second = _folder.Start("worker", "--drain");
        await UntilSomeoneWaitsAsync();
        await transaction.CommitAsync();
        await EndAsync(second);
        await _folder.FinishAsync();
        Assert.Equal("foreign", _folder.Ask<string>("SELECT state FROM items WHERE id = 150"));
        _folder.AssertDoneOnce();
    }

    [Theory]
    [InlineData("serializable", "raise-rows")]
    [InlineData("serializable", "raise-batches")]
    [InlineData("repeatable read", "raise-rows")]
    [InlineData("repeatable read", "raise-batches")]
    public async Task Where_the_default_isolation_is_another_nothing_is_lost_beside_a_busy_writer(string isolation, string job)
    {
        await ConfigureAsync($"default_transaction_isolation = '{isolation}'");
        await _database.ExecuteAsync("ALTER TABLE items ADD COLUMN others integer NOT NULL DEFAULT 0");
        using var worker = _folder.Start("run", job, "--batch-size", "10", "--sleep", "10ms");

        var writes = 0;
        await using (var foreign = await _database.OpenAsync())
        {
            await ExecuteAsync(foreign, "SET default_transaction_isolation = 'read committed'");
            while (!worker.HasExited)
            {
                try
                {
                    await ExecuteAsync(foreign, "UPDATE items SET others = others + 1 WHERE id % 7 = 0");
                    writes++;
                }
                catch (PostgresException deadlock) when (deadlock.SqlState == PostgresErrorCodes.DeadlockDetected)
                {
                    // It takes rows in the order in which they lie, the worker in that of their keys: one of the two is rolled back, and tries again.
                }
            }
        }

        await EndAsync(worker);
        Assert.Equal([(0, false), (writes, true)], _folder.List<(int, bool)>("SELECT DISTINCT others, id % 7 = 0 FROM items ORDER BY others"));
        Assert.True(writes >= 3, $"Only {writes} writes beside it.");
        _folder.AssertDoneOnce();
    }

    [Theory]
    [InlineData("raise-rows")]
    [InlineData("raise-batches")]
    public async Task What_busy_writers_add_to_the_column_that_a_batch_changes_is_kept(string job)
    {
        await _database.ExecuteAsync($"INSERT INTO items (id) SELECT generate_series({ItemsOnServer.Items + 1}, 4000)");
        using var worker = _folder.Start("run", job, "--batch-size", "100");
        var seed = ItemsOnServer.Random().Next();

        // Without a lock on the rows that were read, what is added between reading and writing would be written over.
        var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(each => AddAsync(worker, new Random(seed + each))));

        await EndAsync(worker);
        var added = writers.SelectMany(writer => writer).CountBy(id => id).Select(pair => (pair.Key, pair.Value)).Order();
        Assert.Equal(added, _folder.List<(long, int)>("SELECT id, revision / 1000 FROM items WHERE revision >= 1000 ORDER BY id"));
        _folder.Execute("UPDATE items SET revision = revision % 1000");
        _folder.AssertDoneOnce();
    }

    // Adds a thousand to one row after the other, until the worker is done.
    private async Task<List<long>> AddAsync(CrashWorker worker, Random random)
    {
        await using var foreign = await _database.OpenAsync();
        var added = new List<long>();
        while (!worker.HasExited)
        {
            added.Add(random.Next(1, 4001));
            await ExecuteAsync(foreign, $"UPDATE items SET revision = revision + 1000 WHERE id = {added[^1]}");
        }

        return added;
    }

    private Task ConfigureAsync(string setting) => _database.ExecuteAsync($"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET {setting.Replace("'", "''", StringComparison.Ordinal)}', current_database()); END $$");

    private Task UntilSomeoneWaitsAsync() =>
        CrashWorker.UntilAsync(() => _folder.Ask<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0, "someone to wait for a lock");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task EndAsync(CrashWorker worker)
    {
        var ended = await worker.EndAsync();
        Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
        Assert.DoesNotContain("unexpected", ended.Errors);
    }
}
