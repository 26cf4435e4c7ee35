using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Drip.Data;

namespace Drip.Chaos;

/// <summary>
/// What this worker did, as it saw it, for a checker that does not trust the store: with <c>DRIP_HISTORY</c> set to a
/// directory each event is a line of <c>worker-{process id}.ndjson</c> there, appended in one write.
/// </summary>
internal static class History
{
    private static readonly FileStream? File = Open();

    /// <summary>
    /// Writes what happens to a partition: <c>claimed</c>, <c>committing</c>, <c>committed</c> or <c>released</c>. The time is the
    /// machine's, which all processes share. A worker that dies between the two of a commit leaves it open whether the batch
    /// is there; the next claim tells.
    /// </summary>
    /// <param name="what">The event.</param>
    /// <param name="cursor">The partition as it is with that.</param>
    /// <param name="from">The key behind which the batch begins; for the others, behind which the next one will.</param>
    public static void Add(string what, Cursor cursor, Key? from)
    {
        if (File is null) return;
        var line = string.Create(CultureInfo.InvariantCulture,
            $$"""{"ns":{{Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency)}},"worker":{{Environment.ProcessId}},"event":"{{what}}","run":"{{cursor.Run}}","partition":{{cursor.Partition}},"epoch":{{cursor.Epoch}},"batch":{{cursor.Batches}},"from":{{Text(from)}},"to":{{Text(cursor.Rest.After)}},"upper":{{Text(cursor.Upper)}},"done":{{(cursor.IsDone ? "true" : "false")}}}""");
        Append(File, line);
    }

    /// <summary>Writes that the worker came to the place at which it was to get its signal.</summary>
    public static void Hit(string place)
    {
        if (File is not null) Append(File, string.Create(CultureInfo.InvariantCulture, $$"""{"worker":{{Environment.ProcessId}},"event":"hit","place":"{{place}}"}"""));
    }

    // Unbuffered, so each line is one write and a process that dies leaves whole lines.
    private static void Append(FileStream file, string line)
    {
        lock (file) file.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    private static string Text(Key? key) => key is null ? "null" : $"\"{JsonEncodedText.Encode(key.ToString())}\"";

    private static FileStream? Open() => Environment.GetEnvironmentVariable("DRIP_HISTORY") is { Length: > 0 } folder
        ? new FileStream(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"worker-{Environment.ProcessId}.ndjson")), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
        : null;
}
