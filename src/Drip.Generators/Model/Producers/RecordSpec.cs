namespace Drip.Generators.Model.Producers;

/// <summary>What is printed for a model beyond its codec where it belongs to a producer.</summary>
/// <param name="Kind">Which kind of id it has.</param>
internal sealed record RecordSpec(RecordKind Kind);

/// <summary>The members of <c>Drip.Generated.RecordIdKind</c>, by the same names.</summary>
internal enum RecordKind
{
    Number,
    Text,
    Guid,
}

/// <summary>The members of <c>Drip.Conflict</c>, by the same names.</summary>
internal enum ConflictPolicy
{
    Reject,
    LastWriter,
    Max,
    Min,
    Sum,
}
