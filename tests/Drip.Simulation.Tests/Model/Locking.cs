namespace Drip.Simulation.Model;

/// <summary>How the model database keeps writers apart, and where the store is.</summary>
internal enum Locking
{
    /// <summary>One file with one writer at a time, in which the store is, too.</summary>
    OneFile,

    /// <summary>One file with one writer at a time; the store is a server.</summary>
    FileAndServer,

    /// <summary>A server that locks rows, and a store that is another.</summary>
    Rows,
}
