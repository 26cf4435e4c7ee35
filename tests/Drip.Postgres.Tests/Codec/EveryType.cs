using System.Text.Json.Serialization;
using Drip.Postgres.Tests.Harness;

namespace Drip.Postgres.Tests.Codec;

internal enum Level : short { Low = -1, None, High = short.MaxValue }

internal enum HugeLevel : ulong { None, Most = long.MaxValue }

/// <summary>A member of every type, over the column types that it can have.</summary>
[Model("every_type")]
internal partial record EveryType(
    long Id, bool? Flag, sbyte? Tiny, byte? Small, short? Int2, ushort? Positive, int? Int4, uint? Unsigned, long? Int8, ulong? Huge, ulong? HugeNumeric, long? WholeNumeric,
    float? Float4, double? Float8, double? Widened, decimal? Amount, decimal? WholeAmount, char? Letter, char? FixedLetter, string? Body, string? Limited, string? Fixed, string? Name, string? Citext,
    Guid? Uuid, DateTime? At, DateTime? AtZone, DateTimeOffset? Moment, DateOnly? Day, TimeOnly? Clock, TimeSpan? Span, byte[]? Bytes, Level? Level, HugeLevel? HugeLevel,
    string? Mood, string? Inet, string? NumbersText, string? JsonText, string? Domain,
    [property: Json(typeof(EveryJson))] Box? Box, [property: Json(typeof(EveryJson))] Box? PlainBox,
    [property: Json(typeof(EveryJson))] int[]? Numbers, [property: Json(typeof(EveryJson))] string?[]? Texts, [property: Json(typeof(EveryJson))] Guid[]? Uuids)
{
    public const string Table = """
        CREATE EXTENSION IF NOT EXISTS citext;
        CREATE TYPE mood AS ENUM ('sad', 'fine', 'Very happy');
        CREATE DOMAIN positive AS int CHECK (VALUE > 0);
        CREATE DOMAIN shown_positive AS positive;
        CREATE TABLE every_type (
          id bigint PRIMARY KEY, flag bool, tiny int2, small int2, int2 int2, positive int4, int4 int4, unsigned int8, int8 int8, huge int8, huge_numeric numeric, whole_numeric numeric(30),
          float4 float4, float8 float8, widened float4, amount numeric, whole_amount int8, letter text, fixed_letter char(1), body text, limited varchar(10), fixed char(5), name name, citext citext,
          uuid uuid, at timestamp, at_zone timestamptz, moment timestamptz, day date, clock time, span interval, bytes bytea, level int2, huge_level int8,
          mood mood, inet inet, numbers_text int[], json_text jsonb, domain shown_positive,
          box jsonb, plain_box json, numbers int[], texts text[], uuids uuid[]);
        """;

    public static EveryType Empty(long id) => new(
        id, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    public static EveryType Least(long id) => new(
        id, false, sbyte.MinValue, 0, short.MinValue, 0, int.MinValue, 0, long.MinValue, 0, 0, long.MinValue,
        float.MinValue, double.NegativeInfinity, float.Epsilon, decimal.MinValue, long.MinValue, '\'', ' ', "", "", "     ", "", "",
        System.Guid.Empty, DateTime.MinValue, DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), DateTimeOffset.MinValue, DateOnly.MinValue, TimeOnly.MinValue,
        TimeSpan.FromMicroseconds(-1), [], Codec.Level.Low, Codec.HugeLevel.None, "sad", "::/128", "{}", "null", "1",
        new Box("", []), new Box("'\"", [null]), [], [], []);

    public static EveryType Most(long id) => new(
        id, true, sbyte.MaxValue, byte.MaxValue, short.MaxValue, ushort.MaxValue, int.MaxValue, uint.MaxValue, long.MaxValue, long.MaxValue, ulong.MaxValue, long.MaxValue,
        float.MaxValue, double.NaN, float.NaN, decimal.MaxValue, long.MaxValue, '漢', 'é', "O'Brien \"x\" -- ; % $1 {a,b} \\ 😀 \t\r\n", "1234567890", "ab   ", "Name", "CiText",
        System.Guid.Parse("ffffffff-0000-1111-2222-333333333333"), new DateTime(DateTime.MaxValue.Ticks / 10 * 10), new DateTime(DateTime.MaxValue.Ticks / 10 * 10, DateTimeKind.Utc),
        new DateTimeOffset(DateTime.MaxValue.Ticks / 10 * 10, TimeSpan.Zero), DateOnly.MaxValue, new TimeOnly(TimeOnly.MaxValue.Ticks / 10 * 10),
        new TimeSpan(10_000_000, 23, 59, 59, 999, 999), [0, 255, 0], Codec.Level.High, Codec.HugeLevel.Most, "Very happy", "10.0.0.0/8", "{1,NULL,3}", "{\"a\": [1, 2]}", "2147483647",
        new Box("x", ["a", null, "NULL", "a,\"b\"{}"]), new Box("y", []), [int.MinValue, int.MaxValue], ["", null, "NULL", "a,\"b\"{}\\"], [System.Guid.Empty]);
}

internal sealed record Box(string Label, string?[] Lines);

[JsonSerializable(typeof(Box)), JsonSerializable(typeof(int[])), JsonSerializable(typeof(string[])), JsonSerializable(typeof(Guid[]))]
internal sealed partial class EveryJson : JsonSerializerContext;

[Backfill]
internal partial class EachOfEveryType(Script<EveryType> script)
{
    public Scope<EveryType> Scope() => script.Scope();

    public void ProcessElement(EveryType row, Changes<EveryType> changes) => script.Element(row, changes);
}

[Backfill]
internal partial class InsertEveryType(Script<EveryType> script, Script<Item> items)
{
    public Scope<Item> Scope() => items.Scope();

    public void ProcessBatch(Batch<Item> batch, Changes<EveryType> changes) => script.Element(EveryType.Empty(0), changes);
}
