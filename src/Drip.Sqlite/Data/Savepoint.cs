using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Sqlite.Data;

/// <summary>The place in a batch's transaction to which isolation comes back.</summary>
internal sealed class Savepoint(SqliteConnection connection) : IDisposable
{
    private readonly Statement _save = new(connection, "SAVEPOINT drip_batch");
    private readonly Statement _undo = new(connection, "ROLLBACK TO drip_batch");
    private readonly Statement _forget = new(connection, "RELEASE drip_batch");

    public void Save() => _save.Execute();

    /// <summary>Undoes what was done since; false if the whole transaction is gone.</summary>
    public bool Restore()
    {
        // RAISE(ROLLBACK), ON CONFLICT ROLLBACK and a full disk take the transaction with them, and its savepoints.
        if (SqliteApi.IsAutocommit(connection.Handle!.DangerousGetHandle())) return false;
        _undo.Execute();
        Forget();
        return true;
    }

    /// <summary>Keeps what was done since.</summary>
    public void Forget()
    {
        try
        {
            _forget.Execute();
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_BUSY)
        {
            // No other program is in the way here, so waiting and trying again would not help.
            throw new DripException(DripErrorKind.RunFailed, "open-reader",
                "The batch left a statement open that writes (a reader of INSERT, UPDATE or DELETE … RETURNING).",
                "Dispose each reader and command before the method returns.", error);
        }
    }

    public void Dispose()
    {
        _save.Dispose();
        _undo.Dispose();
        _forget.Dispose();
    }
}
