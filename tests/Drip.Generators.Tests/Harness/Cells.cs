namespace Drip.Generators.Tests.Harness;

/// <summary>A record as a list of values: what generated codecs read from and write to in these tests.</summary>
internal static class Cells
{
    /// <summary>What the codec writes for a row.</summary>
    public static object?[] Write<T>(T row) where T : IModel<T> => Write(row, ColumnSet.First(T.Schema.Columns.Count));

    public static object?[] Write<T>(T row, ColumnSet columns) where T : IModel<T>
    {
        var writer = new Writer(new object?[T.Schema.Columns.Count]);
        T.Write(ref writer, row, columns);
        return writer.Values;
    }

    /// <summary>What the codec writes for a row's key, at the ordinals of its columns.</summary>
    public static object?[] WriteKey<T>(T row) where T : IModel<T>
    {
        var writer = new Writer(new object?[T.Schema.Columns.Count]);
        T.WriteKey(ref writer, row);
        return writer.Values;
    }

    public static T Read<T>(object?[] values) where T : IModel<T>
    {
        var reader = new Reader(values);
        return T.Read(ref reader);
    }

    public static string[] Diff<T>(T before, T after) where T : IModel<T>
    {
        var columns = T.Diff(before, after);
        return [.. T.Schema.Columns.Where((_, ordinal) => columns.Contains(ordinal)).Select(static column => column.Name)];
    }

    public static bool SameKey<T>(T left, T right) where T : IModel<T> => T.SameKey(left, right);

    public static string KeyOf<T>(T row) where T : IModel<T> => T.KeyOf(row).ToString();

    public static T Copy<T>(T row) where T : IModel<T> => T.Copy(row);

    public static ModelSchema Schema<T>() where T : IModel<T> => T.Schema;

    private readonly struct Writer(object?[] values) : IRowWriter
    {
        public object?[] Values => values;

        public void WriteNull(int ordinal) => values[ordinal] = null;
        public void Write(int ordinal, bool value) => values[ordinal] = value;
        public void Write(int ordinal, long value) => values[ordinal] = value;
        public void Write(int ordinal, ulong value) => values[ordinal] = value;
        public void Write(int ordinal, double value) => values[ordinal] = value;
        public void Write(int ordinal, decimal value) => values[ordinal] = value;
        public void Write(int ordinal, char value) => values[ordinal] = value;
        public void Write(int ordinal, string value) => values[ordinal] = value;
        public void Write(int ordinal, Guid value) => values[ordinal] = value;
        public void Write(int ordinal, DateTime value) => values[ordinal] = value;
        public void Write(int ordinal, DateTimeOffset value) => values[ordinal] = value;
        public void Write(int ordinal, DateOnly value) => values[ordinal] = value;
        public void Write(int ordinal, TimeOnly value) => values[ordinal] = value;
        public void Write(int ordinal, TimeSpan value) => values[ordinal] = value;
        public void Write(int ordinal, byte[] value) => values[ordinal] = value;
    }

    private readonly struct Reader(object?[] values) : IRowReader
    {
        public bool IsNull(int ordinal) => values[ordinal] is null;
        public bool GetBoolean(int ordinal) => Get<bool>(ordinal);
        public sbyte GetSByte(int ordinal) => checked((sbyte)Get<long>(ordinal));
        public byte GetByte(int ordinal) => checked((byte)Get<long>(ordinal));
        public short GetInt16(int ordinal) => checked((short)Get<long>(ordinal));
        public ushort GetUInt16(int ordinal) => checked((ushort)Get<long>(ordinal));
        public int GetInt32(int ordinal) => checked((int)Get<long>(ordinal));
        public uint GetUInt32(int ordinal) => checked((uint)Get<long>(ordinal));
        public long GetInt64(int ordinal) => Get<long>(ordinal);
        public ulong GetUInt64(int ordinal) => Get<ulong>(ordinal);
        public float GetSingle(int ordinal) => (float)Get<double>(ordinal);
        public double GetDouble(int ordinal) => Get<double>(ordinal);
        public decimal GetDecimal(int ordinal) => Get<decimal>(ordinal);
        public char GetChar(int ordinal) => Get<char>(ordinal);
        public string GetString(int ordinal) => Get<string>(ordinal);
        public Guid GetGuid(int ordinal) => Get<Guid>(ordinal);
        public DateTime GetDateTime(int ordinal) => Get<DateTime>(ordinal);
        public DateTimeOffset GetDateTimeOffset(int ordinal) => Get<DateTimeOffset>(ordinal);
        public DateOnly GetDate(int ordinal) => Get<DateOnly>(ordinal);
        public TimeOnly GetTime(int ordinal) => Get<TimeOnly>(ordinal);
        public TimeSpan GetDuration(int ordinal) => Get<TimeSpan>(ordinal);
        public byte[] GetBytes(int ordinal) => Get<byte[]>(ordinal);

        private T Get<T>(int ordinal) => values[ordinal] is T value
            ? value
            : throw new ColumnException(ordinal, values[ordinal] is null ? "NULL" : $"'{values[ordinal]}'", typeof(T).Name);
    }
}
