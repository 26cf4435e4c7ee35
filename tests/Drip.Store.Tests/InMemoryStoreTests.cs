using Drip.Store.Tests.Contract;
using Microsoft.Data.Sqlite;

namespace Drip.Store.Tests;

public sealed class InMemoryStoreTests : RunStoreContract
{
    private protected override Task<IRunStore> OpenAsync() => Task.FromResult<IRunStore>(new InMemoryStore());

    [Fact]
    public void It_is_in_no_database()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");

        Assert.False(Store.IsIn(connection));
    }

    [Fact]
    public async Task It_needs_no_migration()
    {
        Assert.Empty(await Store.GetMigrationsAsync());
        Assert.Empty(await Store.MigrateAsync());
    }
}
