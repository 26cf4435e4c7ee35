namespace Drip.Generators.Tests;

/// <summary>Sources that several tests use.</summary>
internal static class TestSources
{
    /// <summary>A model, and a backfill of it in each test's own words.</summary>
    public const string Employee = """
        namespace Shop
        {
            [Model("employees")]
            public partial record Employee(long Id, string Name, string? Department, string? Role, int Age, bool Active, int Revision);

            public interface IMailer;
        }
        """;

    public const string Everything = """
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;

        namespace Shop;

        public enum Level : byte { Low, High }

        public enum Mask : ulong { None, All = ulong.MaxValue }

        public sealed record Address(string Street);

        [JsonSerializable(typeof(Address))]
        [JsonSerializable(typeof(Level))]
        public sealed class ShopJson : JsonSerializerContext
        {
            public ShopJson() : base(null) { }
            public static ShopJson Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) =>
                JsonSerializerOptions.Default.GetTypeInfo(type);
        }

        [Model]
        public partial record Everything(
            long Id,
            bool Bool, bool? BoolOrNull,
            sbyte SByte, sbyte? SByteOrNull,
            byte Byte, byte? ByteOrNull,
            short Short, short? ShortOrNull,
            ushort UShort, ushort? UShortOrNull,
            int Int, int? IntOrNull,
            uint UInt, uint? UIntOrNull,
            long Long, long? LongOrNull,
            ulong ULong, ulong? ULongOrNull,
            float Float, float? FloatOrNull,
            double Double, double? DoubleOrNull,
            decimal Decimal, decimal? DecimalOrNull,
            char Char, char? CharOrNull,
            string String, string? StringOrNull,
            Guid Guid, Guid? GuidOrNull,
            DateTime DateTime, DateTime? DateTimeOrNull,
            DateTimeOffset DateTimeOffset, DateTimeOffset? DateTimeOffsetOrNull,
            DateOnly DateOnly, DateOnly? DateOnlyOrNull,
            TimeOnly TimeOnly, TimeOnly? TimeOnlyOrNull,
            TimeSpan TimeSpan, TimeSpan? TimeSpanOrNull,
            byte[] Bytes, byte[]? BytesOrNull,
            Level Level, Level? LevelOrNull,
            Mask Mask, Mask? MaskOrNull,
            [Drip.Json(typeof(ShopJson))] Address Address,
            [Drip.Json(typeof(ShopJson))] Address? AddressOrNull,
            [Drip.Json(typeof(ShopJson))] Level LevelJson,
            [Drip.Json(typeof(ShopJson))] Level? LevelJsonOrNull);
        """;
}
