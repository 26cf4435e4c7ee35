namespace Drip;

/// <summary>
/// A model's generated codec. One pair of methods serves every format: they are generic over struct readers and writers,
/// so that each use compiles to direct calls without boxing.
/// </summary>
/// <typeparam name="TSelf">The model.</typeparam>
public interface IModel<TSelf> where TSelf : IModel<TSelf>
{
    /// <summary>The table, its columns and its key.</summary>
    static abstract ModelSchema Schema { get; }

    /// <summary>Makes a row from the reader's current record; column <c>n</c> of the record is column <c>n</c> of <see cref="Schema"/>.</summary>
    static abstract TSelf Read<TReader>(ref TReader reader) where TReader : struct, IRowReader;

    /// <summary>Writes the given columns, in ordinal order.</summary>
    static abstract void Write<TWriter>(ref TWriter writer, TSelf row, ColumnSet columns) where TWriter : struct, IRowWriter;

    /// <summary>Writes the key's columns, in key order.</summary>
    static abstract void WriteKey<TWriter>(ref TWriter writer, TSelf row) where TWriter : struct, IRowWriter;

    /// <summary>Which columns differ between two rows, compared as they would be stored.</summary>
    static abstract ColumnSet Diff(TSelf before, TSelf after);

    /// <summary>Whether two rows have the same key.</summary>
    static abstract bool SameKey(TSelf left, TSelf right);

    /// <summary>The row's key.</summary>
    static abstract Key KeyOf(TSelf row);

    /// <summary>A copy that later changes to <paramref name="row"/> do not touch; the row itself where it cannot be changed.</summary>
    static abstract TSelf Copy(TSelf row);
}

/// <summary>
/// Reads one record, column by column. A <c>Get</c> of a column that is NULL, or that does not hold what is asked for,
/// throws a <see cref="ColumnException"/>.
/// </summary>
public interface IRowReader
{
    /// <summary>Whether the column is NULL.</summary>
    bool IsNull(int ordinal);
    /// <summary>Reads a boolean.</summary>
    bool GetBoolean(int ordinal);
    /// <summary>Reads an 8-bit signed integer.</summary>
    sbyte GetSByte(int ordinal);
    /// <summary>Reads an 8-bit integer.</summary>
    byte GetByte(int ordinal);
    /// <summary>Reads a 16-bit signed integer.</summary>
    short GetInt16(int ordinal);
    /// <summary>Reads a 16-bit integer.</summary>
    ushort GetUInt16(int ordinal);
    /// <summary>Reads a 32-bit signed integer.</summary>
    int GetInt32(int ordinal);
    /// <summary>Reads a 32-bit integer.</summary>
    uint GetUInt32(int ordinal);
    /// <summary>Reads a 64-bit signed integer.</summary>
    long GetInt64(int ordinal);
    /// <summary>Reads a 64-bit integer.</summary>
    ulong GetUInt64(int ordinal);
    /// <summary>Reads a single-precision number.</summary>
    float GetSingle(int ordinal);
    /// <summary>Reads a double-precision number.</summary>
    double GetDouble(int ordinal);
    /// <summary>Reads a decimal number.</summary>
    decimal GetDecimal(int ordinal);
    /// <summary>Reads one character.</summary>
    char GetChar(int ordinal);
    /// <summary>Reads text.</summary>
    string GetString(int ordinal);
    /// <summary>Reads a Guid.</summary>
    Guid GetGuid(int ordinal);
    /// <summary>Reads a date and time.</summary>
    DateTime GetDateTime(int ordinal);
    /// <summary>Reads a date and time with its offset.</summary>
    DateTimeOffset GetDateTimeOffset(int ordinal);
    /// <summary>Reads a date.</summary>
    DateOnly GetDate(int ordinal);
    /// <summary>Reads a time of day.</summary>
    TimeOnly GetTime(int ordinal);
    /// <summary>Reads a duration.</summary>
    TimeSpan GetDuration(int ordinal);
    /// <summary>Reads bytes.</summary>
    byte[] GetBytes(int ordinal);
}

/// <summary>Writes one record, column by column, in the order of the calls.</summary>
public interface IRowWriter
{
    /// <summary>Writes NULL.</summary>
    void WriteNull(int ordinal);
    /// <summary>Writes a boolean.</summary>
    void Write(int ordinal, bool value);
    /// <summary>Writes an integer; narrower signed and unsigned integers widen to it.</summary>
    void Write(int ordinal, long value);
    /// <summary>Writes a 64-bit unsigned integer.</summary>
    void Write(int ordinal, ulong value);
    /// <summary>Writes a number; <see cref="float"/> widens to it.</summary>
    void Write(int ordinal, double value);
    /// <summary>Writes a decimal number.</summary>
    void Write(int ordinal, decimal value);
    /// <summary>Writes one character.</summary>
    void Write(int ordinal, char value);
    /// <summary>Writes text.</summary>
    void Write(int ordinal, string value);
    /// <summary>Writes a Guid.</summary>
    void Write(int ordinal, Guid value);
    /// <summary>Writes a date and time.</summary>
    void Write(int ordinal, DateTime value);
    /// <summary>Writes a date and time with its offset.</summary>
    void Write(int ordinal, DateTimeOffset value);
    /// <summary>Writes a date.</summary>
    void Write(int ordinal, DateOnly value);
    /// <summary>Writes a time of day.</summary>
    void Write(int ordinal, TimeOnly value);
    /// <summary>Writes a duration.</summary>
    void Write(int ordinal, TimeSpan value);
    /// <summary>Writes bytes.</summary>
    void Write(int ordinal, byte[] value);
}

/// <summary>A column held NULL where its member is not nullable, or a value that is not of the member's type.</summary>
/// <param name="ordinal">The column's ordinal in its model.</param>
/// <param name="problem">What the column holds, for example <c>NULL</c> or <c>the text 'abc'</c>.</param>
/// <param name="expected">What it should hold, for example <c>a whole number</c>.</param>
public sealed class ColumnException(int ordinal, string problem, string expected)
    : Exception($"Column {ordinal} holds {problem}, not {expected}.")
{
    /// <summary>The column's ordinal in its model.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>What the column holds.</summary>
    public string Problem { get; } = problem;

    /// <summary>What it should hold.</summary>
    public string Expected { get; } = expected;
}
