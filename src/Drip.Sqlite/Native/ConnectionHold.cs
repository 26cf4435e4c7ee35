using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Native;

/// <summary>
/// Holds a connection's mutex while a page is read or written. SQLite takes it for each column and each value; where the
/// thread has it already that is a counter, and else two atomic operations, which together cost a fifth of a row's time.
/// </summary>
internal readonly ref struct ConnectionHold
{
    private readonly nint _mutex;

    public ConnectionHold(SqliteConnection connection)
    {
        _mutex = SqliteApi.MutexOf(connection.Handle!.DangerousGetHandle());
        SqliteApi.Enter(_mutex);
    }

    public void Dispose() => SqliteApi.Leave(_mutex);
}
