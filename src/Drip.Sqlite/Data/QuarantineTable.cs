using System.Globalization;
using Drip.Data;
using Drip.Runs;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>The rows of <c>drip_quarantine</c>. A row that is settled is deleted.</summary>
internal static class QuarantineTable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const string Select = """SELECT partition, "key", error_type, error_message, error_stack, error_element, attempts, at, state FROM drip_quarantine""";

    public static List<QuarantinedRow> List(SqliteConnection connection, string run)
    {
        var rows = new List<QuarantinedRow>();
        using var list = new Statement(connection, Select + " WHERE run = ?1 ORDER BY number");
        SqliteValue.Bind(list.Handle, 1, run);
        while (list.Step()) rows.Add(Read(new SqliteRowReader(list.Handle), run));
        return rows;
    }

    public static QuarantinedRow? FindRetry(SqliteConnection connection, string run, int partition)
    {
        using var find = new Statement(connection, Select + " WHERE run = ?1 AND partition = ?2 AND state = 1 ORDER BY number LIMIT 1");
        SqliteValue.Bind(find.Handle, 1, run);
        SqliteValue.Bind(find.Handle, 2, partition);
        return find.Step() ? Read(new SqliteRowReader(find.Handle), run) : null;
    }

    /// <summary>How many rows of a run are not skipped.</summary>
    public static long Count(SqliteConnection connection, string run)
    {
        using var count = new Statement(connection, "SELECT count(*) FROM drip_quarantine WHERE run = ?1 AND state <> 2");
        SqliteValue.Bind(count.Handle, 1, run);
        count.Step();
        return new SqliteRowReader(count.Handle).GetInt64(0);
    }

    public static void Put(SqliteConnection connection, QuarantinedRow row)
    {
        using var put = new Statement(connection, """
            INSERT INTO drip_quarantine (run, partition, "key", error_type, error_message, error_stack, error_element, attempts, at, state)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT (run, "key") DO UPDATE SET partition = excluded.partition, error_type = excluded.error_type, error_message = excluded.error_message,
              error_stack = excluded.error_stack, error_element = excluded.error_element, attempts = attempts + 1, at = excluded.at, state = 0
            """);
        SqliteValue.Bind(put.Handle, 1, row.Run);
        SqliteValue.Bind(put.Handle, 2, row.Partition);
        SqliteValue.Bind(put.Handle, 3, KeyText.Write(row.Key));
        SqliteValue.Bind(put.Handle, 4, row.Error.Type);
        SqliteValue.Bind(put.Handle, 5, row.Error.Message);
        SqliteValue.Bind(put.Handle, 6, row.Error.Stack);
        SqliteValue.Bind(put.Handle, 7, row.Error.Element);
        SqliteValue.Bind(put.Handle, 8, row.Attempts);
        SqliteValue.Bind(put.Handle, 9, row.At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        SqliteValue.Bind(put.Handle, 10, (int)row.State);
        put.Execute();
    }

    public static void Settle(SqliteConnection connection, string run, Key key)
    {
        using var settle = new Statement(connection, """DELETE FROM drip_quarantine WHERE run = ?1 AND "key" = ?2""");
        ExecuteOnRow(settle, run, key);
    }

    /// <summary>Closes a row; false if there is none that is open.</summary>
    public static bool Skip(SqliteConnection connection, string run, Key key)
    {
        using var skip = new Statement(connection, """UPDATE drip_quarantine SET state = 2 WHERE run = ?1 AND "key" = ?2 AND state = 0""");
        return ExecuteOnRow(skip, run, key) == 1;
    }

    /// <summary>Every row of a run that is open is to be tried again.</summary>
    public static void Retry(SqliteConnection connection, string run)
    {
        using var retry = new Statement(connection, "UPDATE drip_quarantine SET state = 1 WHERE run = ?1 AND state = 0");
        SqliteValue.Bind(retry.Handle, 1, run);
        retry.Execute();
    }

    private static int ExecuteOnRow(Statement statement, string run, Key key)
    {
        SqliteValue.Bind(statement.Handle, 1, run);
        SqliteValue.Bind(statement.Handle, 2, KeyText.Write(key));
        return statement.Execute();
    }

    private static QuarantinedRow Read(SqliteRowReader row, string run)
    {
        var error = new RunError(row.GetString(2), row.GetString(3), row.IsNull(4) ? null : row.GetString(4), row.IsNull(5) ? null : row.GetString(5));
        var at = DateTimeOffset.ParseExact(row.GetString(7), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new QuarantinedRow(run, row.GetInt32(0), KeyText.Read(row.GetString(1)), error, at)
        {
            Attempts = row.GetInt32(6),
            State = (QuarantineState)row.GetInt32(8),
        };
    }
}
