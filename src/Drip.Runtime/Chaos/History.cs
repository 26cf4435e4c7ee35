using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Drip.Chaos;

/// <summary>
/// What this worker did, as it saw it, for a checker that does not trust the store: with <c>DRIP_HISTORY</c> set to a
/// directory each event is a line of <c>worker-{process id}.ndjson</c> there, appended in one write.
/// </summary>
internal static class History
{
    private static readonly FileStream? File = Open();

    /// <summary>Whether anything is written; events need not be put together otherwise.</summary>
    public static bool IsOn => File is not null;

    /// <summary>Writes an event of a partition. The time is the machine's, which all processes share.</summary>
    public static void Add(string what, string run, int partition, long epoch, long batch, string? from = null, string? to = null)
    {
        if (File is null) return;
        var line = string.Create(CultureInfo.InvariantCulture,
            $$"""{"ns":{{Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency)}},"worker":{{Environment.ProcessId}},"event":"{{what}}","run":"{{run}}","partition":{{partition}},"epoch":{{epoch}},"batch":{{batch}},"from":{{Text(from)}},"to":{{Text(to)}}}""");
        lock (File)
        {
            File.Write(Encoding.UTF8.GetBytes(line + "\n"));
            File.Flush();
        }
    }

    private static string Text(string? text) => text is null ? "null" : $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";

    private static FileStream? Open() => Environment.GetEnvironmentVariable("DRIP_HISTORY") is { Length: > 0 } folder
        ? new FileStream(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"worker-{Environment.ProcessId}.ndjson")), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
        : null;
}
