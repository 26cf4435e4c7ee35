using Drip.Postgres;
using Drip.Store.Tests.Contract;

namespace Drip.Store.Tests.Postgres;

/// <summary>The contract on PostgreSQL.</summary>
public abstract partial class PostgresContract(SharedPostgres server) : RunStoreContract, IClassFixture<SharedPostgres>
{
    private protected TestSchema Schema { get; } = server.NextSchema();

    private protected abstract PostgresDatabase Open();

    private protected override async Task<IRunStore> OpenAsync()
    {
        var store = TestSchema.StoreOn(Open());
        await store.MigrateAsync();
        return store;
    }

    private protected override ValueTask CloseAsync() => Schema.DisposeAsync();
}

/// <summary>Where names without a schema go is the connection string's business.</summary>
public sealed class PostgresStoreTests(SharedPostgres server) : PostgresContract(server)
{
    private protected override PostgresDatabase Open() => Schema.OpenBySearchPath();
}

/// <summary>With a schema that the settings name.</summary>
public sealed class PostgresSchemaTests(SharedPostgres server) : PostgresContract(server)
{
    private protected override PostgresDatabase Open() => Schema.Open();
}

/// <summary>As behind a pooler of transactions: nothing is kept in a session.</summary>
public sealed class PostgresPollOnlyTests(SharedPostgres server) : PostgresContract(server)
{
    private protected override PostgresDatabase Open() => Schema.Open(new PostgresSettings { PollOnly = true });
}
