using Drip.Store.Tests.Contract;

namespace Drip.Store.Tests.Postgres;

public sealed class Contention(SharedPostgres server) : ContentionContract, IClassFixture<SharedPostgres>
{
    private readonly TestSchema _schema = server.NextSchema();

    private protected override SqlStore OpenStore() => _schema.OpenStore();

    private protected override ValueTask CloseAsync() => _schema.DisposeAsync();
}
