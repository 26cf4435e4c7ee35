using Drip.Chaos;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Sqlite.Data;

/// <summary>
/// The tables that stand beside the rows, so that progress commits with them: <c>drip_cursor</c> and
/// <c>drip_quarantine</c>. They are made when a job is first opened on a file.
/// </summary>
internal static class ProgressTables
{
    // With row numbers, because a row of a table without them spills to a second page once it is longer than 1,000 bytes.
    private const string CreateCursors = """
        CREATE TABLE IF NOT EXISTS drip_cursor (
          run TEXT NOT NULL,
          partition INTEGER NOT NULL,
          epoch INTEGER NOT NULL,
          "key" TEXT,
          scanned INTEGER NOT NULL DEFAULT 0,
          processed INTEGER NOT NULL DEFAULT 0,
          batches INTEGER NOT NULL DEFAULT 0,
          active_us INTEGER NOT NULL DEFAULT 0,
          untold TEXT,
          moved_at TEXT,
          PRIMARY KEY (run, partition)
        );
        """;

    // The numbers are the order in which rows failed; a column of their own, because VACUUM may change those that have none.
    private const string CreateQuarantine = """
        CREATE TABLE IF NOT EXISTS drip_quarantine (
          number INTEGER PRIMARY KEY,
          run TEXT NOT NULL,
          partition INTEGER NOT NULL,
          "key" TEXT NOT NULL,
          error_type TEXT NOT NULL,
          error_message TEXT NOT NULL,
          error_stack TEXT,
          error_element TEXT,
          attempts INTEGER NOT NULL,
          at TEXT NOT NULL,
          state INTEGER NOT NULL,
          UNIQUE (run, "key")
        );
        CREATE INDEX IF NOT EXISTS drip_quarantine_retry ON drip_quarantine (run, partition) WHERE state = 1;
        """;

    // What the first released version did not have; its files are met for years.
    private static readonly (string Name, string Type)[] Added =
    [
        ("lower", "TEXT"),
        ("upper", "TEXT"),
        ("quarantined", "INTEGER NOT NULL DEFAULT 0"),
        ("done", "INTEGER NOT NULL DEFAULT 0"),
        ("owner", "TEXT"),
        ("lease_until", "INTEGER"),
        ("rescues", "INTEGER NOT NULL DEFAULT 0"),
        ("run_epoch", "INTEGER NOT NULL DEFAULT 0"),
    ];

    /// <summary>Makes what is missing, in one transaction; where nothing is, this is only a look.</summary>
    public static void Require(SqliteConnection connection)
    {
        if (AreThere(connection)) return;

        var transaction = connection.BeginTransaction(deferred: false);
        try
        {
            // Only now nobody else can be making them.
            Execute(connection, CreateCursors + CreateQuarantine);
            var columns = CursorColumns(connection);
            foreach (var (name, type) in Added)
            {
                if (!columns.Contains(name)) Execute(connection, $"ALTER TABLE drip_cursor ADD COLUMN {name} {type}");
            }

            FailPoint.Hit(FailPoints.ProgressTables);
            transaction.Commit();
        }
        finally
        {
            TransactionEnd.Dispose(connection, transaction);
        }
    }

    /// <summary>Whether both tables are there, as this version has them.</summary>
    public static bool AreThere(SqliteConnection connection)
    {
        if (!HasQuarantine(connection)) return false;
        var columns = CursorColumns(connection);
        return Array.TrueForAll(Added, column => columns.Contains(column.Name));
    }

    /// <summary>Whether no version has kept cursors in this file.</summary>
    public static bool AreNone(SqliteConnection connection) => CursorColumns(connection).Count == 0;

    public static bool HasQuarantine(SqliteConnection connection)
    {
        using var look = new Statement(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'drip_quarantine'");
        return look.Step();
    }

    private static HashSet<string> CursorColumns(SqliteConnection connection)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var info = new Statement(connection, "PRAGMA main.table_info(drip_cursor)");
        var reader = new SqliteRowReader(info.Handle);
        while (info.Step()) names.Add(reader.GetString(1));
        return names;
    }

    private static void Execute(SqliteConnection connection, string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle!, sql), connection.Handle!);
}
