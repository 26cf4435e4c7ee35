using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Drip.Options;

/// <summary>
/// Turns what people type into an option's value and back into one canonical text, the same on every machine:
/// two texts that mean the same value have the same canonical text.
/// </summary>
internal static class OptionText
{
    private static readonly string[] DateTimeFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    private static readonly string[] TimeFormats = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF"];
    private static readonly string[] Yes = ["true", "yes", "on", "1"];
    private static readonly string[] No = ["false", "no", "off", "0"];

    /// <summary>Reads a value of the option's type; false if the text is no such value.</summary>
    public static bool TryRead(OptionInfo option, string text, [NotNullWhen(true)] out object? value)
    {
        value = option.Type switch
        {
            OptionType.Text => text,
            OptionType.Int32 => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            OptionType.Int64 => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            OptionType.Single => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : null,
            OptionType.Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
            OptionType.Decimal => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            OptionType.Boolean => ReadBoolean(text.Trim()),
            OptionType.Date => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
            OptionType.Time => TimeOnly.TryParseExact(text.Trim(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null,
            OptionType.DateTime => ReadInstant(text) is { } instant ? instant.UtcDateTime : null,
            OptionType.DateTimeOffset => ReadInstant(text) is { } instant ? instant : null,
            OptionType.Guid => Guid.TryParse(text, CultureInfo.InvariantCulture, out var guid) ? guid : null,
            OptionType.Enum => ReadChoice(option, text.Trim()) is { } choice ? choice.Value : null,
            OptionType.EnumArray => ReadChoices(option, text),
            _ => throw new ArgumentOutOfRangeException(nameof(option), option.Type, "There is no such type of option."),
        };
        return value is not null;
    }

    /// <summary>The canonical text of a value; empty for null.</summary>
    public static string Write(OptionInfo option, object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        // Negative zero is the same number as zero.
        float number => (number == 0 ? 0f : number).ToString(CultureInfo.InvariantCulture),
        double number => (number == 0 ? 0d : number).ToString(CultureInfo.InvariantCulture),
        // Division by a one of the greatest scale takes away trailing zeros, which a decimal otherwise keeps.
        decimal number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        Guid guid => guid.ToString("D"),
        long member when option.Type is OptionType.Enum => NameOf(option, member),
        long[] members => string.Join(',', Array.ConvertAll(members, member => NameOf(option, member))),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"An option cannot hold a {value.GetType().Name}.", nameof(value)),
    };

    private static bool? ReadBoolean(string text)
    {
        if (Yes.Contains(text, StringComparer.OrdinalIgnoreCase)) return true;
        if (No.Contains(text, StringComparer.OrdinalIgnoreCase)) return false;
        return null;
    }

    private static DateTimeOffset? ReadInstant(string text) =>
        DateTimeOffset.TryParseExact(text.Trim(), DateTimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;

    // A member that is spelt exactly so goes before one that differs in case; a number counts only if a member has it.
    private static OptionChoice? ReadChoice(OptionInfo option, string text) =>
        option.Choices.FirstOrDefault(choice => choice.Name == text)
        ?? option.Choices.FirstOrDefault(choice => choice.Name.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? option.Choices.FirstOrDefault(choice => choice.Value == number)
            : null);

    private static long[]? ReadChoices(OptionInfo option, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        var members = new long[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (ReadChoice(option, names[i]) is not { } choice) return null;
            members[i] = choice.Value;
        }

        return members;
    }

    private static string NameOf(OptionInfo option, long member) =>
        option.Choices.FirstOrDefault(choice => choice.Value == member)?.Name ?? member.ToString(CultureInfo.InvariantCulture);
}
