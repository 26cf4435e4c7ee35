using Dapper;
using Drip.Postgres;
using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Postgres;

/// <summary>Being woken when there may be work.</summary>
public sealed class Listening(SharedPostgres server) : IClassFixture<SharedPostgres>, IAsyncLifetime
{
    private const string Listeners = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN drip_run_' || 'drip_run'::regclass::oid";

    private readonly TestSchema _schema = server.NextSchema();
    private readonly SemaphoreSlim _wakes = new(0);
    private SqlStore _store = null!;
    private IAsyncDisposable? _listener;

    public async ValueTask InitializeAsync() => _store = await _schema.OpenMigratedStoreAsync();

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
        await _schema.DisposeAsync();
        _wakes.Dispose();
    }

    [Fact]
    public async Task Whatever_makes_a_run_one_to_be_taken_wakes()
    {
        await ListenAsync(_store);

        await WakesAsync(_store.CreateAsync(ARun()));
        await _store.ClaimAsync("run0000001", 0, ALease("me", Noon));
        await WakesAsync(_store.ReleaseAsync("run0000001", 1, RunStatus.Running, SomeCounters, null, Noon));
        await _store.ClaimAsync("run0000001", 1, ALease("me", Noon));
        await WakesAsync(_store.LetGoAsync("run0000001", 2, SomeCounters, "why", Noon));
        await _store.FailAsync("run0000001", 2, SomeError, Noon);
        await WakesAsync(_store.ReopenAsync("run0000001", "ann", Noon));
        await _store.CreateAsync(ADistinctRun(2, RunStatus.Pending));
        await WakesAsync(_store.EnqueueAsync(Id(2), "ann", Noon));

        // Nothing else did.
        Assert.Equal(0, _wakes.CurrentCount);
    }

    [Fact]
    public async Task What_workers_do_with_their_runs_wakes_nobody()
    {
        await _store.CreateAsync(ARun());
        await _store.CreateAsync(ADistinctRun(2, RunStatus.Pending));
        await ListenAsync(_store);
        await _store.ClaimAsync("run0000001", 0, ALease("me", Noon));
        await _store.RenewAsync("run0000001", 1, ALease("me", Noon));
        await _store.RecordBatchesAsync([ABatch(1)], SomeCounters, 1, Noon, null);
        await _store.ReleaseAsync("run0000001", 1, RunStatus.Completed, SomeCounters, null, Noon);

        // They are heard in the order in which they were committed.
        await WakesAsync(_store.EnqueueAsync(Id(2), "ann", Noon));
        Assert.Equal(0, _wakes.CurrentCount);
    }

    [Fact]
    public async Task Runs_of_another_schema_wake_nobody()
    {
        await using var another = server.NextSchema();
        await ListenAsync(_store);
        await using var other = await another.OpenMigratedStoreAsync();

        await other.CreateAsync(ARun());
        await WakesAsync(_store.CreateAsync(ARun()));

        Assert.Equal(0, _wakes.CurrentCount);
    }

    [Fact]
    public async Task A_store_that_names_its_schema_and_one_that_finds_it_hear_each_other()
    {
        await ListenAsync(TestSchema.StoreOn(_schema.OpenBySearchPath()));

        await WakesAsync(_store.CreateAsync(ARun()));
    }

    [Fact]
    public async Task A_connection_that_the_server_ended_is_opened_again()
    {
        await ListenAsync(_store);

        _schema.Execute(Listeners.Replace("count(*)", "pg_terminate_backend(pid)"));
        await WakeAsync();

        await WakesAsync(_store.CreateAsync(ARun()));
    }

    [Fact]
    public async Task A_store_that_is_migrated_later_is_heard_from_then_on()
    {
        await using var empty = server.NextSchema();
        await using var store = empty.OpenStore();
        _listener = await store.ListenAsync(() => _wakes.Release());

        await WakesAsync(store.MigrateAsync());

        await WakesAsync(store.CreateAsync(ARun()));
    }

    [Fact]
    public async Task Nobody_listens_any_more_when_it_is_over()
    {
        await ListenAsync(_store);
        Assert.Equal(1, _schema.Ask<int>(Listeners));

        await _listener!.DisposeAsync();

        while (_schema.Ask<int>(Listeners) > 0) await Task.Yield();
    }

    [Fact]
    public async Task Behind_a_pooler_nobody_can_listen()
    {
        Assert.Null(await TestSchema.StoreOn(_schema.Open(new PostgresSettings { PollOnly = true })).ListenAsync(() => { }));
    }

    private async Task ListenAsync(SqlStore store)
    {
        _listener = await store.ListenAsync(() => _wakes.Release());

        // The first is for what happened before.
        await WakeAsync();
    }

    private async Task WakesAsync<T>(ValueTask<T> done)
    {
        await done;
        await WakeAsync();
    }

    private async Task WakeAsync() => Assert.True(await _wakes.WaitAsync(TimeSpan.FromMinutes(1)), "Nothing woke.");
}
