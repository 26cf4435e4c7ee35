namespace Drip.Generators.Model.Producers;

/// <summary>Everything that is printed for one <c>[Producer]</c>.</summary>
internal sealed record ProducerSpec
{
    public required TypeSpec Type { get; init; }

    /// <summary>The name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>The full name of the author's class, for people.</summary>
    public required string Class { get; init; }

    public required string? Description { get; init; }

    public required OriginSpec Origins { get; init; }

    /// <summary>The property that keeps versions in SQLite, as C#; null where the compilation does not see it.</summary>
    public required string? Storage { get; init; }

    /// <summary>In the order in which they are written.</summary>
    public required EquatableArray<ProducerModelSpec> Models { get; init; }

    /// <summary>In the order in which they are written.</summary>
    public required EquatableArray<PipelineSpec> Pipelines { get; init; }

    public required EquatableArray<HandlerMethodSpec> Handlers { get; init; }

    public required EquatableArray<TimerSpec> Timers { get; init; }

    /// <summary>Why the producer cannot run, for the message of the bodies that throw; null if it can.</summary>
    public required string? Error { get; init; }
}

/// <summary>A model as its producer's plan names it.</summary>
/// <param name="Name">Its name in versions and files.</param>
/// <param name="FullName">The type as C#.</param>
/// <param name="Conflicts">The names of the columns' policies, by ordinal; empty where every column rejects.</param>
/// <param name="FormerNames">What it was called before.</param>
internal sealed record ProducerModelSpec(
    string Name, string FullName, EquatableArray<string> Conflicts, EquatableArray<string> FormerNames);

/// <summary>A method with <c>[On]</c>.</summary>
/// <param name="Identifier">The method.</param>
/// <param name="IsStatic">Whether it needs no producer.</param>
/// <param name="EventName">The type whose events it takes, as C#.</param>
/// <param name="ParameterName">The type of its parameter, as C#; null if it has none.</param>
/// <param name="Result">What it returns.</param>
internal sealed record HandlerMethodSpec(string Identifier, bool IsStatic, string EventName, string? ParameterName, CallResult Result);

/// <summary>A method with <c>[Every]</c>.</summary>
internal sealed record TimerSpec(string Identifier, bool IsStatic, long Milliseconds, bool TakesStats, CallResult Result);
