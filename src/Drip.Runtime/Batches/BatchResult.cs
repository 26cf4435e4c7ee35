using Drip.Data;
using Drip.Runs;

namespace Drip.Batches;

/// <summary>What a batch did, before it commits.</summary>
/// <param name="Page">Its rows: how many, and the last key.</param>
/// <param name="Processed">How many rows were handled.</param>
internal readonly record struct BatchResult(PageEnd Page, int Processed)
{
    /// <summary>How many rows were put into quarantine.</summary>
    public int Failed { get; init; }

    /// <summary>How many rows of the run are in quarantine then; null if that was not looked at.</summary>
    public long? Quarantined { get; init; }

    /// <summary>Why the run is to fail when this has committed.</summary>
    public RunError? Failure { get; init; }

    /// <summary>Whether rows behind its last key were left undone, because the run is to fail.</summary>
    public bool IsCutShort { get; init; }

    /// <summary>Whether these were quarantined rows that were tried again, and not a page.</summary>
    public bool IsTriedAgain { get; init; }

    /// <summary>How many of them there were.</summary>
    public int Tried { get; init; }

    /// <summary>How many quarantined rows of the partition are still to be tried again.</summary>
    public long RetriesLeft { get; init; }

    /// <summary>Whether there was nothing to do.</summary>
    public bool IsEmpty => Page.Count == 0 && !IsTriedAgain;
}
