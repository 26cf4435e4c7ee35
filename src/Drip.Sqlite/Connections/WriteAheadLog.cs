using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Sqlite;

/// <summary>Switches a file to write-ahead logging, with which readers and the writer do not block each other.</summary>
internal static class WriteAheadLog
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Makes sure that the file has a write-ahead log; a file that has one already is only asked.</summary>
    public static void Require(sqlite3 database, SqliteLocation location, TimeSpan timeout)
    {
        var mode = Switch(database, timeout);
        if (mode == "wal") return;
        throw new DripException(DripErrorKind.Store, "no-write-ahead-log",
            $"{location.Given} cannot be switched to a write-ahead log: its journal stays '{mode}'.",
            "Move the file to a local disk whose file system supports shared memory.");
    }

    private static string Switch(sqlite3 database, TimeSpan timeout)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, "PRAGMA journal_mode=WAL", out var statement), database);
        using (statement)
        {
            var begin = Stopwatch.GetTimestamp();
            int result;
            while ((result = raw.sqlite3_step(statement)) != raw.SQLITE_ROW)
            {
                // Of two processes that switch a file at the same moment the engine sends one away without waiting.
                if (result != raw.SQLITE_BUSY || Stopwatch.GetElapsedTime(begin) >= timeout) SqliteException.ThrowExceptionForRC(result, database);
                raw.sqlite3_reset(statement);
                Thread.Sleep(Pause);
            }

            return raw.sqlite3_column_text(statement, 0).utf8_to_string();
        }
    }
}
