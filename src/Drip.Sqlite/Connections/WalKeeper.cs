using Drip.Chaos;
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
    private const int LeasesPerAttempt = 64;
    private static readonly TimeSpan LastWait = TimeSpan.FromMilliseconds(250);

    private readonly CheckpointLock _lock = new(databasePath);
    private readonly LogLength _length = new();
    private int _leases;
    private int _lengthAtCheckpoint;

    public bool IsKeeper => _lock.IsHeld;

    /// <summary>Called when the writer connection was opened.</summary>
    public void Begin(SqliteConnection writer)
    {
        _length.Follow(writer.Handle!);
        _lock.TryTake();
    }

    /// <summary>Called after each lease, outside a transaction.</summary>
    public void AfterLease(SqliteConnection writer)
    {
        if (!_lock.IsHeld && (++_leases % LeasesPerAttempt != 0 || !_lock.TryTake())) return;

        // Once all of it was copied, the log is written from its beginning again.
        if (_length.Pages < _lengthAtCheckpoint) _lengthAtCheckpoint = 0;
        if (_length.Pages - _lengthAtCheckpoint < PagesPerCheckpoint) return;

        FailPoint.Hit(FailPoints.Checkpointing);

        // What cannot be copied now (a reader needs it, the disk is full) stays in the log, where it is safe, and is
        // copied next time; so the result is not looked at.
        raw.sqlite3_wal_checkpoint_v2(writer.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        _lengthAtCheckpoint = _length.Pages;
    }

    /// <summary>Called before the writer connection is closed for good: empties the log.</summary>
    public void End(SqliteConnection writer)
    {
        if (!_lock.TryTake()) return;
        FailPoint.Hit(FailPoints.Closing);
        LockWait.Install(writer.Handle!, LastWait);
        raw.sqlite3_wal_checkpoint_v2(writer.Handle!, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
    }

    /// <summary>Gives the lock up; the writer connection is closed by then.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        _length.Dispose();
    }
}
