using Drip.Store.Tests.Contract;

namespace Drip.Store.Tests.Sqlite;

public sealed class ContentionTests : ContentionContract
{
    private readonly TempDatabase _file = new();

    private protected override SqlStore OpenStore() => _file.OpenStore();

    private protected override ValueTask CloseAsync() => _file.DisposeAsync();
}
