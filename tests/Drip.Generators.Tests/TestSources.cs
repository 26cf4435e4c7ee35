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

    /// <summary>The base class of producers, as far as generated code needs it: these tests do not reference the engine.</summary>
    public const string Engine = """
        namespace Drip
        {
            public sealed class ProducerVersion;

            public abstract class Producer
            {
                protected Producer(ProducerOptions? options) => Origin = options;
                protected Producer(ProducerVersion version, ProducerOptions? options) => Origin = (version, options);
                protected Producer(string file, ProducerOptions? options) => Origin = (file, options);
                public object? Origin { get; }
                protected abstract Drip.Generated.ProducerCode __dripCode { get; }
                protected virtual Drip.Producers.Versions.VersionStorage? __dripStorage => null;
                public Drip.Generated.ProducerCode Code => __dripCode;
                public Drip.Producers.Versions.VersionStorage? Storage => __dripStorage;
            }
        }

        namespace Drip.Producers.Versions
        {
            public abstract class VersionStorage;
        }
        """;

    /// <summary>A producer with something of everything.</summary>
    public const string CrawlReport = """
        namespace Shop;

        /// <summary>Fetches pages and sums them up.</summary>
        [Producer(Description = "Fetches pages & sums them up.")]
        public partial class CrawlReport
        {
            [Model] public partial record Page(int Id, string Url, [OnConflict(Conflict.LastWriter)] string Status);
            [Model, Renamed("Total")] public partial record Summary(string Id, [property: OnConflict(Conflict.Sum)] int Ok);

            [Pipeline]
            public partial class Prepare
            {
                [Step] public void Seed() => Changes.Create(new Page(1, "https://example.org", "new"));
                [Step(After = [nameof(Seed)])] public Task Left(CancellationToken ct) => Task.Delay(0, ct);
                [Step(After = [nameof(Seed)], OnFailure = OnFailure.Skip)] private ValueTask Right(CancellationToken ct) => default;
                [Step(After = [nameof(Left), nameof(Right)], Retries = 3, Backoff = "500ms", Timeout = "30s")] public void Merge() { }
            }

            [Pipeline(Each = typeof(Page), Concurrency = 3), Renamed("Load")]
            public partial class Crawl(IServiceProvider services)
            {
                public bool Open() => Store.All<Page>().Count(p => p.Status == "ok") < 3;

                [Step, NonIdempotent, Renamed("Get")]
                public async Task Fetch(IFormatProvider? format, CancellationToken ct)
                {
                    await Task.Delay(0, ct);
                    Stream.Push(new Progress(Record.Id));
                    Changes.Update(Record with { Status = services.ToString() + format });
                }
            }

            public record Progress(int PageId);

            public List<string> Seen { get; } = [];

            [On] public void OnProgress(Progress p) => Seen.Add($"page {p.PageId}");
            [On(typeof(int))] private Task Number() => Task.FromResult(Seen.Count);
            [Every("5s")] void Tick(ProducerStats stats) => Seen.Add($"tick {stats.Version}");
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
