namespace Drip.Generators.Model;

/// <summary>Everything that is printed for one <c>[Backfill]</c>.</summary>
internal sealed record BackfillSpec
{
    public required TypeSpec Type { get; init; }

    /// <summary>The job's name.</summary>
    public required string Name { get; init; }

    /// <summary>The full name of the author's class, for people.</summary>
    public required string Class { get; init; }

    public required string? Description { get; init; }

    public required int BatchSize { get; init; }

    public required long SleepMilliseconds { get; init; }

    /// <summary>0 for no limit.</summary>
    public required double RatePerSecond { get; init; }

    public required int Partitions { get; init; }

    public required int MaxFailures { get; init; }

    public required double FailureRate { get; init; }

    public required string? Database { get; init; }

    public required RowSpec Row { get; init; }

    /// <summary>The author's method; null only where <see cref="Error"/> is not.</summary>
    public required ProcessSpec? Process { get; init; }

    /// <summary>What the constructor takes: services.</summary>
    public required EquatableArray<ArgumentSpec> Constructor { get; init; }

    public required EquatableArray<OptionSpec> Options { get; init; }

    /// <summary>The hooks of the author's, in the order of their places.</summary>
    public required EquatableArray<HookSpec> Hooks { get; init; }

    /// <summary>Why the job cannot run, for the message of the bodies that throw; null if it can.</summary>
    public required string? Error { get; init; }
}

/// <summary>The model that a backfill walks, as far as its plan is shown.</summary>
internal sealed record RowSpec(string FullName, string Table, EquatableArray<string> Columns, EquatableArray<string> Key);

/// <summary>The author's method that processes rows.</summary>
internal sealed record ProcessSpec(
    string Identifier,
    bool IsElementWise,
    ProcessResult Result,
    EquatableArray<ArgumentSpec> Arguments);

internal enum ProcessResult
{
    Void,
    Int,
    Task,
    TaskOfInt,
    ValueTask,
    ValueTaskOfInt,
}

/// <summary>What one parameter is bound to.</summary>
/// <param name="Kind">Where the value comes from.</param>
/// <param name="TypeName">The other model or the service, where the kind needs it.</param>
/// <param name="IsOptional">Whether a missing service is passed as null.</param>
internal sealed record ArgumentSpec(ArgumentKind Kind, string TypeName = "", bool IsOptional = false);

internal enum ArgumentKind
{
    Row,
    Batch,
    Changes,
    ChangesOfOther,
    Context,
    RunContext,
    Next,
    Cancellation,
    Service,
}
