using Dapper;
using Drip.Runs;
using Drip.Sqlite;
using Drip.Store.Tests.Contract;
using Microsoft.Data.Sqlite;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Sqlite;

public sealed class SqliteStoreTests : RunStoreContract
{
    private readonly TempDatabase _file = new();
    private SqliteDatabase _database = null!;

    private protected override async Task<IRunStore> OpenAsync()
    {
        _database = _file.Open();
        var store = new SqlStore(new SqliteStoreDatabase(_database));
        await store.MigrateAsync();
        return store;
    }

    private protected override ValueTask CloseAsync() => _file.DisposeAsync();

    [Fact]
    public async Task A_batch_recorded_in_a_transaction_that_rolls_back_leaves_nothing()
    {
        await CreateHeldAsync();
        using (var lease = await _database.EnterWriterAsync())
        using (var transaction = lease.Connection.BeginTransaction())
        {
            Assert.True((await Store.RecordBatchesAsync([ABatch(1)], SomeCounters, 1, null, transaction)).Held);
            transaction.Rollback();
        }

        Assert.Empty(await Store.ListBatchesAsync(new BatchFilter("run0000001")));
        Assert.Equal(RunCounters.Zero, (await Store.FindAsync("run0000001"))!.Counters);
    }

    [Fact]
    public async Task Batches_are_recorded_in_one_transaction_after_another_on_the_same_connection()
    {
        await CreateHeldAsync();
        for (var number = 1; number <= 3; number++)
        {
            using var lease = await _database.EnterWriterAsync();
            using var transaction = lease.Connection.BeginTransaction();
            await Store.RecordBatchesAsync([ABatch(number)], SomeCounters, 1, null, transaction);
            transaction.Commit();
        }

        Assert.Equal(3, _file.Ask<int>("SELECT COUNT(*) FROM drip_batch"));
    }

    [Fact]
    public void A_connection_on_the_same_file_is_in_the_store()
    {
        using var own = _database.OpenReader();
        using var others = _file.Connect();

        Assert.True(Store.IsIn(own));
        Assert.True(Store.IsIn(others));
    }

    [Fact]
    public async Task A_connection_on_another_file_is_not_in_the_store()
    {
        await using var other = new TempDatabase();
        using var connection = other.Connect();

        Assert.False(Store.IsIn(connection));
    }

