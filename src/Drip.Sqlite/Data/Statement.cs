using System.Text;
using Drip.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>
/// A prepared statement on a connection's own handle. What does not change from use to use (the author's values) is bound
/// once; a reset keeps it.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly nint _database;
    private nint _handle;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!.DangerousGetHandle();
        var code = SqliteApi.Prepare(_database, Encoding.UTF8.GetBytes(sql), out _handle);
        if (code != SqliteApi.Ok) throw Error(code);
    }

    public Statement(SqliteConnection connection, SqlBuilder sql) : this(connection, sql.ToString())
    {
        foreach (var placed in sql.Values) SqliteValue.Bind(_handle, placed.Place, placed.Value);
        ScopeValues = sql.Values.Count;
    }

    /// <summary>The handle, for readers and writers.</summary>
    public nint Handle => _handle;

    /// <summary>How many places hold the author's values; they come first.</summary>
    public int ScopeValues { get; }

    /// <summary>Binds a range to the places behind the author's values, and returns the place behind them.</summary>
    public int BindRange(KeyRange range) => SqliteValue.BindRange(_handle, ScopeValues + 1, range);

    /// <summary>Moves on; true on a record, false at the end.</summary>
    public bool Step()
    {
        var code = SqliteApi.Step(_handle);
        return code switch
        {
            SqliteApi.Row => true,
            SqliteApi.Done => false,
            _ => throw Fail(code),
        };
    }

    /// <summary>Runs a statement that yields no record, and returns how many rows it changed.</summary>
    public int Execute()
    {
        var code = SqliteApi.Step(_handle);
        if (code is not (SqliteApi.Done or SqliteApi.Row)) throw Fail(code);
        SqliteApi.Reset(_handle);
        return SqliteApi.Changes(_database);
    }

    public void Reset() => SqliteApi.Reset(_handle);

    public void Dispose()
    {
        if (_handle == 0) return;
        SqliteApi.Finalize(_handle);
        _handle = 0;
    }

    // The error is read before the reset, which would clear it.
    private SqliteException Fail(int code)
    {
        var error = Error(code);
        SqliteApi.Reset(_handle);
        return error;
    }

    private SqliteException Error(int code) =>
        new($"SQLite Error {code & 0xFF}: '{SqliteApi.ErrorMessage(_database)}'.", code & 0xFF, SqliteApi.ExtendedError(_database));
}
