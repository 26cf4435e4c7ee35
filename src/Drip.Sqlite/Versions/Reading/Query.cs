using Drip.Sqlite.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Versions;

/// <summary>A query of whole numbers, whose errors speak of the file.</summary>
internal sealed class Query : IDisposable
{
    private readonly string _path;
    private readonly Statement _statement;

    public Query(SqliteConnection connection, string path, string sql, params ReadOnlySpan<long> values)
    {
        _path = path;
        try
        {
            _statement = new Statement(connection, sql);
        }
        catch (SqliteException error) when (VersionErrors.Explain(error, path) is { } explained)
        {
            throw explained;
        }

        for (var place = 0; place < values.Length; place++) SqliteApi.BindInt64(_statement.Handle, place + 1, values[place]);
    }

    public nint Handle => _statement.Handle;

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Next()
    {
        try
        {
            return _statement.Step();
        }
        catch (SqliteException error) when (VersionErrors.Explain(error, _path) is { } explained)
        {
            throw explained;
        }
    }

    public long Number(int column) => SqliteApi.ColumnInt64(Handle, column);

    public bool IsNull(int column) => SqliteApi.ColumnType(Handle, column) == SqliteApi.TypeNull;

    public byte[] Bytes(int column) => SqliteApi.ColumnBlob(Handle, column).ToArray();

    public void Dispose() => _statement.Dispose();
}
