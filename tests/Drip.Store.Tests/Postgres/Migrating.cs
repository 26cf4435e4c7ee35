using Dapper;
using Drip.Postgres;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Postgres;

public sealed class Migrating(SharedPostgres server) : IClassFixture<SharedPostgres>, IAsyncLifetime
{
    private readonly TestSchema _schema = server.NextSchema();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task A_fresh_schema_gets_every_migration()
    {
        await using var store = _schema.OpenStore();
        Assert.All(await store.GetMigrationsAsync(), migration => Assert.Null(migration.AppliedAt));

        var applied = await store.MigrateAsync();

        Assert.Equal(PostgresMigrations.All.Select(migration => migration.Number), applied.Select(migration => migration.Number));
        Assert.Equal(applied, await store.GetMigrationsAsync());
        Assert.Empty(await store.MigrateAsync());
    }

    [Fact]
    public async Task Where_a_store_is_does_not_change_what_its_migrations_are()
    {
        await using var named = await _schema.OpenMigratedStoreAsync();

        Assert.Empty(await TestSchema.StoreOn(_schema.OpenBySearchPath()).MigrateAsync());
    }

    [Fact]
    public async Task Two_schemas_of_a_database_have_stores_of_their_own()
    {
        await using var another = server.NextSchema();
        await using var first = await _schema.OpenMigratedStoreAsync();
        await using var second = await another.OpenMigratedStoreAsync();

        await first.CreateAsync(ARun());

        Assert.Null(await second.FindAsync("run0000001"));
    }

    [Fact]
    public async Task Migrating_with_nothing_to_do_waits_for_nobody()
    {
        await using var store = await _schema.OpenMigratedStoreAsync();
        await using var other = _schema.Connect();
        await using var locked = await other.BeginTransactionAsync();
        await other.ExecuteAsync($"SELECT pg_advisory_xact_lock(hashtextextended('drip store {_schema.Name}', 0))");

        Assert.Empty(await store.MigrateAsync());
    }

    [Fact]
    public async Task A_store_that_is_newer_than_the_binary_is_refused()
    {
        await using (await _schema.OpenMigratedStoreAsync()) _schema.Execute("INSERT INTO drip_migration VALUES (99, 'from the future', 'x', now())");

        await using var store = _schema.OpenStore();
        Assert.Equal("store-newer", (await Assert.ThrowsAsync<DripException>(async () => await store.MigrateAsync())).Code);
        Assert.Equal("store-newer", (await Assert.ThrowsAsync<DripException>(async () => await store.FindAsync("run0000001"))).Code);
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_was_applied_is_refused()
    {
        await using var store = await _schema.OpenMigratedStoreAsync();
        _schema.Execute("UPDATE drip_migration SET checksum = 'x' WHERE number = 1");

        var error = await Assert.ThrowsAsync<DripException>(async () => await store.MigrateAsync());

        Assert.Equal((DripErrorKind.Schema, "store-changed"), (error.Kind, error.Code));
    }

    [Fact]
    public async Task Of_several_processes_that_migrate_at_once_one_applies()
    {
        // Many times over, because what goes wrong here depends on who comes when.
        for (var round = 0; round < 10; round++)
        {
            await using var schema = server.NextSchema();
            var stores = Enumerable.Range(0, 4).Select(_ => schema.OpenStore()).ToArray();

            var applied = await Task.WhenAll(stores.Select(store => Task.Run(async () => await store.MigrateAsync())));

            Assert.Single(applied, migrations => migrations.Count > 0);
            Assert.Equal(PostgresMigrations.All.Count, schema.Ask<int>("SELECT count(*) FROM drip_migration"));
        }
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing()
    {
        _schema.Execute($"CREATE SCHEMA {_schema.Name}; CREATE TABLE {_schema.Name}.drip_batch (mine int)");
        await using var store = _schema.OpenStore();

        await Assert.ThrowsAnyAsync<Exception>(async () => await store.MigrateAsync());

        Assert.True(_schema.Ask<bool>("SELECT to_regclass('drip_run') IS NULL AND to_regclass('drip_migration') IS NULL"));
    }

    [Fact]
    public async Task A_worker_needs_no_right_to_make_schemas_where_there_is_one()
    {
        var role = $"worker_{Guid.NewGuid():n}";
        _schema.Execute($"CREATE SCHEMA {_schema.Name}; CREATE ROLE {role} LOGIN; GRANT USAGE, CREATE ON SCHEMA {_schema.Name} TO {role}");
        await using (var database = new PostgresDatabase(new Npgsql.NpgsqlConnectionStringBuilder(_schema.ConnectionString) { Username = role }.ConnectionString, new PostgresSettings { Schema = _schema.Name }))
        await using (var store = TestSchema.StoreOn(database))
        {
            Assert.NotEmpty(await store.MigrateAsync());
            await store.CreateAsync(ARun());
            Assert.NotNull(await store.TakeAsync(new TakeFilter(["add-role"], null), ALease("me", Noon)));
        }

        _schema.Execute($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    [Fact]
    public async Task A_store_that_was_never_migrated_is_empty_to_readers()
    {
        await using var store = _schema.OpenStore();

        Assert.Null(await store.FindAsync("run0000001"));
        Assert.Empty(await store.ListAsync(new RunFilter()));
        Assert.Empty(await store.ListBatchesAsync(new BatchFilter("run0000001")));
        Assert.Empty(await store.ListEventsAsync("run0000001"));
        Assert.Empty(await store.FindWorkAsync());
        Assert.Empty(await store.Outbox.ListAsync("run0000001"));
        Assert.Null(await store.TakeAsync(new TakeFilter(["add-role"], null), ALease("me", Noon)));
    }

    [Fact]
    public async Task The_servers_clock_says_when_a_store_was_migrated()
    {
        var database = _schema.Open(time: new FastClock());
        await using var store = TestSchema.StoreOn(database);
        Assert.Same(database.Clock, store.Clock);

        var applied = (await store.MigrateAsync())[0].AppliedAt!.Value;

        Assert.InRange((applied - DateTimeOffset.UtcNow).TotalMinutes, -5, 5);
    }

    private sealed class FastClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(1);
    }
}
