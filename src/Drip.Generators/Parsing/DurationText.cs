using System.Globalization;
using System.Text.RegularExpressions;

namespace Drip.Generators.Parsing;

/// <summary>Reads spans of time as authors write them in attributes: <c>100ms</c>, <c>2s</c>, <c>1m</c>, <c>1h</c>.</summary>
internal static class DurationText
{
    /// <summary>What to do about one that cannot be read.</summary>
    public const string Remedy = "Use a whole number with a unit, for example '100ms', '2s', '1m' or '1h'";

    /// <summary>The span in milliseconds, or null where the text is none.</summary>
    public static long? Milliseconds(string text)
    {
        var match = Regex.Match(text, "^([0-9]{1,9})(ms|s|m|h)$", RegexOptions.CultureInvariant);
        if (!match.Success) return null;
        var number = long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "ms" => number,
            "s" => number * 1000,
            "m" => number * 60_000,
            _ => number * 3_600_000,
        };
    }
}
