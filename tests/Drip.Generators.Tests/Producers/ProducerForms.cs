using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Producers;

/// <summary>Declarations that a producer can have; the output of each compiles without warnings.</summary>
public sealed class ProducerForms
{
    [Fact]
    public void Everything_inside_a_producer_may_be_private() => Compiles("""
        [Producer] internal sealed partial class Crawl
        {
            [Model] sealed partial record Page(long Id);
            [Pipeline(Each = typeof(Page))] sealed partial class Run(IServiceProvider services)
            {
                private bool Open() => services is not null && Record.Id > 0;
                [Step] private void Go() => Changes.Delete(Record);
            }
            private readonly record struct Seen(int Count);
            [On] private static void OnSeen(Seen seen) => Console.WriteLine(seen.Count);
            [Every("1m")] private ValueTask Tick() => default;
        }
        """);

    [Fact]
    public void A_producer_may_be_nested_and_be_called_like_a_keyword() => Compiles("""
        public partial interface IOuter
        {
            internal partial struct @struct
            {
                [Producer(Name = "x")] internal partial class @class
                {
                    [Model] public partial record @event(int Id);
                    [Pipeline] public partial class @while { [Step] void @do(CancellationToken @in) { } }
                    [On] void @on(@event @event) => _ = @event.Id;
                }
            }
        }
        """);

    [Fact]
    public void A_namespace_that_ends_in_System_or_Drip_does_not_hide_the_real_one() => Generation.Of(TestSources.Engine, """
        namespace X.System.Drip
        {
            [Producer] public partial class Crawl
            {
                [Model] public partial record Page(int Id, [OnConflict(Conflict.Max)] global::System.Guid? Mark, [OnConflict(Conflict.Sum)] long Size);
                [Pipeline(Each = typeof(Page))] public partial class Run { [Step] global::System.Threading.Tasks.Task Go(global::System.IDisposable? d, global::System.Threading.CancellationToken c) => null!; }
                [Every("1s")] void Tick() { }
                [On] void Any(global::System.DayOfWeek day) { }
            }
        }
        """).Compiles();

    [Fact]
    public void Steps_may_be_partial_methods_and_pipelines_have_several_parts() => Generation.Of(TestSources.Engine, """
        [Producer] public partial class Crawl;
        public partial class Crawl
        {
            [Pipeline] public partial class Run { [Step] private partial void A(); private partial bool Open(); }
        }
        public partial class Crawl
        {
            partial class Run { private partial void A() => Label("a"); private partial bool Open() => Store is not null; }
        }
        """).Compiles();

    [Fact]
    public void A_model_of_a_table_may_be_inside_a_pipeline() => Compiles("""
        [Producer] public partial class Crawl
        {
            [Pipeline] public partial class Run
            {
                [Model] public partial class Row { public int Id { get; set; } }
                [Step] void Go() => _ = Row.All;
            }
        }
        """);

    [Fact]
    public void A_producer_with_constructors_of_its_own_begins_as_they_say()
    {
        var generation = Generation.Of(TestSources.Engine, """
            [Producer] public partial class Deep
            {
                public Deep(int depth, ProducerOptions? options = null) : base(options) => Depth = depth;
                private Deep(ProducerVersion version, ProducerOptions? options) : base(version, options) { }
                private Deep(string file, ProducerOptions options) : base(file, options) { }
                public int Depth { get; }
            }
            [Producer] public partial class Served
            {
                public Served(IFormatProvider format, ProducerOptions options) : base(options) => Format = format;
                public Served(ProducerOptions? options, string file, IFormatProvider? format) : base(file, options) => Format = format;
                public IFormatProvider? Format { get; }
            }
            [Producer] public partial class Known
            {
                public Known(ProducerOptions? options) : base(options) { }
                public static Known From(int number) => new(new ProducerOptions { Concurrency = number });
            }
            public static class Use
            {
                public static Producer[] All => [new Deep(3), Deep.From("a.json"), Deep.From(new ProducerVersion()), Known.From(3)];
            }
            """).Compiles();
        Assert.DoesNotContain("__dripProducer", generation.File("Deep."), StringComparison.Ordinal);
        Assert.DoesNotContain("From(", generation.File("Served."), StringComparison.Ordinal);
        Assert.Contains("string file => new global::Served(options, file, (global::System.IFormatProvider?)services", generation.File("Served."), StringComparison.Ordinal);
        Assert.DoesNotContain("ProducerVersion version =>", generation.File("Served."), StringComparison.Ordinal);
        Assert.DoesNotContain("From(", generation.File("Known."), StringComparison.Ordinal);
        Assert.DoesNotContain("Deep", generation.File("DripManifest."), StringComparison.Ordinal);
        Assert.Contains("AddProducer(global::Served.__dripProducer)", generation.File("DripManifest."), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Pipeline] public partial class Run { [Step] public int Go() { Changes.Create(new Page(1)); return 1; } }", "DRIP2014")]
    [InlineData("[Pipeline] public partial class Run { [Step(After = [\"X\"])] public void Go() => Label(\"a\"); }", "DRIP2010")]
    [InlineData("[Pipeline] public partial class Run { [Step] public void Go() => _ = Store.All<Other>(); } [Model] public partial record Other(int Id, object Tag);", "DRIP4004")]
    [InlineData("[Pipeline] public partial class Run { [Step] public void Go() => _ = Store.All<Other>(); } [Model] public partial record Other(int Id) { public int N { get; set; } }", "DRIP2020")]
    public void A_producer_with_an_error_keeps_its_surface(string parts, string rule)
    {
        var generation = Generation.Of(TestSources.Engine, $$"""
            [Producer] public partial class Crawl { [Model] public partial record Page(int Id); {{parts}} }
            public static class Use { public static Producer[] All => [new Crawl(), Crawl.From("a"), Crawl.From(new ProducerVersion())]; }
            """).Compiles();
        Assert.Contains($"The producer Crawl has errors; see {rule}.", generation.File("Crawl.Producer."), StringComparison.Ordinal);
        Assert.DoesNotContain(generation.Files.Keys, static name => name.Contains("Manifest", StringComparison.Ordinal));
    }

    private static void Compiles(string source) => Generation.Of("namespace Shop;\n" + source, TestSources.Engine).Compiles();
}
