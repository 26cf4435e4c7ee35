using Drip.Producers.Versions;

namespace Drip;

/// <summary>What became different in a record.</summary>
/// <param name="Kind">Whether it was created, updated or deleted.</param>
/// <param name="Type">The model's name; <c>Step</c> for the record of a step.</param>
/// <param name="Id">The record's id.</param>
/// <param name="Fields">The fields that differ; all of them where the record was created or deleted.</param>
public sealed record RecordDelta(RecordChangeKind Kind, string Type, RecordId Id, IReadOnlyList<FieldDelta> Fields);

/// <summary>What became different in a field.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Old">The value before; null where there was none.</param>
/// <param name="New">The value after; null where there is none.</param>
public sealed record FieldDelta(string Name, object? Old, object? New);
