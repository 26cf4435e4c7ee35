using Drip.Sqlite;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Sqlite;

public sealed class MigrationTests : IAsyncLifetime
{
    private readonly TempDatabase _file = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task A_fresh_file_gets_every_migration()
    {
        await using var store = _file.OpenStore();
        Assert.All(await store.GetMigrationsAsync(), migration => Assert.Null(migration.AppliedAt));

        var applied = await store.MigrateAsync();

        Assert.Equal(SqliteMigrations.All.Select(migration => migration.Number), applied.Select(migration => migration.Number));
        Assert.Equal(applied, await store.GetMigrationsAsync());
    }

    [Fact]
    public async Task Migrating_again_applies_nothing()
    {
        await using var store = await _file.OpenMigratedStoreAsync();

        Assert.Empty(await store.MigrateAsync());
    }

    [Fact]
    public async Task Migrating_with_nothing_to_do_needs_no_lock()
    {
        await using var store = await _file.OpenMigratedStoreAsync();
        using var other = _file.Connect();
        using var locked = other.BeginTransaction();

        Assert.Empty(await store.MigrateAsync());
    }

    [Fact]
    public async Task A_store_that_is_newer_than_the_binary_is_refused()
    {
        await using var store = await _file.OpenMigratedStoreAsync();
        _file.Execute("INSERT INTO drip_migration VALUES (99, 'from the future', 'x', '2030-01-15T12:00:00.0000000Z')");

        var error = await Assert.ThrowsAsync<DripException>(async () => await store.MigrateAsync());

        Assert.Equal(DripErrorKind.Schema, error.Kind);
        Assert.Equal("store-newer", error.Code);
        Assert.Contains("shop.db is newer than this binary", error.Message);
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_was_applied_is_refused()
    {
        await using var store = await _file.OpenMigratedStoreAsync();
        _file.Execute("UPDATE drip_migration SET checksum = 'x' WHERE number = 1");

        var error = await Assert.ThrowsAsync<DripException>(async () => await store.MigrateAsync());

        Assert.Equal(DripErrorKind.Schema, error.Kind);
        Assert.Equal("store-changed", error.Code);
    }

    [Fact]
    public async Task Of_several_processes_that_migrate_at_once_one_applies()
    {
        // Many times over, because what goes wrong here depends on who comes when.
        for (var round = 0; round < 40; round++)
        {
            await using var file = new TempDatabase();
            var stores = Enumerable.Range(0, 4).Select(_ => file.OpenStore()).ToArray();

            var applied = await Task.WhenAll(stores.Select(store => Task.Run(async () => await store.MigrateAsync())));

            Assert.Single(applied, migrations => migrations.Count > 0);
            Assert.Equal(SqliteMigrations.All.Count, file.Ask<int>("SELECT COUNT(*) FROM drip_migration"));
        }
    }

    [Fact]
    public async Task A_store_that_is_newer_than_the_binary_is_not_read_either()
    {
        await using (await _file.OpenMigratedStoreAsync())
        {
            _file.Execute("INSERT INTO drip_migration VALUES (99, 'from the future', 'x', '2030-01-15T12:00:00.0000000Z')");
        }

        await using var store = _file.OpenStore();
        var error = await Assert.ThrowsAsync<DripException>(async () => await store.FindAsync("run0000001"));

        Assert.Equal("store-newer", error.Code);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing()
    {
        _file.Execute("CREATE TABLE drip_batch (mine)");
        await using var store = _file.OpenStore();

        await Assert.ThrowsAnyAsync<Exception>(async () => await store.MigrateAsync());

        Assert.Equal(0, _file.Ask<int>("SELECT COUNT(*) FROM sqlite_master WHERE name IN ('drip_run', 'drip_migration')"));
    }

    [Fact]
    public async Task A_store_that_was_never_migrated_is_empty_to_readers()
    {
        await using var store = _file.OpenStore();

        Assert.Null(await store.FindAsync("run0000001"));
        Assert.Empty(await store.ListAsync(new RunFilter()));
        Assert.Empty(await store.ListBatchesAsync(new BatchFilter("run0000001")));
        Assert.Empty(await store.ListEventsAsync("run0000001"));
        Assert.Empty(await store.FindWorkAsync());
    }

    [Fact]
    public async Task A_store_that_was_never_migrated_tells_writers_what_to_do()
    {
        await using var store = _file.OpenStore();

        var error = await Assert.ThrowsAsync<DripException>(async () => await store.CreateAsync(ARun()));

        Assert.Equal(DripErrorKind.Schema, error.Kind);
        Assert.Contains("store migrate", error.Remedy);
    }
}
