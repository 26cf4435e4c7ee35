namespace Drip.Generators.Model.Producers;

/// <summary>Everything that is printed for one <c>[Pipeline]</c>.</summary>
internal sealed record PipelineSpec
{
    public required string Name { get; init; }

    /// <summary>The class's own declaration, for example <c>partial class Crawl</c>.</summary>
    public required string Declaration { get; init; }

    /// <summary>The class as C#.</summary>
    public required string FullName { get; init; }

    /// <summary>The record that it runs for each of, as C#; null if it runs once.</summary>
    public required string? EachName { get; init; }

    /// <summary>The index of that record's model; -1 if it runs once.</summary>
    public required int Each { get; init; }

    public required int Concurrency { get; init; }

    public required int MaxCreated { get; init; }

    /// <summary>What the constructor takes: services.</summary>
    public required EquatableArray<ArgumentSpec> Constructor { get; init; }

    /// <summary>Null where it has none.</summary>
    public required GateSpec? Gate { get; init; }

    /// <summary>Each after those that it waits for, else as they are written.</summary>
    public required EquatableArray<StepSpec> Steps { get; init; }

    public required EquatableArray<string> FormerNames { get; init; }
}

/// <summary>The author's <c>Open()</c>.</summary>
/// <param name="AreReadsKnown">Whether all that it reads can be told.</param>
/// <param name="Reads">The indexes of the models that it reads, in order.</param>
/// <param name="ReadsRecord">Whether its answer may differ from record to record.</param>
internal sealed record GateSpec(bool AreReadsKnown, EquatableArray<int> Reads, bool ReadsRecord);
