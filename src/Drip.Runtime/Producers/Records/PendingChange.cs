using Drip.Producers.Versions;

namespace Drip.Producers.Records;

/// <summary>A change that a step asked for and that is not applied yet.</summary>
/// <param name="Table">The model's table.</param>
/// <param name="Kind">What is to happen.</param>
/// <param name="Id">The record's id.</param>
/// <param name="Seen">The record as the step sees it; null where the step creates it.</param>
/// <param name="After">The record as it should be; null where it is deleted.</param>
/// <param name="Columns">What an update changes.</param>
internal readonly record struct PendingChange(
    RecordTable Table, RecordChangeKind Kind, RecordId Id, RecordEntry? Seen, object? After, ColumnSet Columns)
{
    /// <summary>Whether a later change of the same step took it back.</summary>
    public bool IsVoid => Kind == RecordChangeKind.Delete && Seen is null;
}
