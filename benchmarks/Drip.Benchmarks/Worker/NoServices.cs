namespace Drip.Benchmarks.Worker;

/// <summary>What the jobs here ask for.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static NoServices Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}
