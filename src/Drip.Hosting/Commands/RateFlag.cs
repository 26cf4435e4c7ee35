using System.CommandLine;
using System.Globalization;
using Drip.Options;

namespace Drip.Hosting.Commands;

/// <summary>The flag <c>--rate</c>: rows per second, as <c>500</c> or <c>500/s</c>.</summary>
internal sealed class RateFlag
{
    public Option<string> Option { get; } = new("--rate")
    {
        Description = "The most rows per second, of all workers of the run together, such as 500 (default: the job's own)",
        HelpName = "rows/s",
        Recursive = true,
    };

    /// <summary>The rate; null if the flag was not given.</summary>
    /// <exception cref="DripException">The text is no rate.</exception>
    public double? Read(ParseResult parsed) => parsed.GetValue(Option) is { } text ? Read(text) : null;

    private static double Read(string text)
    {
        var number = text.EndsWith("/s", StringComparison.Ordinal) ? text.AsSpan(0, text.Length - 2) : text;
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate > 0 && double.IsFinite(rate)) return rate;
        throw new DripException(DripErrorKind.Usage, "malformed-option",
            $"The value {Quoted.Text(text)} of --rate is not a number of rows per second greater than 0.", "Give --rate something like 500, 500/s or 0.5.");
    }
}
