using Drip.Sqlite.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Sqlite.Versions;

/// <summary>A transaction that is the only writer from its beginning, for a thread that waits.</summary>
internal static class Transaction
{
    /// <summary>Does the work in one transaction, or none of it.</summary>
    public static void Run(SqliteConnection connection, Action work)
    {
        using var begin = new Statement(connection, "BEGIN IMMEDIATE");
        using var commit = new Statement(connection, "COMMIT");
        Run(connection, begin, commit, work);
    }

    /// <summary>The same with statements that are prepared.</summary>
    public static void Run(SqliteConnection connection, Statement begin, Statement commit, Action work)
    {
        begin.Execute();
        try
        {
            work();
            commit.Execute();
        }
        finally
        {
            // An error that has rolled back by itself, as a full disk does, leaves nothing to roll back.
            if (raw.sqlite3_get_autocommit(connection.Handle!) == 0) raw.sqlite3_exec(connection.Handle!, "ROLLBACK");
        }
    }

    extension(SqliteDatabase database)
    {
        /// <summary>Waits for the writer connection on this thread.</summary>
        public WriterLease EnterWriter() => database.EnterWriterAsync().AsTask().GetAwaiter().GetResult();
    }
}
