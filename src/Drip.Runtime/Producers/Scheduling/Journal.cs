using Drip.Producers.Records;
using Drip.Producers.Versions;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Producers.Scheduling;

/// <summary>Writes versions: the records change and the log takes the change, together and in order. Under the lock of the records.</summary>
internal sealed class Journal(RecordTables tables, TimeProvider time)
{
    private readonly StepsOfVersions _steps = new();

    /// <summary>Where the versions go.</summary>
    public IVersionLog? Log { get; set; }

    /// <summary>Names the step that wrote a version.</summary>
    public string NameOf(long version) => _steps.NameOf(version);

    /// <summary>Writes the next version.</summary>
    /// <param name="kind">What it is the record of.</param>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="step">The step's name.</param>
    /// <param name="record">The record of a pipeline that runs for each.</param>
    /// <param name="attempt">Which try of the step it was.</param>
    /// <param name="at">When.</param>
    /// <param name="changes">What changes.</param>
    /// <param name="slots">The slots of what changes; those of created records are filled in.</param>
    /// <param name="by">The record of the step that does it.</param>
    /// <exception cref="DripException">The log could not write an earlier version.</exception>
    public void Write(
        VersionKind kind, string pipeline, string step, RecordId? record, int attempt, DateTimeOffset at,
        RecordChange[] changes, Span<int> slots, StepRecord? by)
    {
        var number = tables.Begin();
        for (var i = 0; i < changes.Length; i++) slots[i] = tables.Write(changes[i], slots[i]);
        _steps.Add(number, by, tables.OldestPinned);
        Log!.Append(new Version(number, kind, pipeline, step, record, attempt, at, changes));
    }

    /// <summary>The time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();
}
