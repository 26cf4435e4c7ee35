namespace Drip.Benchmarks.Measuring;

/// <summary>Something that is measured.</summary>
internal interface IComparison
{
    /// <summary>The name for <c>--only</c>.</summary>
    string Name { get; }

    Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch);
}
