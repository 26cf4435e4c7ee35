using Drip.Producers.Versions;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Versions;

/// <summary>What waits to be written: a version, or how the run ended.</summary>
/// <param name="Version">The version; null for the end.</param>
/// <param name="View">The records as of the version, where a snapshot is to be taken; disposed when it is written.</param>
/// <param name="Outcome">How the run ended.</param>
internal sealed record LogEntry(Version? Version, IRecordView? View, StepOutcome? Outcome)
{
    /// <summary>How much it counts against the bound of the queue.</summary>
    public int Weight => 1 + (Version?.Changes.Length ?? 0);
}
