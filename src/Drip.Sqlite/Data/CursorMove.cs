using Drip.Data;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>The statement that moves a cursor in each batch, if its epoch and its end still hold.</summary>
internal sealed class CursorMove(SqliteConnection connection) : IDisposable
{
    private readonly Statement _move = new(connection, """
        UPDATE drip_cursor SET "key" = ?1, scanned = ?2, processed = ?3, batches = ?4, active_us = ?5, untold = ?6, quarantined = ?7, done = ?8,
          lease_until = ?9, rescues = 0, moved_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        WHERE run = ?10 AND partition = ?11 AND epoch = ?12 AND upper IS ?13
        """);

    private Key? _upper;

    /// <summary>Moves the cursor; false if its epoch or its end is another by now.</summary>
    public bool Execute(Cursor cursor)
    {
        var place = _move.Handle;
        SqliteValue.Bind(place, 1, CursorTable.TextOf(cursor.After));
        SqliteValue.Bind(place, 2, cursor.Scanned);
        SqliteValue.Bind(place, 3, cursor.Processed);
        SqliteValue.Bind(place, 4, cursor.Batches);
        SqliteValue.Bind(place, 5, (long)cursor.Active.TotalMicroseconds);
        SqliteValue.Bind(place, 6, cursor.Untold);
        SqliteValue.Bind(place, 7, cursor.Quarantined);
        SqliteValue.Bind(place, 8, cursor.IsDone ? 1 : 0);
        SqliteValue.Bind(place, 9, (object?)cursor.LeaseUntil?.ToUnixTimeMilliseconds());
        SqliteValue.Bind(place, 10, cursor.Run);
        SqliteValue.Bind(place, 11, cursor.Partition);
        SqliteValue.Bind(place, 12, cursor.Epoch);
        // What is bound stays bound, and the end of a partition hardly ever changes.
        if (!ReferenceEquals(_upper, cursor.Upper))
        {
            SqliteValue.Bind(place, 13, CursorTable.TextOf(cursor.Upper));
            _upper = cursor.Upper;
        }

        return _move.Execute() == 1;
    }

    public void Dispose() => _move.Dispose();
}
