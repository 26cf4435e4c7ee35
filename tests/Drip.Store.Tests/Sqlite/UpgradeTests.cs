using System.Data.Common;
using Drip.Generated;
using Drip.Runs;
using Drip.Sqlite;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Sqlite;

/// <summary>Stores that an older binary made and filled.</summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private const string SecondVersionRows = """
        INSERT INTO drip_run (
            id, job, status, options, options_key, batch_size, sleep_us, created_at, started_at, finished_at, scanned, processed, batches, active_us,
            owner, epoch, request, requested_by, requested_at)
        VALUES
            ('first', 'add-role', 'running', '{}', '{}', 1000, 0, '2030-01-15T12:00:00.1234560Z', '2030-01-15T12:00:00.1234560Z', NULL, 0, 0, 0, 0,
                'me', 3, 'pause', 'ann', '2030-01-15T12:00:00.1234560Z'),
            ('second', 'add-role', 'completed', 'other', 'other', 1000, 0, '2030-01-15T12:00:00.1234560Z', NULL, '2030-01-15T12:00:00.1234560Z', 0, 0, 0, 0,
                NULL, 0, NULL, NULL, NULL);
        INSERT INTO drip_batch (run, number, status, key_from, key_to, size, processed, started_at, finished_at, error_type, error_message, error_stack, error_element)
        VALUES
            ('first', 1, 'completed', NULL, '10', 10, 9, '2030-01-15T12:00:00.1234560Z', '2030-01-15T12:00:00.1284560Z', NULL, NULL, NULL, NULL),
            ('first', 2, 'failed', NULL, '10', 10, 9, '2030-01-15T12:00:00.1234560Z', '2030-01-15T12:00:00.1284560Z',
                'System.FormatException', 'No digits in ''x''.', 'at Shop.AddRole', '(eu, 7)'),
            ('second', 1, 'completed', NULL, '10', 10, 9, '2030-01-15T12:00:00.1234560Z', '2030-01-15T12:00:00.1284560Z', NULL, NULL, NULL, NULL);
        INSERT INTO drip_event (run, at, kind) VALUES ('first', '2030-01-15T12:00:00.1234560Z', 'created');
        """;

    private readonly TempDatabase _file = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task A_store_of_the_first_version_is_refused_to_readers_and_keeps_its_runs_when_it_is_migrated()
    {
        await MigrateToVersionAsync(1);
        _file.Execute("""
            INSERT INTO drip_run (id, job, status, options, options_key, batch_size, sleep_us, created_at, scanned, processed, batches, active_us, epoch)
            VALUES ('run0000001', 'add-role', 'paused', '{}', '{}', 1000, 0, '2030-01-15T12:00:00.1234560Z', 0, 0, 0, 0, 3)
            """);
        await using var store = _file.OpenStore();

        var error = await Assert.ThrowsAsync<DripException>(async () => await store.ListAsync(new RunFilter()));
        var applied = await store.MigrateAsync();

        Assert.Equal((DripErrorKind.Schema, "store-older", "Run 'store migrate'."), (error.Kind, error.Code, error.Remedy));
        Assert.Equal([2, 3, 4], applied.Select(migration => migration.Number));
        Assert.Equal(ARun(status: RunStatus.Paused) with { Epoch = 3 }, await store.FindAsync("run0000001"));
        Assert.Equal(RunStatus.Stopped, (await store.RequestAsync("run0000001", 3, RunRequestKind.Stop, false, false, "ann", Noon))!.Status);
    }

    [Fact]
    public async Task A_store_without_partitions_keeps_its_runs_batches_and_events()
    {
        await MigrateToVersionAsync(2);
        _file.Execute(SecondVersionRows);
        await using var store = _file.OpenStore();

        Assert.Equal([3, 4], (await store.MigrateAsync()).Select(migration => migration.Number));

        Assert.Equal(
            [
                ARun("second", options: "other", status: RunStatus.Completed) with { FinishedAt = Noon },
                ARun("first", status: RunStatus.Running) with
                {
                    Epoch = 3, Owner = "me", StartedAt = Noon, Request = RunRequestKind.Pause, RequestedBy = "ann", RequestedAt = Noon,
                },
            ],
            await store.ListAsync(new RunFilter()));
        Assert.Equal([ABatch(2, "first", RunStatus.Failed, SomeError), ABatch(1, "first")], await store.ListBatchesAsync(new BatchFilter("first")));
        Assert.Equal([ABatch(1, "second")], await store.ListBatchesAsync(new BatchFilter("second")));
        Assert.Equal("created", Assert.Single(await store.ListEventsAsync("first")).Kind);
    }

    [Fact]
    public async Task A_store_without_partitions_goes_on_where_it_was()
    {
        await MigrateToVersionAsync(2);
        _file.Execute(SecondVersionRows);
        await using var store = _file.OpenStore();
        await store.MigrateAsync();

        var receipt = await store.RecordBatchesAsync([ABatch(2, "first"), ABatch(2, "first") with { Partition = 1 }], SomeCounters, 3, null, null);

        Assert.Equal(new BatchReceipt(true, RunRequestKind.Pause), receipt);
        Assert.Equal(["0/1", "0/2", "1/2"], (await store.ListBatchesAsync(new BatchFilter("first"))).Select(batch => $"{batch.Partition}/{batch.Number}").Order());
    }

    [Fact]
    public async Task Batches_still_go_with_their_run()
    {
        await MigrateToVersionAsync(2);
        _file.Execute(SecondVersionRows);
        await using var store = _file.OpenStore();
        await store.MigrateAsync();

        _file.Execute("PRAGMA foreign_keys = ON; DELETE FROM drip_run WHERE id = 'first'");

        Assert.Equal("second", _file.Ask<string>("SELECT group_concat(run) FROM drip_batch"));
    }

    [Fact]
    public async Task A_store_without_an_outbox_keeps_its_runs_which_have_no_hooks_until_they_are_claimed()
    {
        await MigrateToVersionAsync(3);
        _file.Execute(SecondVersionRows);
        await using var store = _file.OpenStore();

        Assert.Equal([4], (await store.MigrateAsync()).Select(migration => migration.Number));

        Assert.Equal(["second", "first"], (await store.ListAsync(new RunFilter())).Select(run => run.Id));
        Assert.Equal(HookSet.None, (await store.FindAsync("first"))!.Hooks);
        var hooks = HookSet.None.With(HookPoint.Of(HookTarget.Run, HookStatus.Failed, HookMoment.After));
        await store.ClaimAsync("first", 3, ALease("me", Noon) with { Hooks = hooks });
        await store.ReleaseAsync("first", 4, RunStatus.Failed, SomeCounters, SomeError, Noon);
        Assert.Equal("AfterRunFailed", Assert.Single(await store.Outbox.ListAsync("first")).Point.ToString());
    }

    [Fact]
    public async Task Of_several_processes_that_bring_a_store_forward_at_once_one_does()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var file = new TempDatabase();
            await MigrateToVersionAsync(2, file);
            file.Execute(SecondVersionRows);
            var stores = Enumerable.Range(0, 4).Select(_ => file.OpenStore()).ToArray();

            var applied = await Task.WhenAll(stores.Select(store => Task.Run(async () => await store.MigrateAsync())));

            Assert.Equal([3, 4], Assert.Single(applied, migrations => migrations.Count > 0).Select(migration => migration.Number));
            foreach (var store in stores) Assert.Equal(2, (await store.ListBatchesAsync(new BatchFilter("first"))).Count);
            Assert.Equal(3, file.Ask<int>("SELECT COUNT(*) FROM drip_batch"));
        }
    }

    // As a binary that knew only the first migrations left the file.
    private async Task MigrateToVersionAsync(int version, TempDatabase? file = null)
    {
        await using var store = new SqlStore(new OlderVersion((file ?? _file).Open(), version));
        await store.MigrateAsync();
    }

    private sealed class OlderVersion(SqliteDatabase database, int version) : StoreDatabase
    {
        private readonly SqliteStoreDatabase _now = new(database);

        public override string Description => _now.Description;

        public override IReadOnlyList<StoreMigration> Migrations { get; } = [.. SqliteMigrations.All.Take(version)];

        public override ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken) => _now.OpenReaderAsync(cancellationToken);

        public override ValueTask<T> WriteAsync<T>(Func<DbTransaction, ValueTask<T>> work, CancellationToken cancellationToken) => _now.WriteAsync(work, cancellationToken);

        public override bool IsOn(DbConnection connection) => _now.IsOn(connection);

        public override ValueTask<bool> HasTableAsync(DbConnection connection, string table, CancellationToken cancellationToken) => _now.HasTableAsync(connection, table, cancellationToken);

        public override DripException? Explain(Exception error) => _now.Explain(error);

        public override ValueTask DisposeAsync() => _now.DisposeAsync();
    }
}
