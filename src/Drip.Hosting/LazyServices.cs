using Microsoft.Extensions.DependencyInjection;

namespace Drip.Hosting;

/// <summary>The host's services, built when the first one is asked for: most jobs never do.</summary>
internal sealed class LazyServices(IServiceCollection services) : IServiceProvider, IAsyncDisposable
{
    private readonly Lazy<ServiceProvider> _provider = new(() => services.BuildServiceProvider());

    public object? GetService(Type serviceType) => _provider.Value.GetService(serviceType);

    public ValueTask DisposeAsync() => _provider.IsValueCreated ? _provider.Value.DisposeAsync() : ValueTask.CompletedTask;
}
