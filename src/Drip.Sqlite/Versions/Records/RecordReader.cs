using System.Numerics;
using Drip.Generated;

namespace Drip.Sqlite.Versions;

/// <summary>
/// Reads a record of a version. A column that is absent reads as null where it may be, and else as the zero of its type: of an
/// update only the columns that changed are there.
/// </summary>
internal readonly struct RecordReader(RecordFields fields) : IRowReader
{
    public bool IsNull(int ordinal) =>
        fields.IsNull(ordinal) || (fields.IsAbsent(ordinal) && fields.Schema.Columns[ordinal].IsNullable);

    public bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    public sbyte GetSByte(int ordinal) => Narrow<sbyte>(ordinal);

    public byte GetByte(int ordinal) => Narrow<byte>(ordinal);

    public short GetInt16(int ordinal) => Narrow<short>(ordinal);

    public ushort GetUInt16(int ordinal) => Narrow<ushort>(ordinal);

    public int GetInt32(int ordinal) => Narrow<int>(ordinal);

    public uint GetUInt32(int ordinal) => Narrow<uint>(ordinal);

    public long GetInt64(int ordinal) => Find(ordinal, out var value) ? value.Number() : 0;

    public ulong GetUInt64(int ordinal) => unchecked((ulong)GetInt64(ordinal));

    public float GetSingle(int ordinal) => (float)GetDouble(ordinal);

    public double GetDouble(int ordinal) => Find(ordinal, out var value) ? BitConverter.UInt64BitsToDouble(value.Fixed()) : 0;

    public decimal GetDecimal(int ordinal)
    {
        if (!Find(ordinal, out var value)) return 0;
        var form = value.Byte();
        var (low, high) = (value.Varint(), value.Varint());
        if ((form & 0x7F) > 28 || high > uint.MaxValue) throw Torn(ordinal);
        return new decimal((int)low, (int)(low >> 32), (int)high, (form & 0x80) != 0, (byte)(form & 0x7F));
    }

    public char GetChar(int ordinal) => (char)Narrow<ushort>(ordinal);

    public string GetString(int ordinal)
    {
        if (Find(ordinal, out var value)) return value.Text();
        return fields.Schema.Columns[ordinal].Type == ColumnType.Json ? JsonColumn.Absent : "";
    }

    public Guid GetGuid(int ordinal) => Find(ordinal, out var value) ? value.Guid() : default;

    public DateTime GetDateTime(int ordinal)
    {
        if (!Find(ordinal, out var value)) return default;
        var stored = value.Fixed();
        var (ticks, kind) = ((long)(stored & 0x3FFF_FFFF_FFFF_FFFF), (DateTimeKind)(stored >> 62));
        return ticks <= DateTime.MaxValue.Ticks && kind <= DateTimeKind.Local ? new DateTime(ticks, kind) : throw Torn(ordinal);
    }

    public DateTimeOffset GetDateTimeOffset(int ordinal)
    {
        if (!Find(ordinal, out var value)) return default;
        var (ticks, minutes) = (value.Fixed(), value.Number());
        try
        {
            return new DateTimeOffset((long)ticks, TimeSpan.FromMinutes(minutes));
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw Torn(ordinal);
        }
    }

    public DateOnly GetDate(int ordinal)
    {
        var day = GetInt64(ordinal);
        return day >= 0 && day <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)day) : throw Torn(ordinal);
    }

    public TimeOnly GetTime(int ordinal)
    {
        var ticks = GetInt64(ordinal);
        return ticks >= 0 && ticks <= TimeOnly.MaxValue.Ticks ? new TimeOnly(ticks) : throw Torn(ordinal);
    }

    public TimeSpan GetDuration(int ordinal) => new(GetInt64(ordinal));

    public byte[] GetBytes(int ordinal) => Find(ordinal, out var value) ? value.Bytes().ToArray() : [];

    private T Narrow<T>(int ordinal) where T : struct, IBinaryInteger<T>
    {
        var value = GetInt64(ordinal);
        var narrow = T.CreateTruncating(value);
        return long.CreateTruncating(narrow) == value ? narrow : throw Torn(ordinal);
    }

    // False for a column that is absent.
    private bool Find(int ordinal, out ByteReader value)
    {
        if (fields.IsNull(ordinal)) throw new ColumnException(ordinal, "NULL", "a value");
        value = fields.IsAbsent(ordinal) ? default : fields.At(ordinal);
        return !fields.IsAbsent(ordinal);
    }

    private InvalidDataException Torn(int ordinal) =>
        new($"The column {fields.Schema.Columns[ordinal].Name} holds what no {fields.Schema.Columns[ordinal].Type} can be.");
}
