using System.Globalization;

namespace Drip.Options;

/// <summary>Says in words what an option takes: for messages, help and lists.</summary>
internal static class OptionWording
{
    /// <summary>What may be given, for example <c>a whole number from 0 to 150</c>.</summary>
    public static string Allowed(OptionInfo option) => option.Type switch
    {
        OptionType.Text when option.Choices.Count > 0 => $"one of {Names(option)}",
        OptionType.Text => "a text" + Length(option, "characters") + (option.Pattern is null ? "" : $" that matches {option.Pattern}"),
        OptionType.Int32 => "a whole number" + (Range(option) ?? Between(int.MinValue, int.MaxValue)),
        OptionType.Int64 => "a whole number" + (Range(option) ?? Between(long.MinValue, long.MaxValue)),
        OptionType.Single or OptionType.Double or OptionType.Decimal => "a number such as 12.5" + Range(option),
        OptionType.Boolean => "true or false",
        OptionType.Date => "a date such as 2030-01-15" + Range(option),
        OptionType.Time => "a time such as 10:30 or 10:30:05" + Range(option),
        OptionType.DateTime => "a date and time such as \"2030-01-15 10:30\", in UTC" + Range(option),
        OptionType.DateTimeOffset => "a date and time such as 2030-01-15T10:30+02:00" + Range(option),
        OptionType.Guid => "a Guid such as 6f9619ff-8b86-d011-b42d-00c04fc964ff",
        OptionType.Enum => $"one of {Names(option)}",
        OptionType.EnumArray when Length(option, "elements") is { Length: > 0 } length => $"a list{length}, separated by commas: any of {Names(option)}",
        OptionType.EnumArray => $"any of {Names(option)}, separated by commas",
        _ => throw new ArgumentOutOfRangeException(nameof(option), option.Type, "There is no such type of option."),
    };

    /// <summary>The type in a word, for the place of the value in a usage line.</summary>
    public static string Placeholder(OptionInfo option) => option.Type switch
    {
        OptionType.Text => option.Choices.Count > 0 ? "choice" : "text",
        OptionType.Int32 or OptionType.Int64 => "integer",
        OptionType.Single or OptionType.Double or OptionType.Decimal => "number",
        OptionType.Boolean => "true|false",
        OptionType.Date => "date",
        OptionType.Time => "time",
        OptionType.DateTime or OptionType.DateTimeOffset => "date-time",
        OptionType.Guid => "guid",
        OptionType.Enum => "choice",
        OptionType.EnumArray => "choices",
        _ => throw new ArgumentOutOfRangeException(nameof(option), option.Type, "There is no such type of option."),
    };

    private static string Names(OptionInfo option) => string.Join(", ", option.Choices.Select(choice => choice.Name));

    private static string Between(long minimum, long maximum) =>
        string.Create(CultureInfo.InvariantCulture, $" from {minimum:N0} to {maximum:N0}");

    private static string? Range(OptionInfo option) => (option.Minimum, option.Maximum) switch
    {
        (null, null) => null,
        ({ } minimum, null) => option.MinimumIsExclusive ? $" above {minimum}" : $" from {minimum} on",
        (null, { } maximum) => option.MaximumIsExclusive ? $" below {maximum}" : $" up to {maximum}",
        var (minimum, maximum) when !option.MinimumIsExclusive && !option.MaximumIsExclusive => $" from {minimum} to {maximum}",
        var (minimum, maximum) =>
            $" {(option.MinimumIsExclusive ? "above" : "from")} {minimum} {(option.MaximumIsExclusive ? "and below" : "and up to")} {maximum}",
    };

    private static string Length(OptionInfo option, string unit) => (option.MinLength, option.MaxLength) switch
    {
        (null or 0, null) => "",
        (null or 0, { } most) => $" of at most {most} {unit}",
        ({ } fewest, null) => $" of at least {fewest} {unit}",
        var (fewest, most) when fewest == most => $" of {fewest} {unit}",
        var (fewest, most) => $" of {fewest} to {most} {unit}",
    };
}
