using System.Globalization;
using Drip.Hosting.Output;
using Drip.Runs;

namespace Drip.Hosting.Progress;

/// <summary>Progress in words: <c>34,000 of 100,000 rows (34 %), 120,000 rows/s, 12 s left</c>.</summary>
internal static class ProgressText
{
    public static string Of(RunProgress progress)
    {
        var counters = progress.Counters;
        var text = counters.Total is { } total
            ? string.Create(CultureInfo.InvariantCulture, $"{counters.Scanned:N0} of {total:N0} rows ({Math.Floor(progress.Percent ?? 0):0} %)")
            : Phrase.Count(counters.Scanned, "row");
        if (progress.RowsPerSecond is { } rate) text += ", " + Phrase.Rate(rate);
        if (progress.Eta is { } eta) text += ", " + Phrase.Left(eta);
        return text;
    }
}
