namespace Drip;

/// <summary>The type of an option's value.</summary>
public enum OptionType
{
    /// <summary><see cref="string"/>.</summary>
    Text,
    /// <summary><see cref="int"/>.</summary>
    Int32,
    /// <summary><see cref="long"/>.</summary>
    Int64,
    /// <summary><see cref="float"/>.</summary>
    Single,
    /// <summary><see cref="double"/>.</summary>
    Double,
    /// <summary><see cref="decimal"/>.</summary>
    Decimal,
    /// <summary><see cref="bool"/>.</summary>
    Boolean,
    /// <summary><see cref="DateOnly"/>.</summary>
    Date,
    /// <summary><see cref="TimeOnly"/>.</summary>
    Time,
    /// <summary><see cref="System.DateTime"/>.</summary>
    DateTime,
    /// <summary><see cref="System.DateTimeOffset"/>.</summary>
    DateTimeOffset,
    /// <summary><see cref="System.Guid"/>.</summary>
    Guid,
    /// <summary>One member of an enum; its value travels as <see cref="long"/>.</summary>
    Enum,
    /// <summary>Several members of an enum; their values travel as an array of <see cref="long"/>.</summary>
    EnumArray,
}

/// <summary>One member of an enum that an option can have.</summary>
/// <param name="Name">The member's name, as it is typed.</param>
/// <param name="Value">Its value, widened to 64 bits.</param>
public sealed record OptionChoice(string Name, long Value);

/// <summary>
/// What the generator knows of one option: enough for the command line, for a form, and to check a value before a run
/// is created.
/// </summary>
/// <param name="Name">The flag without its dashes, for example <c>active-only</c>.</param>
/// <param name="Label">What a form calls it, for example <c>Active only</c>.</param>
/// <param name="Type">The type of its value.</param>
public sealed record OptionInfo(string Name, string Label, OptionType Type)
{
    /// <summary>One line that says what it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Whether a value must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the property can be null, so that giving no value is a value of its own.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether the value is masked wherever it would be stored or shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The default as people would type it, where it is known at compile time.</summary>
    public string? Default { get; init; }

    /// <summary>Whether <see cref="Default"/> is only for display, because the property's own initialiser applies it.</summary>
    public bool DefaultIsOwn { get; init; }

    /// <summary>The smallest value, as people would type it.</summary>
    public string? Minimum { get; init; }

    /// <summary>Whether <see cref="Minimum"/> itself is refused.</summary>
    public bool MinimumIsExclusive { get; init; }

    /// <summary>The largest value, as people would type it.</summary>
    public string? Maximum { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is refused.</summary>
    public bool MaximumIsExclusive { get; init; }

    /// <summary>The fewest characters of a text, or elements of an array.</summary>
    public int? MinLength { get; init; }

    /// <summary>The most characters of a text, or elements of an array.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The regular expression that a text must match as a whole, for people to read.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether a text matches <see cref="Pattern"/>; generated, so that only jobs with a pattern carry an engine for it.</summary>
    public Func<string, bool>? Matches { get; init; }

    /// <summary>The author's own message for a value that is refused.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The members of the enum, or the texts that <c>[AllowedValues]</c> names (each with its index).</summary>
    public IReadOnlyList<OptionChoice> Choices { get; init; } = [];
}
