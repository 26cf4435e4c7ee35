using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>
/// Reads a reader's current record. What each column sends is known from the table, so every value is taken by the one
/// call that fits, without a box; what would lose or invent a value is refused.
/// </summary>
/// <param name="reader">The reader.</param>
/// <param name="wires">What each column sends.</param>
internal struct PostgresRowReader(NpgsqlDataReader reader, Wire[] wires) : IRowReader
{
    private int _inHand = -1;

    /// <summary>The column that the driver is reading; -1 when it is none, so that no other error is taken for the column's.</summary>
    public readonly int InHand => _inHand;

    public readonly bool IsNull(int ordinal) => reader.IsDBNull(ordinal);

    public bool GetBoolean(int ordinal)
    {
        _inHand = ordinal;
        var value = reader.GetBoolean(ordinal);
        _inHand = -1;
        return value;
    }

    public sbyte GetSByte(int ordinal) => (sbyte)Whole(ordinal, sbyte.MinValue, sbyte.MaxValue, "a whole number from -128 to 127");

    public byte GetByte(int ordinal) => (byte)Whole(ordinal, byte.MinValue, byte.MaxValue, "a whole number from 0 to 255");

    public short GetInt16(int ordinal) => (short)Whole(ordinal, short.MinValue, short.MaxValue, "a whole number of 16 bits");

    public ushort GetUInt16(int ordinal) => (ushort)Whole(ordinal, ushort.MinValue, ushort.MaxValue, "a positive whole number of 16 bits");

    public int GetInt32(int ordinal) => (int)Whole(ordinal, int.MinValue, int.MaxValue, "a whole number of 32 bits");

    public uint GetUInt32(int ordinal) => (uint)Whole(ordinal, uint.MinValue, uint.MaxValue, "a positive whole number of 32 bits");

    public long GetInt64(int ordinal) => Whole(ordinal, long.MinValue, long.MaxValue, "a whole number of 64 bits");

    public ulong GetUInt64(int ordinal)
    {
        const string expected = "a positive whole number of 64 bits";
        if (wires[ordinal] != Wire.Decimal) return (ulong)Whole(ordinal, 0, long.MaxValue, expected);
        var number = Number(ordinal);
        return number >= 0 && number <= ulong.MaxValue && decimal.Truncate(number) == number ? (ulong)number : throw Refuse(ordinal, number, expected);
    }

    public float GetSingle(int ordinal)
    {
        _inHand = ordinal;
        var value = reader.GetFloat(ordinal);
        _inHand = -1;
        return value;
    }

    public double GetDouble(int ordinal)
    {
        if (wires[ordinal] == Wire.Single) return GetSingle(ordinal);
        _inHand = ordinal;
        var value = reader.GetDouble(ordinal);
        _inHand = -1;
        return value;
    }

    public decimal GetDecimal(int ordinal) => wires[ordinal] == Wire.Decimal ? Number(ordinal) : GetInt64(ordinal);

    public char GetChar(int ordinal) => GetString(ordinal) is [var only] ? only : throw Refuse(ordinal, GetString(ordinal), "one character");

    public string GetString(int ordinal)
    {
        _inHand = ordinal;
        var value = reader.GetString(ordinal);
        _inHand = -1;
        return value;
    }

    public Guid GetGuid(int ordinal)
    {
        _inHand = ordinal;
        var value = reader.GetGuid(ordinal);
        _inHand = -1;
        return value;
    }

    public DateTime GetDateTime(int ordinal) =>
        PostgresTime.TryRead(Raw(ordinal), wires[ordinal] == Wire.TimestampTz ? DateTimeKind.Utc : DateTimeKind.Unspecified) ?? throw RefuseMoment(ordinal, "a date and time");

    public DateTimeOffset GetDateTimeOffset(int ordinal) =>
        PostgresTime.TryRead(Raw(ordinal), DateTimeKind.Utc) is { } moment ? new DateTimeOffset(moment) : throw RefuseMoment(ordinal, "a date and time with an offset");

    public DateOnly GetDate(int ordinal)
    {
        _inHand = ordinal;
        var days = reader.GetFieldValue<int>(ordinal);
        _inHand = -1;
        return PostgresTime.TryReadDate(days) ?? throw RefuseMoment(ordinal, "a date");
    }

