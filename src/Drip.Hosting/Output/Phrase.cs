using System.Globalization;
using System.Text.Json;
using Drip.Data;
using Drip.Runs;

namespace Drip.Hosting.Output;

/// <summary>Numbers, times and options as people read them, the same in every culture.</summary>
internal static class Phrase
{
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long value, string unit) => $"{Number(value)} {unit}{(value == 1 ? "" : unit.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s")}";

    public static string Rate(double rowsPerSecond) => $"{Number((long)Math.Round(rowsPerSecond))} rows/s";

    /// <summary>The most rows per second that a run may handle, which can be less than one.</summary>
    public static string MostRows(double perSecond) => string.Create(CultureInfo.InvariantCulture, $"{perSecond:#,0.######} rows/s");

    /// <summary>The rate over the whole time that workers spent on a run, 0 before there was any.</summary>
    public static long RowsPerSecond(RunCounters counters) =>
        counters.Active > TimeSpan.Zero ? (long)Math.Round(counters.Processed / counters.Active.TotalSeconds) : 0;

    /// <summary>What a run has done, and how fast.</summary>
    public static string Totals(RunCounters counters)
    {
        var rows = counters.Processed == counters.Scanned
            ? Count(counters.Processed, "row")
            : $"{Number(counters.Processed)} of {Count(counters.Scanned, "row")}";
        return $"{rows} in {Count(counters.Batches, "batch")}, {Duration(counters.Active)}, {Rate(RowsPerSecond(counters))}";
    }

    /// <summary>How many rows wait in quarantine.</summary>
    public static string Quarantined(long rows) => $"{Count(rows, "row")} {(rows == 1 ? "waits" : "wait")} in quarantine";

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 999.5 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(duration.TotalMilliseconds)} ms"),
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours} h {duration.Minutes:00} min"),
    };

    /// <summary>The rest of a run, in whole seconds.</summary>
    public static string Left(TimeSpan eta) =>
        eta.TotalSeconds < 1 ? "less than 1 s left" : eta.TotalMinutes < 1 ? $"{(int)eta.TotalSeconds} s left" : Duration(eta) + " left";

    /// <summary>What happened to a run, in words; kinds that a later version adds, too.</summary>
    public static string Event(string kind) => kind switch
    {
        RunEventKind.Joined => "helper joined",
        RunEventKind.Stolen => "divided again",
        _ => kind.Replace('-', ' '),
    };

    /// <summary>The state of a quarantined row, in lower case.</summary>
    public static string State(QuarantineState state) => state switch
    {
        QuarantineState.Open => "open",
        QuarantineState.Retry => "retry",
        _ => "skipped",
    };

    /// <summary>A text without what would break a line of a table.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(" ");

    /// <summary>A run's options on one line; empty if it has none.</summary>
    public static string Options(string canonical)
    {
        using var options = JsonDocument.Parse(canonical);
        var texts = new List<string>();
        foreach (var option in options.RootElement.EnumerateObject()) texts.Add($"{option.Name} = {option.Value}");
        return string.Join(", ", texts);
    }
}
