using Drip.Data;

namespace Drip.Simulation.Model;

/// <summary>What a transaction has done that nobody else sees yet.</summary>
internal sealed class TransactionWork
{
    /// <summary>How often it has changed which row.</summary>
    public Dictionary<long, int> Touches { get; private init; } = [];

    /// <summary>Rows that it puts into quarantine, or takes out of it (null).</summary>
    public Dictionary<(string Run, Key Key), QuarantinedRow?> Quarantine { get; private init; } = [];

    public TransactionWork Copy() => new() { Touches = new(Touches), Quarantine = new(Quarantine) };
}
