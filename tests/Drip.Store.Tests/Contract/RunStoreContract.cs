namespace Drip.Store.Tests.Contract;

/// <summary>What every store promises. Each concern has a file; each store has a class that says how it is opened.</summary>
public abstract partial class RunStoreContract : IAsyncLifetime
{
    private protected IRunStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<IRunStore> OpenAsync();

    private protected virtual ValueTask CloseAsync() => default;
}
