using Dapper;
using Drip.Postgres;
using Drip.Runs;
using Npgsql;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Postgres;

/// <summary>What the database itself watches over, and transactions that are the data's own.</summary>
public sealed class Refusals(SharedPostgres server) : IClassFixture<SharedPostgres>, IAsyncLifetime
{
    private readonly TestSchema _schema = server.NextSchema();
    private PostgresDatabase _database = null!;
    private SqlStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _database = _schema.Open();
        _store = TestSchema.StoreOn(_database);
        await _store.MigrateAsync();
    }

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_database_itself_refuses_statuses_that_may_not_follow(int quarantined)
    {
        using var connection = _schema.Connect();
        List<string> changed = [];
        foreach (var (pair, number) in Transitions.AllPairs.Select((pair, number) => (pair, number)).Where(each => each.pair.From != each.pair.To))
        {
            connection.Execute(
                """
                INSERT INTO drip_run (id, job, status, options, options_key, batch_size, sleep_us, created_at, scanned, processed, batches, active_us, epoch, quarantined)
                VALUES (@id, 'add-role', @from, '{}', @id, 1, 0, now(), 0, 0, 0, 0, 0, @quarantined)
                """, new { id = $"{number}", from = pair.From.ToName(), quarantined });
            try
            {
                connection.Execute("UPDATE drip_run SET status = @to WHERE id = @id", new { id = $"{number}", to = pair.To.ToName() });
                changed.Add(Transitions.Name(pair));
            }
            catch (PostgresException refused)
            {
                Assert.Equal("a run cannot change to this status from the one it has", refused.MessageText);
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
        await _store.CreateAsync(ARun(status: status));
        using var connection = _schema.Connect();
        List<string> changed = [];
        foreach (var column in connection.Query<string>("SELECT attname FROM pg_attribute WHERE attrelid = 'drip_run'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname"))
        {
            try
            {
                connection.Execute($"UPDATE drip_run SET {column} = {column}");
                changed.Add(column);
            }
            catch (PostgresException refused)
            {
                Assert.Equal("a finished run never changes, but for its rows in quarantine", refused.MessageText);
            }
        }

        // And the time until which a rate is used up: who reserves more of it may come a moment too late.
        Assert.Equal(["paced_until", "quarantined"], changed);
    }

    [Fact]
    public async Task An_event_stands_and_falls_with_what_it_tells_of()
    {
        await _store.CreateAsync(ARun());
        _schema.Execute("CREATE TRIGGER refuse BEFORE INSERT ON drip_event FOR EACH ROW EXECUTE FUNCTION drip_refuse('no more events')");

        await Assert.ThrowsAsync<PostgresException>(async () => await _store.ClaimAsync("run0000001", 0, ALease("me", Noon)));
        await Assert.ThrowsAsync<PostgresException>(async () => await _store.TakeAsync(new TakeFilter(["add-role"], null), ALease("me", Noon)));

        Assert.Equal(ARun(), await _store.FindAsync("run0000001"));
    }

    [Fact]
    public async Task A_batch_recorded_in_a_transaction_that_rolls_back_leaves_nothing()
    {
        await CreateHeldAsync();
        await using (var connection = await _database.OpenAsync(default))
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            Assert.True((await _store.RecordBatchesAsync([ABatch(1)], SomeCounters, 1, null, transaction)).Held);
            await transaction.RollbackAsync();
        }

        Assert.Empty(await _store.ListBatchesAsync(new BatchFilter("run0000001")));
        Assert.Equal(RunCounters.Zero, (await _store.FindAsync("run0000001"))!.Counters);
    }

    [Fact]
    public async Task Batches_recorded_one_after_another_on_one_connection_are_prepared_once()
    {
        await CreateHeldAsync();
        await using var connection = await _database.OpenAsync(default);
        for (var number = 1; number <= 3; number++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var batch = number == 2 ? ABatch(2, status: RunStatus.Failed, error: SomeError) : ABatch(number);
            await _store.RecordBatchesAsync([batch], SomeCounters with { Total = number == 2 ? 7 : null }, 1, number == 3 ? Noon : null, transaction);
            await transaction.CommitAsync();
        }

        Assert.Equal(3, _schema.Ask<int>("SELECT count(*) FROM drip_batch"));
        Assert.Equal(7, (await _store.FindAsync("run0000001"))!.Counters.Total);
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%drip_%'"));
    }

    [Fact]
    public async Task Behind_a_pooler_nothing_is_prepared()
    {
        await CreateHeldAsync();
        var database = _schema.Open(new PostgresSettings { PollOnly = true });
        await using var store = TestSchema.StoreOn(database);
        for (var number = 1; number <= 5; number++) await store.RecordBatchesAsync([ABatch(number)], SomeCounters, 1, null, null);

        await using var connection = await database.OpenControlAsync(default);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM pg_prepared_statements"));
    }

    [Fact]
    public async Task What_is_done_again_and_again_is_prepared()
    {
        await CreateHeldAsync();
        for (var number = 1; number <= 5; number++) await _store.RenewAsync("run0000001", 1, ALease("me", Noon));

        await using var connection = await _database.OpenControlAsync(default);
        Assert.True(await connection.ExecuteScalarAsync<bool>("SELECT bool_or(statement LIKE 'UPDATE%lease_until%') FROM pg_prepared_statements"));
    }

    [Fact]
    public async Task A_connection_on_the_same_database_is_in_the_store()
    {
        await using var own = await _database.OpenAsync(default);
        await using var others = _schema.Connect();

        Assert.True(_store.IsIn(own));
        Assert.True(_store.IsIn(others));
    }

    [Fact]
    public async Task A_connection_on_another_database_is_not_in_the_store()
    {
        await using var other = await Servers.TestPostgres.CreateAsync();
        await using var connection = await other.OpenAsync();

        Assert.False(_store.IsIn(connection));
    }

    [Fact]
    public async Task A_connection_that_would_look_for_the_tables_elsewhere_is_not_in_the_store()
    {
        await using var store = TestSchema.StoreOn(_schema.OpenBySearchPath());
        await using var elsewhere = await server.Server.OpenAsync();
        await using var there = _schema.Connect();

        Assert.False(store.IsIn(elsewhere));
        Assert.True(store.IsIn(there));
    }

    [Fact]
    public async Task What_a_text_of_the_database_cannot_hold_is_replaced()
    {
        await CreateHeldAsync();
        var failed = ABatch(1, status: RunStatus.Failed, error: SomeError with { Message = "a\0b\ud800c", Element = "\U0001F600" }) with { To = "\0" };

        await _store.RecordBatchesAsync([failed], SomeCounters, 1, null, null);

        var batch = Assert.Single(await _store.ListBatchesAsync(new BatchFilter("run0000001")));
        Assert.Equal(("a\ufffdb\ufffdc", "\U0001F600", "\ufffd"), (batch.Error!.Message, batch.Error.Element, batch.To));
    }

    [Fact]
    public async Task Long_options_are_compared_whole()
    {
        var random = new Random(1);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(_ => (char)random.Next('!', '~')));
        Assert.Null(await _store.CreateAsync(ARun("first", options: text)));

        Assert.Null(await _store.CreateAsync(ARun("second", options: text + "x")));
        Assert.Equal("first", (await _store.CreateAsync(ARun("third", options: text)))?.Id);
    }

    [Fact]
    public async Task Connections_that_ended_while_nobody_used_them_are_replaced()
    {
        await CreateHeldAsync();
        var breakAll = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'drip' AND query LIKE '%\"" + _schema.Name + "\"%'";

        await FillPoolAsync();
        _schema.Execute(breakAll);
        Assert.NotNull(await _store.FindAsync("run0000001"));
        await FillPoolAsync();
        _schema.Execute(breakAll);
        Assert.True((await _store.RenewAsync("run0000001", 1, ALease("me", Noon))).Held);

        Task FillPoolAsync() => Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await _store.FindAsync("run0000001")));
    }

    private async Task CreateHeldAsync()
    {
        await _store.CreateAsync(ARun());
        await _store.ClaimAsync("run0000001", 0, ALease("me", Noon));
    }
}
