namespace Drip.Sqlite.Versions;

/// <summary>Writes a record's columns as a version holds them: the values to one place, and which of them are null to another.</summary>
internal struct RecordWriter(ByteWriter values) : IRowWriter
{
    private ColumnSet _nulls;

    /// <summary>The columns that were null.</summary>
    public readonly ColumnSet Nulls => _nulls;

    public void WriteNull(int ordinal) => _nulls.Add(ordinal);

    public readonly void Write(int ordinal, bool value) => values.Number(value ? 1 : 0);

    public readonly void Write(int ordinal, long value) => values.Number(value);

    public readonly void Write(int ordinal, ulong value) => values.Number(unchecked((long)value));

    public readonly void Write(int ordinal, double value) => values.Fixed(BitConverter.DoubleToUInt64Bits(value));

    public readonly void Write(int ordinal, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        values.Byte((byte)((bits[3] >> 16) | (bits[3] < 0 ? 0x80 : 0)));
        values.Varint((uint)bits[0] | ((ulong)(uint)bits[1] << 32));
        values.Varint((uint)bits[2]);
    }

    public readonly void Write(int ordinal, char value) => values.Number(value);

    public void Write(int ordinal, string value)
    {
        // What may not be null can be, by a suppressed warning; reading it says so.
        if (value is null) WriteNull(ordinal);
        else values.Text(value);
    }

    public readonly void Write(int ordinal, Guid value) => values.Guid(value);

    public readonly void Write(int ordinal, DateTime value) => values.Fixed((ulong)value.Ticks | ((ulong)value.Kind << 62));

    public readonly void Write(int ordinal, DateTimeOffset value)
    {
        values.Fixed((ulong)value.Ticks);
        values.Number(value.TotalOffsetMinutes);
    }

    public readonly void Write(int ordinal, DateOnly value) => values.Number(value.DayNumber);

    public readonly void Write(int ordinal, TimeOnly value) => values.Number(value.Ticks);

    public readonly void Write(int ordinal, TimeSpan value) => values.Number(value.Ticks);

    public void Write(int ordinal, byte[] value)
    {
        if (value is null)
        {
            WriteNull(ordinal);
            return;
        }

        values.Varint((ulong)value.Length);
        values.Bytes(value);
    }
}