    [Fact]
    public async Task A_store_that_is_reached_through_a_link_is_still_in_its_file()
    {
        File.CreateSymbolicLink(_file.InFolder("link.db"), _file.Path);
        var linked = _file.OpenAt(_file.InFolder("link.db"));
        await using var store = new SqlStore(new SqliteStoreDatabase(linked));
        await store.GetMigrationsAsync();
        using var connection = _file.Connect();

        Assert.True(store.IsIn(connection));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_database_itself_refuses_statuses_that_may_not_follow(int quarantined)
    {
        using var connection = _file.Connect();
        List<string> changed = [];
        foreach (var (pair, number) in Transitions.AllPairs.Select((pair, number) => (pair, number)).Where(each => each.pair.From != each.pair.To))
        {
            connection.Execute(
                """
                INSERT INTO drip_run (id, job, status, options, options_key, batch_size, sleep_us, created_at, scanned, processed, batches, active_us, epoch, quarantined)
                VALUES (@number, 'add-role', @from, '{}', @number, 1, 0, '', 0, 0, 0, 0, 0, @quarantined)
                """, new { number, from = pair.From.ToName(), quarantined });
            try
            {
                connection.Execute("UPDATE drip_run SET status = @to WHERE id = @number", new { number = $"{number}", to = pair.To.ToName() });
                changed.Add(Transitions.Name(pair));
            }
            catch (SqliteException refused)
            {
                Assert.Contains("a run cannot change to this status", refused.Message);
            }
        }

        var allowed = Transitions.Allowed.Except(["running → running"]).Except(quarantined > 0 ? [] : Transitions.OnlyWithQuarantinedRows);
        Assert.Equal(allowed.Order(), changed.Order());
    }

    [Theory]
    [InlineData(RunStatus.Stopped)]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    public async Task The_database_itself_lets_nothing_of_a_finished_run_change_but_its_rows_in_quarantine(RunStatus status)
    {
        await Store.CreateAsync(ARun(status: status));
        using var connection = _file.Connect();
        List<string> changed = [];
        foreach (var column in connection.Query<string>("SELECT name FROM pragma_table_info('drip_run')"))
        {
            try
            {
                connection.Execute($"UPDATE drip_run SET {column} = {column}");
                changed.Add(column);
            }
            catch (SqliteException refused)
            {
                Assert.Contains("a finished run never changes", refused.Message);
            }
        }

        Assert.Equal(["quarantined"], changed);
    }

    [Fact]
    public async Task A_request_that_is_made_while_a_batch_is_at_work_is_seen_by_the_next_one()
    {
        await CreateHeldAsync();
        await using var other = new SqlStore(new SqliteStoreDatabase(_file.Open()));
        await Store.RecordBatchesAsync([ABatch(1)], SomeCounters, 1, null, null);

        await other.RequestAsync("run0000001", 1, RunRequestKind.Pause, ownerIsGone: false, force: false, "ann", Noon);

        Assert.Equal(new BatchReceipt(true, RunRequestKind.Pause), await Store.RecordBatchesAsync([ABatch(2)], SomeCounters, 1, null, null));
        Assert.Equal(SomeCounters, (await Store.FindAsync("run0000001"))!.Counters);
    }

    [Fact]
    public async Task An_event_stands_and_falls_with_what_it_tells_of()
    {
        await Store.CreateAsync(ARun());
        _file.Execute("CREATE TRIGGER refuse BEFORE INSERT ON drip_event BEGIN SELECT RAISE(ABORT, 'no more events'); END");

        await Assert.ThrowsAsync<SqliteException>(async () => await Store.ClaimAsync("run0000001", 0, ALease("me", Noon)));

        Assert.Equal(ARun(), await Store.FindAsync("run0000001"));
    }

    [Theory]
    [InlineData("WHERE id >= 'ab' AND id < 'ac' ORDER BY id DESC", "(id>? AND id<?)")]
    [InlineData("WHERE job = 'a' AND id < 'x' ORDER BY id DESC", "drip_run_by_job (job=? AND id<?)")]
    [InlineData("WHERE status = 'a' AND id < 'x' ORDER BY id DESC", "drip_run_by_status (status=? AND id<?)")]
    public void Listing_takes_an_index_and_sorts_nothing(string query, string plan)
    {
        using var connection = _file.Connect();

        var details = connection.Query<(int, int, int, string Detail)>($"EXPLAIN QUERY PLAN SELECT * FROM drip_run {query} LIMIT 50").Select(step => step.Detail).ToArray();

        Assert.Contains(plan, Assert.Single(details));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Looking_for_work_walks_the_unfinished_runs_only_and_sorts_nothing(bool isAnalyzed)
    {
        using var connection = _file.Connect();
        connection.Execute("""
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000)
            INSERT INTO drip_run (id, job, status, options, options_key, batch_size, sleep_us, created_at, scanned, processed, batches, active_us, epoch)
            SELECT printf('run%07d', n), 'add-role', CASE WHEN n % 1000 = 0 THEN 'enqueued' ELSE 'completed' END, '{}', n, 1, 0, '', 0, 0, 0, 0, 0 FROM numbers
            """);
        if (isAnalyzed) connection.Execute("ANALYZE drip_run");

        var details = connection
            .Query<(int, int, int, string Detail)>($"EXPLAIN QUERY PLAN {new RunRows(new SqliteStoreDatabase(_database)).FindWork}", new { after = "", limit = 100 })
            .Select(step => step.Detail).ToArray();

        Assert.EndsWith("USING INDEX drip_run_unfinished (id>?)", Assert.Single(details));
    }

    [Fact]
    public async Task Another_program_that_keeps_the_lock_is_reported_as_busy()
    {
        await using var store = new SqlStore(new SqliteStoreDatabase(_file.Open(new SqliteSettings { BusyTimeout = TimeSpan.FromMilliseconds(50) })));
        using var other = _file.Connect();
        other.Execute("BEGIN IMMEDIATE");

        var error = await Assert.ThrowsAsync<DripException>(async () => await store.CreateAsync(ARun()));

        Assert.Equal(DripErrorKind.Busy, error.Kind);
        Assert.Contains("shop.db", error.Message);
        Assert.IsType<SqliteException>(error.InnerException);
    }

    private async Task CreateHeldAsync()
    {
        await Store.CreateAsync(ARun());
        await Store.ClaimAsync("run0000001", 0, ALease("me", Noon));
    }
}
