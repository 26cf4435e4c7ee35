using Microsoft.Data.Sqlite;

namespace Drip.Sqlite;

/// <summary>
/// The right to use the process's one writer connection, until disposed. Transactions begun on it must have ended by then.
/// </summary>
public sealed class WriterLease : IDisposable
{
    private SqliteDatabase? _database;

    internal WriterLease(SqliteDatabase database, SqliteConnection connection) => (_database, Connection) = (database, connection);

    /// <summary>The writer connection.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Gives the connection back; the write-ahead log is copied into the file when that is due.</summary>
    public void Dispose() => Interlocked.Exchange(ref _database, null)?.LeaveWriter();
}
