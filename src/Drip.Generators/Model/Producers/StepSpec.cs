namespace Drip.Generators.Model.Producers;

/// <summary>Everything that is printed for one <c>[Step]</c>.</summary>
internal sealed record StepSpec
{
    public required string Name { get; init; }

    /// <summary>The method's name as an identifier.</summary>
    public required string Identifier { get; init; }

    public required CallResult Result { get; init; }

    public required EquatableArray<ArgumentSpec> Arguments { get; init; }

    /// <summary>The indexes of the steps that it waits for.</summary>
    public required EquatableArray<int> After { get; init; }

    /// <summary>The indexes of the steps that wait for it.</summary>
    public required EquatableArray<int> Before { get; init; }

    public required int Retries { get; init; }

    /// <summary>Null for the default.</summary>
    public required long? BackoffMilliseconds { get; init; }

    /// <summary>0 for none.</summary>
    public required long TimeoutMilliseconds { get; init; }

    public required FailurePolicy OnFailure { get; init; }

    public required bool IsNonIdempotent { get; init; }

    public required EquatableArray<string> FormerNames { get; init; }
}

/// <summary>The members of <c>Drip.OnFailure</c>, by the same names.</summary>
internal enum FailurePolicy
{
    Fail,
    Skip,
    SkipCascade,
}
