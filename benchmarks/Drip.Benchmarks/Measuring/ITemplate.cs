namespace Drip.Benchmarks.Measuring;

/// <summary>Data that is made once, of which each contestant gets a copy of its own.</summary>
internal interface ITemplate
{
    /// <summary>A copy on the disk.</summary>
    Task<ICopy> CopyAsync();
}

/// <summary>A copy for one contestant, removed after its turn.</summary>
internal interface ICopy : IAsyncDisposable
{
    /// <summary>Where it is: a file's path, or a connection string.</summary>
    string Address { get; }

    /// <summary>A hash over all rows in key order, read by none of the contestants.</summary>
    Task<string> FingerprintAsync();
}
