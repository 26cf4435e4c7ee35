using System.Globalization;
using Drip.Benchmarks.Measuring;

namespace Drip.Benchmarks.Results;

/// <summary>Measures as people read them.</summary>
internal static class Text
{
    public static string Line(Measure measure) => string.Create(CultureInfo.InvariantCulture,
        $"{measure.Name} | {measure.Peer} | {Number(measure.Ratio, measure.Unit)} | {Target(measure)} | {Met(measure)}");

    public static string Number(double value, string unit) =>
        (value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 1 => "0.00", _ => "0.000" }, CultureInfo.InvariantCulture) + " " + unit).TrimEnd();

    public static string Target(Measure measure) => measure.Target is { } target
        ? string.Create(CultureInfo.InvariantCulture, $"{(measure.AtMost ? "≤" : "≥")} {target:0.##}")
        : "-";

    public static string Met(Measure measure) => measure.Met switch { true => "yes", false => "NO", null => "-" };
}
