using System.Globalization;
using System.Runtime.InteropServices;

namespace Drip.Chaos;

/// <summary>
/// Places at which a test makes a worker die: <c>DRIP_FAILPOINT=name:nth</c> sends the process the signal that
/// <c>DRIP_FAILPOINT_SIGNAL</c> names (KILL unless it says TERM or STOP) when it comes to the place for the n-th time.
/// Without that variable a place costs one look at a constant.
/// </summary>
internal static partial class FailPoint
{
    private static readonly string? Name;
    private static readonly int Signal = 9;
    private static int _left;

    static FailPoint()
    {
        if (Environment.GetEnvironmentVariable("DRIP_FAILPOINT") is not { Length: > 0 } text) return;
        var colon = text.LastIndexOf(':');
        (Name, _left) = colon < 0 ? (text, 1) : (text[..colon], int.Parse(text[(colon + 1)..], CultureInfo.InvariantCulture));
        Signal = Environment.GetEnvironmentVariable("DRIP_FAILPOINT_SIGNAL") switch
        {
            "TERM" => 15,
            "STOP" => 19,
            _ => 9,
        };
    }

    /// <summary>The process has come to the place with this name, one of <see cref="FailPoints"/>.</summary>
    public static void Hit(string name)
    {
        if (Name is null || Name != name || Interlocked.Decrement(ref _left) != 0) return;
        History.Hit(name);
        _ = Raise(Signal);
    }

    // To this thread and not to the process: then it goes no step further before the signal takes effect.
    [LibraryImport("libc", EntryPoint = "raise")]
    private static partial int Raise(int signal);
}
