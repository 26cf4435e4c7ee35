using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Sqlite.Data;

/// <summary>Disposes transactions whatever has become of them.</summary>
internal static class TransactionEnd
{
    /// <summary>
    /// Rolls back what did not commit. A COMMIT that found the disk full has rolled back already, and the provider, which
    /// then tries it again, would hide the reason behind an error of its own; so it is given something to roll back.
    /// </summary>
    public static void Dispose(SqliteConnection connection, SqliteTransaction transaction)
    {
        var database = connection.Handle!;
        if (transaction.Connection is not null && raw.sqlite3_get_autocommit(database) != 0) raw.sqlite3_exec(database, "BEGIN");
        transaction.Dispose();
        if (raw.sqlite3_get_autocommit(database) == 0) raw.sqlite3_exec(database, "ROLLBACK");
    }
}
