using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Drip.Sqlite;

/// <summary>
/// How many pages the write-ahead log holds, those of other processes among them, as the engine says at each commit of a
/// connection. It costs nothing, where a look at the file's size costs as much as a small batch.
/// </summary>
internal sealed unsafe class LogLength : IDisposable
{
    private static readonly delegate* unmanaged<nint, delegate* unmanaged[Cdecl]<int*, nint, byte*, int, int>, int*, nint> SetHook =
        (delegate* unmanaged<nint, delegate* unmanaged[Cdecl]<int*, nint, byte*, int, int>, int*, nint>)NativeLibrary.GetExport(
            NativeLibrary.Load(raw.GetNativeLibraryName(), typeof(Batteries_V2).Assembly, null), "sqlite3_wal_hook");

    private int* _pages = (int*)NativeMemory.AllocZeroed(sizeof(int));

    /// <summary>As of the connection's last commit.</summary>
    public int Pages => *_pages;

    /// <summary>Listens to a connection, which must be closed before this is disposed.</summary>
    public void Follow(sqlite3 database) => SetHook(database.DangerousGetHandle(), &Committed, _pages);

    public void Dispose()
    {
        NativeMemory.Free(_pages);
        _pages = null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Committed(int* pages, nint database, byte* name, int length)
    {
        *pages = length;
        return raw.SQLITE_OK;
    }
}
