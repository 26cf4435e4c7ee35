using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Drip.Sqlite;

/// <summary>
/// Waits for the locks of other programs in short steps. The engine's own <c>busy_timeout</c> sleeps for whole seconds
/// where the library was built without <c>usleep</c>, as the bundled one was.
/// </summary>
internal static unsafe class LockWait
{
    private const int LongestPause = 32;
    private const int ShortPauses = 5;

    private static readonly delegate* unmanaged<nint, delegate* unmanaged[Cdecl]<nint, int, int>, nint, int> SetHandler =
        (delegate* unmanaged<nint, delegate* unmanaged[Cdecl]<nint, int, int>, nint, int>)NativeLibrary.GetExport(
            NativeLibrary.Load(raw.GetNativeLibraryName(), typeof(Batteries_V2).Assembly, null), "sqlite3_busy_handler");

    /// <summary>Makes the connection wait for locks up to the timeout.</summary>
    public static void Install(sqlite3 database, TimeSpan timeout) =>
        SetHandler(database.DangerousGetHandle(), &Wait, (nint)Math.Clamp(timeout.TotalMilliseconds, 0, int.MaxValue));

    // Called by the engine with the number of times it was called for this lock; zero makes it give up.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Wait(nint timeout, int calls)
    {
        var pause = calls < ShortPauses ? 1 << calls : LongestPause;
        var waited = calls < ShortPauses ? (1L << calls) - 1 : LongestPause - 1 + (long)LongestPause * (calls - ShortPauses);
        var left = timeout - waited;
        if (left <= 0) return 0;
        Thread.Sleep((int)Math.Min(pause, left));
        return 1;
    }
}
