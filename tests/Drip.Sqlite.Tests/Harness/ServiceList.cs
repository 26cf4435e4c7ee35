namespace Drip.Sqlite.Tests.Harness;

/// <summary>The host's services, for jobs under test.</summary>
internal sealed class ServiceList : IServiceProvider
{
    private readonly Dictionary<Type, object> _services = [];

    public T Add<T>(T service) where T : class
    {
        _services[typeof(T)] = service;
        return service;
    }

    public object? GetService(Type serviceType) => _services.GetValueOrDefault(serviceType);
}
