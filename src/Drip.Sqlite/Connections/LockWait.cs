using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Drip.Sqlite;

/// <summary>
/// Waits for the locks of other programs in short steps. The engine's own <c>busy_timeout</c> sleeps for whole seconds
/// where the library was built without <c>usleep</c>, as the bundled one was. The steps do not grow soon: a worker that
/// never rests leaves the lock free for some microseconds between two batches, and one that looks seldom would not meet
/// them for seconds.
/// </summary>
internal static unsafe class LockWait
{
    private const int ShortPause = 1;
    private const int ShortPauses = 2000;
    private const int LongPause = 8;

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
        var pause = calls < ShortPauses ? ShortPause : LongPause;
        var waited = calls < ShortPauses ? (long)calls * ShortPause : ShortPauses * ShortPause + (long)LongPause * (calls - ShortPauses);
        var left = timeout - waited;
        if (left <= 0) return 0;
        Thread.Sleep((int)Math.Min(pause, left));
        return 1;
    }
}
