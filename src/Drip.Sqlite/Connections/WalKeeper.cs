using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Sqlite;

/// <summary>
/// Keeps the write-ahead log short. SQLite's automatic checkpoints are off on every connection, because before 3.51.3 two
/// connections that checkpoint and write at the same instant can damage the file; so only the process that holds the lock
/// file checkpoints, on its writer connection, between transactions.
/// </summary>
internal sealed class WalKeeper(string databasePath) : IDisposable
{
    private const int PagesPerCheckpoint = 1000;
    private const long BytesPerCheckpoint = PagesPerCheckpoint * 4096L;
    private const int LeasesPerAttempt = 64;
    private const int LeasesPerLook = 3;
    private static readonly TimeSpan LastWait = TimeSpan.FromMilliseconds(250);

    private readonly CheckpointLock _lock = new(databasePath);
    private readonly string _logPath = databasePath + "-wal";
    private int _leases;
    private int _unlooked;
    private int _pagesWritten;
    private long _sizeAfterCheckpoint;

    public bool IsKeeper => _lock.IsHeld;

    /// <summary>Called when the writer connection was opened.</summary>
    public void Begin()
    {
        _pagesWritten = 0;
        _lock.TryTake();
    }

    /// <summary>Called after each lease, outside a transaction.</summary>
    public void AfterLease(SqliteConnection writer)
    {
        if (!_lock.IsHeld && (++_leases % LeasesPerAttempt != 0 || !_lock.TryTake())) return;

        // The log is reused from its beginning after a checkpoint, so its size alone hides what is written then. This
        // connection's own pages are counted by the engine; other processes show when they make the file grow.
        raw.sqlite3_db_status(writer.Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 0);
        if (pages - _pagesWritten < PagesPerCheckpoint && !HasGrown()) return;

        // What cannot be copied now (a reader needs it, the disk is full) stays in the log, where it is safe, and is
        // copied next time; so the result is not looked at.
        raw.sqlite3_wal_checkpoint_v2(writer.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        (_pagesWritten, _sizeAfterCheckpoint) = (pages, LogSize());
    }

    /// <summary>Called before the writer connection is closed for good: empties the log.</summary>
    public void End(SqliteConnection writer)
    {
        if (!_lock.TryTake()) return;
        LockWait.Install(writer.Handle!, LastWait);
        raw.sqlite3_wal_checkpoint_v2(writer.Handle!, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
    }

    public void Dispose() => _lock.Dispose();

    // Looking at a file costs more than a small batch does, and that others made it grow can wait for a few of them.
    private bool HasGrown() => ++_unlooked % LeasesPerLook == 0 && LogSize() - _sizeAfterCheckpoint >= BytesPerCheckpoint;

    private long LogSize()
    {
        var log = new FileInfo(_logPath);
        return log.Exists ? log.Length : 0;
    }
}
