using System.Globalization;
using Drip.Data;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary><c>drip_cursor</c>, which stands beside the rows so that progress commits with them.</summary>
internal static class CursorTable
{
    private const string Columns = "epoch, \"key\", scanned, processed, batches, active_us, untold";

    public static void Create(SqliteConnection connection)
    {
        using (var look = new Statement(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'drip_cursor'"))
        {
            if (look.Step()) return;
        }

        // With row numbers, because a row of a table without them spills to a second page once it is longer than 1,000 bytes.
        using var create = new Statement(connection, """
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
            )
            """);
        create.Execute();
    }

    /// <summary>Makes the cursor if there is none, and gives it the epoch unless it has a newer one.</summary>
    public static Cursor Take(SqliteConnection connection, string run, int partition, long epoch)
    {
        using (var take = new Statement(connection, """
            INSERT INTO drip_cursor (run, partition, epoch) VALUES (?1, ?2, ?3)
            ON CONFLICT (run, partition) DO UPDATE SET epoch = excluded.epoch WHERE epoch <= excluded.epoch
            """))
        {
            SqliteValue.Bind(take.Handle, 1, run);
            SqliteValue.Bind(take.Handle, 2, partition);
            SqliteValue.Bind(take.Handle, 3, epoch);
            take.Execute();
        }

        return Read(connection, run, partition) ?? throw new InvalidOperationException($"The cursor of run {run} vanished.");
    }

    public static Cursor? Read(SqliteConnection connection, string run, int partition)
    {
        using var read = new Statement(connection, $"SELECT {Columns} FROM drip_cursor WHERE run = ?1 AND partition = ?2");
        SqliteValue.Bind(read.Handle, 1, run);
        SqliteValue.Bind(read.Handle, 2, partition);
        if (!read.Step()) return null;
        var reader = new SqliteRowReader(read.Handle);
        var key = reader.IsNull(1) ? null : KeyText.Read(reader.GetString(1));
        return new Cursor(
            run, partition, reader.GetInt64(0), key, reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), TimeSpan.FromMicroseconds(reader.GetInt64(5)),
            reader.IsNull(6) ? null : reader.GetString(6));
    }

    /// <summary>The statement that moves a cursor, if the epoch still holds; see <see cref="Move"/>.</summary>
    public const string MoveSql = """
        UPDATE drip_cursor SET "key" = ?1, scanned = ?2, processed = ?3, batches = ?4, active_us = ?5, untold = ?6, moved_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        WHERE run = ?7 AND partition = ?8 AND epoch = ?9
        """;

    /// <summary>Moves the cursor; false if its epoch is another by now.</summary>
    public static bool Move(Statement move, Cursor cursor)
    {
        SqliteValue.Bind(move.Handle, 1, (object?)(cursor.After is null ? null : KeyText.Write(cursor.After)));
        SqliteValue.Bind(move.Handle, 2, cursor.Scanned);
        SqliteValue.Bind(move.Handle, 3, cursor.Processed);
        SqliteValue.Bind(move.Handle, 4, cursor.Batches);
        SqliteValue.Bind(move.Handle, 5, (long)cursor.Active.TotalMicroseconds);
        SqliteValue.Bind(move.Handle, 6, (object?)cursor.Untold);
        SqliteValue.Bind(move.Handle, 7, cursor.Run);
        SqliteValue.Bind(move.Handle, 8, cursor.Partition);
        SqliteValue.Bind(move.Handle, 9, cursor.Epoch);
        return move.Execute() == 1;
    }
}
