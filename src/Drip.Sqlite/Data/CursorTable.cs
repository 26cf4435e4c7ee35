using Drip.Data;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>
/// The rows of <c>drip_cursor</c>. Keys stand there as <see cref="KeyText"/>, the end of a lease in milliseconds of Unix time.
/// </summary>
internal static class CursorTable
{
    private const string Select = """
        SELECT partition, epoch, lower, upper, "key", scanned, processed, batches, quarantined, active_us, untold, done, owner, lease_until, rescues, run_epoch,
          (SELECT count(*) FROM drip_quarantine AS q WHERE q.run = c.run AND q.partition = c.partition AND q.state = 1)
        FROM drip_cursor AS c WHERE run = ?1
        """;

    public static List<Cursor> List(SqliteConnection connection, string run)
    {
        var cursors = new List<Cursor>();
        using var list = new Statement(connection, Select + " ORDER BY partition");
        SqliteValue.Bind(list.Handle, 1, run);
        while (list.Step()) cursors.Add(Read(new SqliteRowReader(list.Handle), run));
        return cursors;
    }

    public static Cursor? Find(SqliteConnection connection, string run, int partition)
    {
        using var find = new Statement(connection, Select + " AND partition = ?2");
        SqliteValue.Bind(find.Handle, 1, run);
        SqliteValue.Bind(find.Handle, 2, partition);
        return find.Step() ? Read(new SqliteRowReader(find.Handle), run) : null;
    }

    /// <summary>Adds a partition that nobody has walked yet.</summary>
    public static void Add(SqliteConnection connection, Cursor cursor)
    {
        using var add = new Statement(connection, """
            INSERT INTO drip_cursor (run, partition, epoch, lower, upper, owner, lease_until, run_epoch) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """);
        SqliteValue.Bind(add.Handle, 1, cursor.Run);
        SqliteValue.Bind(add.Handle, 2, cursor.Partition);
        SqliteValue.Bind(add.Handle, 3, cursor.Epoch);
        SqliteValue.Bind(add.Handle, 4, TextOf(cursor.Lower));
        SqliteValue.Bind(add.Handle, 5, TextOf(cursor.Upper));
        SqliteValue.Bind(add.Handle, 6, cursor.Owner);
        SqliteValue.Bind(add.Handle, 7, (object?)cursor.LeaseUntil?.ToUnixTimeMilliseconds());
        SqliteValue.Bind(add.Handle, 8, cursor.RunEpoch);
        add.Execute();
    }

    /// <summary>Lets a partition end earlier; where it has come to, and who has it, stays.</summary>
    public static void End(SqliteConnection connection, string run, int partition, Key upper)
    {
        using var end = new Statement(connection, "UPDATE drip_cursor SET upper = ?1 WHERE run = ?2 AND partition = ?3");
        SqliteValue.Bind(end.Handle, 1, TextOf(upper));
        SqliteValue.Bind(end.Handle, 2, run);
        SqliteValue.Bind(end.Handle, 3, partition);
        end.Execute();
    }

    public static bool Claim(SqliteConnection connection, string run, int partition, long epoch, LeaseClaim claim)
    {
        using var take = new Statement(connection, """
            UPDATE drip_cursor SET epoch = epoch + 1, rescues = rescues + (owner IS NOT NULL AND owner <> ?4), owner = ?4, lease_until = ?5, run_epoch = ?6
            WHERE run = ?1 AND partition = ?2 AND epoch = ?3 AND run_epoch <= ?6
            """);
        SqliteValue.Bind(take.Handle, 6, claim.RunEpoch);
        return ExecuteLease(take, run, partition, epoch, claim);
    }

    public static bool Renew(SqliteConnection connection, string run, int partition, long epoch, LeaseClaim claim)
    {
        // With the owner, and only while something is left to do, so that a renewal that comes late changes nothing in what was
        // given back or is over.
        using var renew = new Statement(connection, """
            UPDATE drip_cursor SET lease_until = ?5 WHERE run = ?1 AND partition = ?2 AND epoch = ?3 AND owner = ?4
              AND (done = 0 OR EXISTS (SELECT 1 FROM drip_quarantine AS q WHERE q.run = ?1 AND q.partition = ?2 AND q.state = 1))
            """);
        return ExecuteLease(renew, run, partition, epoch, claim);
    }

    public static bool Release(SqliteConnection connection, string run, int partition, long epoch)
    {
        using var release = new Statement(connection, """
            UPDATE drip_cursor SET owner = NULL, lease_until = NULL, rescues = 0 WHERE run = ?1 AND partition = ?2 AND epoch = ?3
            """);
        SqliteValue.Bind(release.Handle, 1, run);
        SqliteValue.Bind(release.Handle, 2, partition);
        SqliteValue.Bind(release.Handle, 3, epoch);
        return release.Execute() == 1;
    }

    /// <summary>Takes every partition from its owner, who did not vanish: the next one to claim it rescues nothing.</summary>
    public static int Fence(SqliteConnection connection, string run, long runEpoch)
    {
        using var fence = new Statement(connection, """
            UPDATE drip_cursor SET epoch = epoch + 1, owner = NULL, lease_until = NULL, run_epoch = max(run_epoch, ?2) WHERE run = ?1
            """);
        SqliteValue.Bind(fence.Handle, 1, run);
        SqliteValue.Bind(fence.Handle, 2, runEpoch);
        return fence.Execute();
    }

    /// <summary>No partition has rescues, and one that was walked to its end, which its worker keeps, is free for what is to be tried again.</summary>
    public static int ForgetRescues(SqliteConnection connection, string run)
    {
        using var forget = new Statement(connection, """
            UPDATE drip_cursor SET rescues = 0, owner = CASE WHEN done THEN NULL ELSE owner END, lease_until = CASE WHEN done THEN NULL ELSE lease_until END
            WHERE run = ?1
            """);
        SqliteValue.Bind(forget.Handle, 1, run);
        return forget.Execute();
    }

    public static string? TextOf(Key? key) => key is null ? null : KeyText.Write(key);

    private static bool ExecuteLease(Statement statement, string run, int partition, long epoch, LeaseClaim claim)
    {
        SqliteValue.Bind(statement.Handle, 1, run);
        SqliteValue.Bind(statement.Handle, 2, partition);
        SqliteValue.Bind(statement.Handle, 3, epoch);
        SqliteValue.Bind(statement.Handle, 4, claim.Owner);
        SqliteValue.Bind(statement.Handle, 5, claim.Until.ToUnixTimeMilliseconds());
        return statement.Execute() == 1;
    }

    private static Cursor Read(SqliteRowReader row, string run) => new(run, row.GetInt32(0), row.GetInt64(1))
    {
        Lower = KeyAt(row, 2),
        Upper = KeyAt(row, 3),
        After = KeyAt(row, 4),
        Scanned = row.GetInt64(5),
        Processed = row.GetInt64(6),
        Batches = row.GetInt64(7),
        Quarantined = row.GetInt64(8),
        Active = TimeSpan.FromMicroseconds(row.GetInt64(9)),
        Untold = row.IsNull(10) ? null : row.GetString(10),
        IsDone = row.GetBoolean(11),
        Owner = row.IsNull(12) ? null : row.GetString(12),
        LeaseUntil = row.IsNull(13) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(13)),
        Rescues = row.GetInt32(14),
        RunEpoch = row.GetInt64(15),
        Retries = row.GetInt64(16),
    };

    private static Key? KeyAt(SqliteRowReader row, int ordinal) => row.IsNull(ordinal) ? null : KeyText.Read(row.GetString(ordinal));
}
