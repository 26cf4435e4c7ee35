namespace Drip.Sqlite.Tests.Codec;

/// <summary>Rows at the edges of every type.</summary>
internal static class EdgeValues
{
    private static readonly DateTime Moment = new(2024, 2, 29, 23, 59, 58);

    public static Everything[] Rows { get; } =
    [
        new(1, false, sbyte.MinValue, byte.MinValue, short.MinValue, ushort.MinValue, int.MinValue, uint.MinValue, long.MinValue, ulong.MinValue,
            float.MinValue, double.MinValue, decimal.MinValue, '\'', "", Guid.Empty, DateTime.MinValue, DateTimeOffset.MinValue, DateOnly.MinValue,
            TimeOnly.MinValue, TimeSpan.MinValue, [], SmallEnum.Zero, PlainEnum.Least, WideEnum.Least, HugeEnum.Zero),
        new(2, true, sbyte.MaxValue, byte.MaxValue, short.MaxValue, ushort.MaxValue, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue,
            float.MaxValue, double.MaxValue, decimal.MaxValue, '"', "a\0b", Guid.AllBitsSet, DateTime.MaxValue, DateTimeOffset.MaxValue, DateOnly.MaxValue,
            TimeOnly.MaxValue, TimeSpan.MaxValue, [0, 255, 0], SmallEnum.Most, PlainEnum.Most, WideEnum.Most, HugeEnum.Most),
        new(3, true, 0, 0, 0, 0, 0, 0, 0, 0, float.PositiveInfinity, double.NegativeInfinity, 1.50m, 'é', "O'Brien \"x\" -- ; %", new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
            Moment, new DateTimeOffset(Moment, TimeSpan.FromHours(14)), new DateOnly(2024, 2, 29), new TimeOnly(13, 5), TimeSpan.FromTicks(-1), [1],
            (SmallEnum)200, PlainEnum.Minus, WideEnum.Zero, (HugeEnum)7),
        new(4, false, -1, 1, -1, 1, -1, 1, -1, 1, -0.0f, -0.0, -0.0m, '漢', "😀 é ß \uFFFD \t\r\n", Guid.Parse("00000000-0000-0000-0000-000000000001"),
            Moment.AddTicks(1), new DateTimeOffset(Moment.AddTicks(1234567), TimeSpan.FromMinutes(-570)), new DateOnly(1, 12, 31),
            new TimeOnly(13, 5, 7, 123, 456), new TimeSpan(-1, -2, -3, -4, -5), [0], SmallEnum.One, PlainEnum.Zero, (WideEnum)(-7), (HugeEnum)(1UL << 63)),
        new(5, true, 5, 5, 5, 5, 5, 5, 5, 5, 0.1f, 0.1, 0.0000000000000000000000000001m, '\0', new string('x', 100_000), Guid.Parse("ffffffff-0000-1111-2222-333333333333"),
            DateTime.SpecifyKind(Moment, DateTimeKind.Utc), new DateTimeOffset(Moment, TimeSpan.Zero), new DateOnly(2000, 1, 1),
            new TimeOnly(23, 59, 59), TimeSpan.FromDays(1.5), [.. Enumerable.Range(0, 5000).Select(i => (byte)i)], SmallEnum.Zero, PlainEnum.One, WideEnum.Zero, HugeEnum.Zero),
        new(6, true, 5, 5, 5, 5, 5, 5, 5, 5, float.Epsilon, double.Epsilon, 79228162514264337593543950335m, ' ', " leading and trailing ", Guid.Parse("12345678-1234-1234-1234-1234567890ab"),
            DateTime.SpecifyKind(Moment.AddMilliseconds(120), DateTimeKind.Local), new DateTimeOffset(Moment, TimeSpan.FromHours(-14)), new DateOnly(9999, 1, 1),
            new TimeOnly(1), TimeSpan.Zero, [9], SmallEnum.Zero, PlainEnum.One, WideEnum.Zero, HugeEnum.Zero),
    ];

    public static Optionals[] Nullable { get; } = [.. Rows.Select(ToOptionals), Empty(100)];

    private static Optionals ToOptionals(Everything row) => new(
        row.Id, row.Boolean, row.SByte, row.Byte, row.Int16, row.UInt16, row.Int32, row.UInt32, row.Int64, row.UInt64, row.Single, row.Double,
        row.Decimal, row.Char, row.Text, row.Guid, row.DateTime, row.DateTimeOffset, row.Date, row.Time, row.Duration, row.Bytes,
        row.Small, row.Plain, row.Wide, row.Huge);

    private static Optionals Empty(long id) => new(
        id, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
}