    public TimeOnly GetTime(int ordinal)
    {
        var microseconds = Raw(ordinal);
        return microseconds < TimeSpan.MicrosecondsPerDay
            ? new TimeOnly(microseconds * TimeSpan.TicksPerMicrosecond)
            : throw new ColumnException(ordinal, "24:00", "a time of day, which ends before midnight,");
    }

    public TimeSpan GetDuration(int ordinal)
    {
        _inHand = ordinal;
        var value = reader.GetFieldValue<NpgsqlInterval>(ordinal);
        _inHand = -1;
        const string expected = "a duration, whose length is certain and below 29,000 years,";
        if (value.Months != 0) throw new ColumnException(ordinal, $"an interval of {value.Months.ToString(CultureInfo.InvariantCulture)} months", expected);
        var microseconds = ((Int128)value.Days * TimeSpan.MicrosecondsPerDay) + value.Time;
        var ticks = microseconds * TimeSpan.TicksPerMicrosecond;
        return ticks >= long.MinValue && ticks <= long.MaxValue ? new TimeSpan((long)ticks) : throw new ColumnException(ordinal, "an interval that is too long", expected);
    }

    public byte[] GetBytes(int ordinal)
    {
        _inHand = ordinal;
        var value = reader.GetFieldValue<byte[]>(ordinal);
        _inHand = -1;
        return value;
    }

    /// <summary>What the driver could not read, as an error that names the column; null if the error is another's.</summary>
    public readonly ColumnException? Explain(Exception error)
    {
        if (_inHand < 0 || error is not (InvalidCastException or OverflowException)) return null;
        if (reader.IsDBNull(_inHand)) return new ColumnException(_inHand, "NULL", Expected(wires[_inHand]));
        return new ColumnException(_inHand, error is OverflowException || wires[_inHand] == Wire.Decimal ? "a number that is too large, too fine or none" : $"a value of the type {reader.GetDataTypeName(_inHand)}", Expected(wires[_inHand]));
    }

    private long Whole(int ordinal, long least, long most, string expected)
    {
        _inHand = ordinal;
        var value = wires[ordinal] switch
        {
            Wire.Int64 => reader.GetInt64(ordinal),
            Wire.Int32 => reader.GetInt32(ordinal),
            Wire.Int16 => reader.GetInt16(ordinal),
            _ => WholeNumber(ordinal, expected),
        };
        _inHand = -1;
        return value >= least && value <= most ? value : throw Refuse(ordinal, value, expected);
    }

    private long WholeNumber(int ordinal, string expected)
    {
        var number = Number(ordinal);
        return number >= long.MinValue && number <= long.MaxValue && decimal.Truncate(number) == number ? (long)number : throw Refuse(ordinal, number, expected);
    }

    private decimal Number(int ordinal)
    {
        _inHand = ordinal;
        var value = reader.GetDecimal(ordinal);
        _inHand = -1;
        return value;
    }

    private long Raw(int ordinal)
    {
        _inHand = ordinal;
        var value = reader.GetFieldValue<long>(ordinal);
        _inHand = -1;
        return value;
    }

    private static ColumnException Refuse(int ordinal, IFormattable number, string expected) =>
        new(ordinal, $"the number {number.ToString(null, CultureInfo.InvariantCulture)}", expected);

    private static ColumnException Refuse(int ordinal, string text, string expected) =>
        new(ordinal, text.Length > 40 ? $"the text '{text[..40]}…'" : $"the text '{text}'", expected);

    private static ColumnException RefuseMoment(int ordinal, string expected) =>
        new(ordinal, "infinity, or a moment before the year 1 or after the year 9999", expected);

    private static string Expected(Wire wire) => wire switch
    {
        Wire.Bool => "a boolean",
        Wire.Int16 or Wire.Int32 or Wire.Int64 => "a whole number",
        Wire.Single or Wire.Double => "a number",
        Wire.Decimal => "a decimal number of at most 28 digits",
        Wire.Uuid => "a Guid",
        Wire.Timestamp or Wire.TimestampTz => "a date and time",
        Wire.Date => "a date",
        Wire.Time => "a time of day",
        Wire.Interval => "a duration",
        Wire.Bytes => "bytes",
        _ => "text",
    };
}
