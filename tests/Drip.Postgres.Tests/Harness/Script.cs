namespace Drip.Postgres.Tests.Harness;

/// <summary>What a job under test does; each test writes its own.</summary>
/// <typeparam name="T">The model of the job's scope.</typeparam>
internal sealed class Script<T> where T : IModel<T>
{
    public Func<Scope<T>> Scope { get; set; } = () => Scope<T>.All;

    public Action<T, Changes<T>> Element { get; set; } = (_, _) => { };

    public Func<Batch<T>, CancellationToken, Task<int>> Batch { get; set; } = (batch, _) => Task.FromResult(batch.Size);
}

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
