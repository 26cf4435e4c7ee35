using System.Diagnostics;
using System.Globalization;

namespace Drip.Runs;

/// <summary>
/// Names one worker process so that any process of the same machine can tell whether it is still there: a process id
/// alone comes round again, together with the process's start and the machine's boot it does not.
/// </summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Boot">The machine's boot.</param>
/// <param name="ProcessId">The process's id.</param>
/// <param name="ProcessStart">When the process was started, in the machine's own units.</param>
public sealed record WorkerIdentity(string Host, string Boot, int ProcessId, string ProcessStart)
{
    /// <summary>This process.</summary>
    public static WorkerIdentity Current { get; } = new(Environment.MachineName, ReadBoot(), Environment.ProcessId, ReadStart(Environment.ProcessId) ?? "?");

    /// <summary>Whether the process is known to be gone. A process of another machine is never known to be.</summary>
    public bool IsKnownDead
    {
        get
        {
            if (Host != Current.Host) return false;
            return Boot != Current.Boot || ReadStart(ProcessId) != ProcessStart;
        }
    }

    /// <summary>The text that stores hold, see <see cref="TryParse"/>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}|{Boot}|{ProcessId}|{ProcessStart}");

    /// <summary>The identity that <see cref="ToString"/> made the text of, whatever stands behind another bar; null if it is no such text.</summary>
    public static WorkerIdentity? TryParse(string text) =>
        text.Split('|') is [var host, var boot, var id, var start, ..] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            ? new WorkerIdentity(host, boot, processId, start)
            : null;

    /// <summary>The worker that a stored text names, as people say it.</summary>
    internal static string? Describe(string? text) => text is null || TryParse(text) is not { } worker
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"process {worker.ProcessId} on {worker.Host}");

    private static string ReadBoot()
    {
        const string path = "/proc/sys/kernel/random/boot_id";
        if (File.Exists(path)) return File.ReadAllText(path).Trim();

        // Elsewhere the moment of the boot, to the minute: the clock that it is computed from drifts by less.
        var boot = DateTimeOffset.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64);
        return boot.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
    }

    // Null when there is no such process.
    private static string? ReadStart(int processId)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat");
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // The name in parentheses may hold anything, so fields are counted from behind it; the start is field 22,
                // the state field 3. A zombie has ended and only waits to be reaped.
                var text = File.ReadAllText(path);
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : fields[19];
            }

            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            // Each of these says that the process ended, before or while it was looked at.
            return null;
        }
    }
}
