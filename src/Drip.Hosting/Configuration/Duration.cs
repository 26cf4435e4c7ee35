using System.Globalization;

namespace Drip.Hosting.Configuration;

/// <summary>Reads durations as people type them: <c>100ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>, <c>0</c>.</summary>
internal static class Duration
{
    /// <summary>The longest duration that is accepted.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The duration, or null if the text is none, is negative or is longer than a day.</summary>
    public static TimeSpan? TryParse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed == "0") return TimeSpan.Zero;
        var digits = trimmed.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz");
        double? unit = trimmed.AsSpan(digits.Length) switch
        {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => null,
        };
        if (unit is null || !double.TryParse(digits.TrimEnd(' '), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        var milliseconds = number * unit.Value;
        return milliseconds <= Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }
}
