using System.Text.Json;

namespace Drip.Crash.Tests.Histories;

/// <summary>One line of what a worker with <c>DRIP_HISTORY</c> wrote down.</summary>
/// <param name="Time">When, in nanoseconds of the machine's clock that never jumps.</param>
/// <param name="Worker">The process.</param>
/// <param name="What"><c>claimed</c>, <c>committing</c>, <c>committed</c> or <c>released</c>.</param>
/// <param name="Run">The run.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Epoch">The fencing token of the claim.</param>
/// <param name="Batch">How many batches the partition has with this event.</param>
/// <param name="From">The key behind which the batch begins.</param>
/// <param name="To">The key up to which the partition is walked with this event.</param>
/// <param name="Upper">The last key of the partition; null for the end of the scope.</param>
/// <param name="IsDone">Whether the walk has come to the partition's end.</param>
internal sealed record HistoryEvent(
    long Time, int Worker, string What, string Run, int Partition, long Epoch, long Batch, string? From, string? To, string? Upper, bool IsDone)
{
    /// <summary>Reads what all workers of a folder wrote, each in its own order.</summary>
    public static IReadOnlyList<HistoryEvent> ReadAll(string folder) =>
        [.. Lines(folder).Where(line => line.GetProperty("event").ValueEquals("hit") is false).Select(Parse)];

    /// <summary>Whether a worker of the folder came to the place at which it was to get its signal.</summary>
    public static bool HasHit(string folder, string place) =>
        Lines(folder).Any(line => line.GetProperty("event").ValueEquals("hit") && line.GetProperty("place").ValueEquals(place));

    private static IEnumerable<JsonElement> Lines(string folder) =>
        Directory.EnumerateFiles(folder, "worker-*.ndjson").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Select(line => JsonElement.Parse(line));

    private static HistoryEvent Parse(JsonElement line) => new(
        line.GetProperty("ns").GetInt64(),
        line.GetProperty("worker").GetInt32(),
        line.GetProperty("event").GetString()!,
        line.GetProperty("run").GetString()!,
        line.GetProperty("partition").GetInt32(),
        line.GetProperty("epoch").GetInt64(),
        line.GetProperty("batch").GetInt64(),
        line.GetProperty("from").GetString(),
        line.GetProperty("to").GetString(),
        line.GetProperty("upper").GetString(),
        line.GetProperty("done").GetBoolean());
}
