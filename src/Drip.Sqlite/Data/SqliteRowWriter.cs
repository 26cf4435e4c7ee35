using Drip.Sqlite.Native;

namespace Drip.Sqlite.Data;

/// <summary>Binds a row's columns to the places of a statement, from the first place on.</summary>
internal struct SqliteRowWriter(nint statement) : IRowWriter
{
    private int _place;

    /// <summary>The last place that was bound.</summary>
    public readonly int Place => _place;

    public void WriteNull(int ordinal) => SqliteApi.BindNull(statement, ++_place);

    public void Write(int ordinal, bool value) => SqliteApi.BindInt64(statement, ++_place, value ? 1 : 0);

    public void Write(int ordinal, long value) => SqliteApi.BindInt64(statement, ++_place, value);

    public void Write(int ordinal, ulong value) => SqliteApi.BindInt64(statement, ++_place, unchecked((long)value));

    public void Write(int ordinal, double value) => SqliteValue.Bind(statement, ++_place, value);

    public void Write(int ordinal, decimal value) => SqliteValue.Bind(statement, ++_place, value);

    public void Write(int ordinal, char value) => SqliteValue.Bind(statement, ++_place, value.ToString());

    public void Write(int ordinal, string value) => SqliteValue.Bind(statement, ++_place, value);

    public void Write(int ordinal, Guid value) => SqliteValue.Bind(statement, ++_place, value);

    public void Write(int ordinal, DateTime value) => SqliteValue.Bind(statement, ++_place, value, SqliteValue.DateTimeFormat);

    public void Write(int ordinal, DateTimeOffset value) => SqliteValue.Bind(statement, ++_place, value, SqliteValue.DateTimeOffsetFormat);

    public void Write(int ordinal, DateOnly value) => SqliteValue.Bind(statement, ++_place, value, SqliteValue.DateFormat);

    public void Write(int ordinal, TimeOnly value) => SqliteValue.Bind(statement, ++_place, value, SqliteValue.FormatOf(value));

    public void Write(int ordinal, TimeSpan value) => SqliteValue.Bind(statement, ++_place, value, "c");

    public void Write(int ordinal, byte[] value) => SqliteValue.Bind(statement, ++_place, value);
}
