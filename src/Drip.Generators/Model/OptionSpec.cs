namespace Drip.Generators.Model;

/// <summary>Everything that is printed for one <c>[Option]</c>; the texts are as people would type them.</summary>
internal sealed record OptionSpec
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required OptionKind Kind { get; init; }

    /// <summary>The property's name as an identifier.</summary>
    public required string Identifier { get; init; }

    /// <summary>The property's type as C#, nullable or not.</summary>
    public required string TypeName { get; init; }

    /// <summary>The enum, where the option is one or an array of one.</summary>
    public required string? EnumName { get; init; }

    public required bool IsNullable { get; init; }

    /// <summary>Whether the property is set in the object initializer, because it is <c>required</c>.</summary>
    public required bool IsInitialized { get; init; }

    public required bool IsRequired { get; init; }

    public required bool IsSecret { get; init; }

    public required string? Description { get; init; }

    public required string? Default { get; init; }

    public required bool DefaultIsOwn { get; init; }

    public required OptionLimits Limits { get; init; }

    public required EquatableArray<ChoiceSpec> Choices { get; init; }
}

/// <summary>What validation attributes allow.</summary>
internal sealed record OptionLimits
{
    public static OptionLimits None { get; } = new();

    public string? Minimum { get; init; }

    public bool MinimumIsExclusive { get; init; }

    public string? Maximum { get; init; }

    public bool MaximumIsExclusive { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public string? ErrorMessage { get; init; }
}

internal sealed record ChoiceSpec(string Name, long Value);

/// <summary>The members of <c>Drip.OptionType</c>, by the same names.</summary>
internal enum OptionKind
{
    Text,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    Boolean,
    Date,
    Time,
    DateTime,
    DateTimeOffset,
    Guid,
    Enum,
    EnumArray,
}
