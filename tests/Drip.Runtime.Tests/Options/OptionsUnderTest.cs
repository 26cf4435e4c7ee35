using System.Globalization;
using Drip.Options;

namespace Drip.Runtime.Tests.Options;

/// <summary>A job of one option or a few, and what parsing says to given values.</summary>
internal static class OptionsUnderTest
{
    public static readonly OptionChoice[] Colours = [new("Red", 1), new("Green", 2), new("Blue", -7)];

    public static OptionInfo Option(OptionType type) => new("value", "Value", type)
    {
        Choices = type is OptionType.Enum or OptionType.EnumArray ? Colours : [],
    };

    public static BackfillInfo Job(params OptionInfo[] options) => new("paint", "Shop.Paint") { Options = options };

    public static ParsedOptions Parse(OptionInfo option, string? text) =>
        OptionParser.Parse(Job(option), new Dictionary<string, string?> { [option.Name] = text });

    public static object? Value(OptionInfo option, string? text) => Parse(option, text).Values[0];

    public static DripException Refused(OptionInfo option, string? text)
    {
        var error = Assert.Throws<DripException>(() => Parse(option, text));
        Assert.Equal(DripErrorKind.Usage, error.Kind);
        Assert.Contains("--" + option.Name, error.Message);
        Assert.Contains("--" + option.Name, error.Remedy);
        return error;
    }

    /// <summary>Runs <paramref name="act"/> under another culture.</summary>
    public static void In(string culture, Action act)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Odd(culture);
        try
        {
            act();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Tests run without the data of cultures, so what is odd about each is put on by hand: signs, separators, calendars.
    private static CultureInfo Odd(string name)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        if (name is "fi-FI" or "tr-TR") culture.NumberFormat.NumberDecimalSeparator = ",";
        if (name is "fi-FI") (culture.NumberFormat.NegativeSign, culture.DateTimeFormat.TimeSeparator) = ("\u2212", ".");
        if (name is "tr-TR") (culture.NumberFormat.NumberGroupSeparator, culture.DateTimeFormat.DateSeparator) = (".", ".");
        if (name is "fa-IR") (culture.NumberFormat.NegativeSign, culture.NumberFormat.NumberDecimalSeparator) = ("\u200e\u2212", "\u066b");
        return culture;
    }
}
