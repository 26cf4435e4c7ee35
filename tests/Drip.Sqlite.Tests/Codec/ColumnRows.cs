using System.Reflection;

namespace Drip.Sqlite.Tests.Codec;

internal enum SmallEnum : byte { Zero, One, Most = byte.MaxValue }

internal enum PlainEnum { Least = int.MinValue, Minus = -1, Zero, One, Most = int.MaxValue }

internal enum WideEnum : long { Least = long.MinValue, Zero = 0, Most = long.MaxValue }

internal enum HugeEnum : ulong { Zero, Most = ulong.MaxValue }

/// <summary>A column of every type, none of them nullable.</summary>
[Model("everything")]
internal partial record Everything(
    long Id, bool Boolean, sbyte SByte, byte Byte, short Int16, ushort UInt16, int Int32, uint UInt32, long Int64, ulong UInt64,
    float Single, double Double, decimal Decimal, char Char, string Text, Guid Guid, DateTime DateTime,
    DateTimeOffset DateTimeOffset, DateOnly Date, TimeOnly Time, TimeSpan Duration, byte[] Bytes, SmallEnum Small,
    PlainEnum Plain, WideEnum Wide, HugeEnum Huge);

/// <summary>A column of every type, all of them nullable.</summary>
[Model("everything")]
internal partial record Optionals(
    long Id, bool? Boolean, sbyte? SByte, byte? Byte, short? Int16, ushort? UInt16, int? Int32, uint? UInt32, long? Int64,
    ulong? UInt64, float? Single, double? Double, decimal? Decimal, char? Char, string? Text, Guid? Guid, DateTime? DateTime,
    DateTimeOffset? DateTimeOffset, DateOnly? Date, TimeOnly? Time, TimeSpan? Duration, byte[]? Bytes, SmallEnum? Small,
    PlainEnum? Plain, WideEnum? Wide, HugeEnum? Huge);

internal static class ColumnRows
{
    /// <summary>The members of a model that are columns, by the column's name.</summary>
    public static (string Column, PropertyInfo Member)[] Members<T>() where T : IModel<T> =>
        [.. T.Schema.Columns.Select(column => (column.Name, typeof(T).GetProperty(column.Member)!))];

    /// <summary>A table for the model whose columns have no type, so that every value stays as it was bound.</summary>
    public static string TableOf<T>() where T : IModel<T> =>
        $"CREATE TABLE {T.Schema.Table} ({string.Join(", ", T.Schema.Columns.Select(column => column.Name == "id" ? "id INTEGER PRIMARY KEY" : $"\"{column.Name}\""))});";

    /// <summary>A row as text that shows every difference that a database could keep.</summary>
    public static string[] Describe<T>(T row) where T : IModel<T> =>
        [.. Members<T>().Select(member => $"{member.Column} = {Describe(member.Member.GetValue(row))}")];

    private static string Describe(object? value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime moment => DateTime.SpecifyKind(moment, DateTimeKind.Unspecified).ToString("O"),
        DateTimeOffset moment => moment.ToString("O"),
        TimeOnly time => time.ToString("O"),
        TimeSpan duration => duration.Ticks.ToString(),
        double number => BitConverter.DoubleToInt64Bits(number).ToString("x"),
        float number => BitConverter.SingleToInt32Bits(number).ToString("x"),
        // 1.50 and 1.5 are one number, which is stored in one form.
        decimal number => (number / 1.000000000000000000000000000000000m).ToString(),
        Enum constant => constant.ToString("d"),
        var other => other.ToString()!,
    };
}
