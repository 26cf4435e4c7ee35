using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Producers;

public sealed class ProducerRules
{
    private const string Run = "[Pipeline] public partial class Run { [Step] public void Go() { } }";
    private const string Page = "[Model] public partial record Page(int Id, string Url);";

    [Fact]
    public Task A_complete_producer_breaks_no_rule() => Harness.Rules.Check(TestSources.CrawlReport, TestSources.Engine);

    [Fact]
    public Task A_producer_may_have_nothing_in_it() => Check("[Producer] public partial class P;");

    [Theory]
    [InlineData("[Producer] public class {|DRIP2001:P|} { }")]
    [InlineData("public class {|DRIP2001:Outer|} { [Producer] public partial class P { } }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public class {|DRIP2001:Run|} { [Step] public void Go() { } } }")]
    public Task DRIP2001_a_producer_and_its_pipelines_are_partial(string source) => Check(source);

    [Theory]
    [InlineData("[Producer] public partial class {|DRIP2002:P|}<T>;")]
    [InlineData("public partial class {|DRIP2002:Outer|}<T> { [Producer] public partial class P; }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class {|DRIP2002:Run|}<T> { [Step] public void Go() { } } }")]
    public Task DRIP2002_a_producer_is_not_generic(string source) => Check(source);

    [Theory]
    [InlineData("[Producer] public static partial class {|DRIP2003:P|};")]
    [InlineData("[Producer] public abstract partial class {|DRIP2003:P|};")]
    [InlineData("[Producer] public partial record {|DRIP2003:P|};")]
    [InlineData("public partial class Outer { [Producer] private partial class {|DRIP2003:P|}; }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public abstract partial class {|DRIP2003:Run|} { [Step] public void Go() { } } }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public static partial class {|DRIP2003:{|DRIP2009:Run|}|}; }")]
    public Task DRIP2003_a_producer_can_be_instantiated(string source) => Check(source);

    [Theory]
    [InlineData("[Producer] public partial class {|DRIP2004:P|} : Base; public class Base;")]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class {|DRIP2004:Run|} : Base { [Step] public void Go() { } } } public class Base;")]
    public Task DRIP2004_the_base_class_is_Drips(string source) => Check(source);

    [Fact]
    public Task DRIP2004_accepts_interfaces_and_the_very_base_class() => Check($$"""
        [Producer] public partial class P : Drip.Producer, IDisposable
        {
            {{Page}}
            public void Dispose() { }
            [Pipeline] public partial class Run : Drip.Pipeline, IDisposable { [Step] public void Go() { } public void Dispose() { } }
            [Pipeline(Each = typeof(Page))] public partial class Each : Drip.Pipeline<Page> { [Step] public void Go() => Label(Record.Url); }
        }
        """);

    [Theory]
    [InlineData("[Pipeline] public partial class {|DRIP2005:Run|} { [Step] public void Go() { } }")]
    [InlineData("[Producer] public partial class P { public partial class Inner { [Pipeline] public partial class {|DRIP2005:Run|} { [Step] public void Go() { } } } }")]
    public Task DRIP2005_a_pipeline_is_inside_a_producer(string source) => Check(source);

    [Theory]
    [InlineData("[{|DRIP2006:Producer(Name = \"Crawl Report\")|}] public partial class P;")]
    [InlineData("[Producer] public partial class P { [{|DRIP2006:Pipeline(Name = \"\")|}] public partial class Run { [Step] public void Go() { } } }")]
    [InlineData("[Producer] public partial class P { [{|DRIP2006:Pipeline(Name = \"a/b\")|}] public partial class Run { [Step] public void Go() { } } }")]
    [InlineData("[Producer] public partial class P { [{|DRIP2006:Pipeline(Concurrency = 2)|}] public partial class Run { [Step] public void Go() { } } }")]
    [InlineData("[Producer] public partial class P { [{|DRIP2006:Pipeline(MaxCreated = 2)|}] public partial class Run { [Step] public void Go() { } } }")]
    [InlineData("[Producer] public partial class P { [{|DRIP2006:Every(\"5\")|}] void Tick() { } }")]
    [InlineData("[Producer] public partial class P { [{|DRIP2006:Every(\"0s\")|}] void Tick() { } }")]
    public Task DRIP2006_a_setting_is_valid(string source) => Check(source);

    [Theory]
    [InlineData("Concurrency = -1")]
    [InlineData("MaxCreated = -1")]
    public Task DRIP2006_a_number_of_records_is_not_negative(string setting) => Check(
        $"[Producer] public partial class P {{ {Page} [{{|DRIP2006:Pipeline(Each = typeof(Page), {setting})|}}] public partial class Run {{ [Step] public void Go() {{ }} }} }}");

    [Theory]
    [InlineData("Name = \"\"")]
    [InlineData("Name = \" a\"")]
    [InlineData("Name = \"a/b\"")]
    [InlineData("Retries = -1")]
    [InlineData("Backoff = \"soon\"")]
    [InlineData("Timeout = \"1.5s\"")]
    [InlineData("Timeout = \"0s\"")]
    [InlineData("OnFailure = (OnFailure)7")]
    public Task DRIP2006_a_setting_of_a_step_is_valid(string setting) => Check(
        $"[Producer] public partial class P {{ [Pipeline] public partial class Run {{ [{{|DRIP2006:Step({setting})|}}] public void Go() {{ }} }} }}");

    [Theory]
    [InlineData("Name = \"go on, 2nd\"")]
    [InlineData("Retries = 3, Backoff = \"0ms\", Timeout = \"1h\"")]
    [InlineData("OnFailure = OnFailure.SkipCascade")]
    public Task DRIP2006_accepts(string setting) => Check(
        $"[Producer] public partial class P {{ [Pipeline(Name = \"run\")] public partial class Run {{ [Step({setting})] public void Go() {{ }} }} }}");

    [Fact]
    public Task DRIP2007_two_producers_do_not_share_a_name() => Check("""
        [Producer] public partial class Crawl;
        [Producer(Name = "crawl")] public partial class {|DRIP2007:Other|};
        [Producer] public partial class Third;
        """);

    [Theory]
    [InlineData("[Pipeline] public partial class A { [Step] public void Go() { } } [Pipeline(Name = \"A\")] public partial class {|DRIP2008:B|} { [Step] public void Go() { } }")]
    [InlineData("[Pipeline] public partial class A { [Step] public void Go() { } [Step(Name = \"Go\")] public void {|DRIP2008:Stop|}() { } }")]
    [InlineData("[Pipeline] public partial class A { [Step] public void Go() { } [Step] public void {|DRIP2008:Go|}(CancellationToken ct) { } }")]
    [InlineData("[Pipeline] public partial class A { [Step] public void Go() { } [Step, Renamed(\"Go\")] public void {|DRIP2008:Stop|}() { } }")]
    [InlineData("[Pipeline] public partial class A { [Step] public void Go() { } } [Pipeline, Renamed(\"A\")] public partial class {|DRIP2008:B|} { [Step] public void Go() { } }")]
    [InlineData("[Model] public partial record Page(int Id); [Model, Renamed(\"Page\")] public partial record {|DRIP2008:Sheet|}(int Id);")]
    public Task DRIP2008_parts_have_names_of_their_own(string parts) => Check($"[Producer] public partial class P {{ {parts} }}");

    [Fact]
    public Task DRIP2009_a_pipeline_has_steps() => Check(
        "[Producer] public partial class P { [Pipeline] public partial class {|DRIP2009:Run|} { public void Go() { } } }");

    [Theory]
    [InlineData("{|DRIP2013:Pipeline(Each = typeof(string))|}")]
    [InlineData("{|DRIP2013:Pipeline(Each = typeof(Foreign))|}")]
    [InlineData("{|DRIP2013:Pipeline(Each = typeof(Hidden))|}")]
    public Task DRIP2013_each_is_a_model_of_the_producer(string pipeline) => Check(
        $"[Producer] public partial class P {{ {Page} [Model] private partial record Hidden(int Id); [{pipeline}] public partial class Run {{ [Step] public void Go() {{ }} }} }}",
        "[Model] public partial record Foreign(long Id);");

    [Fact]
    public Task DRIP2013_a_private_record_does_for_a_private_pipeline() => Check(
        "[Producer] public partial class P { [Model] partial record Page(int Id); [Pipeline(Each = typeof(Page))] partial class Run { [Step] void Go() { } } }");

    [Theory]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class {|DRIP2015:Run|} { public Run() { } public Run(IDisposable d) { } [Step] public void Go() { } } }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class Run(int {|DRIP2015:n|}) { [Step] public void Go() => Label($\"{n}\"); } }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class Run { public required IDisposable {|DRIP2015:D|} { get; set; } [Step] public void Go() { } } }")]
    public Task DRIP2015_a_pipeline_has_a_constructor_of_services(string source) => Check(source);

    [Fact]
    public async Task DRIP2015_a_producer_has_no_primary_constructor() => Assert.NotEmpty(await CheckOnly(
        "[Producer] public partial class {|DRIP2015:P|}(IDisposable d) { IDisposable D => d; }"));

    [Theory]
    [InlineData("[On] void {|DRIP2026:Any|}() { }")]
    [InlineData("[On] void {|DRIP2026:Any|}(int a, int b) { }")]
    [InlineData("[On(typeof(int))] void {|DRIP2026:Any|}(int a) { }")]
    [InlineData("[On] void Any(ref int {|DRIP2026:a|}) { }")]
    [InlineData("[On] void Any(Span<int> {|DRIP2026:a|}) { }")]
    [InlineData("[On] void Any(dynamic {|DRIP2026:a|}) { }")]
    [InlineData("[On] unsafe void Any(int* {|DRIP2026:a|}) { }")]
    [InlineData("[On] int {|DRIP2026:Any|}(int a) => a;")]
    [InlineData("[On] void {|DRIP2026:Any|}<T>(int a) { }")]
    [InlineData("[On] async void {|DRIP2026:Any|}(int a) => await Task.Delay(a);")]
    [InlineData("[Every(\"1s\")] void {|DRIP2026:Any|}(int a) { }")]
    [InlineData("[Every(\"1s\")] bool {|DRIP2026:Any|}() => true;")]
    public Task DRIP2026_a_handler_and_a_timer_can_be_called(string method) => Check($"[Producer] public partial class P {{ {method} }}");

    [Theory]
    [InlineData("[On] void Any(List<(int A, string? B)> all) { }")]
    [InlineData("[On] static ValueTask Any(string? text) => default;")]
    [InlineData("[On] void Any(int? number) { }")]
    [InlineData("[On(typeof(string))] Task Any() => Task.CompletedTask;")]
    [InlineData("[Every(\"250ms\")] static void Any() { }")]
    public Task DRIP2026_accepts(string method) => Check($"[Producer] public partial class P {{ {method} }}");

    [Theory]
    [InlineData("public class C { [{|DRIP2027:Step|}] public void Go() { } }")]
    [InlineData("public class C { [{|DRIP2027:On|}] public void Any(int a) { } }")]
    [InlineData("public class C { [{|DRIP2027:Every(\"1s\")|}] public void Tick() { } }")]
    [InlineData("[{|DRIP2027:Renamed(\"D\")|}] public class C;")]
    [InlineData("[{|DRIP2027:Retired(\"D\")|}] public class C;")]
    [InlineData("[Model] public partial record C(int Id, [{|DRIP2027:OnConflict(Conflict.Max)|}] int N);")]
    [InlineData("[Model] public partial class C { public int Id { get; set; } [{|DRIP2027:OnConflict(Conflict.Max)|}] public int N { get; set; } }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class Run { [Step] void Go() { } [{|DRIP2027:NonIdempotent|}] void Stop() { } } }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class Run { [Step] void Go() { } [{|DRIP2027:Renamed(\"Halt\")|}] void Stop() { } } }")]
    [InlineData("[Producer] public partial class P { [{|DRIP2027:Step|}] void Go() { } }")]
    public Task DRIP2027_attributes_stand_where_they_mean_something(string source) => Check(source);

    [Theory]
    [InlineData("[Producer] public partial class P { [Pipeline(Each = typeof(Missing))] public partial class Run { [Step] public void Go() { } } }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class Run { [Step(After = [{|DRIP2010:nameof(Missing)|}])] public void Go() { } } }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class Run { [Step] public void Go(Missing m) { } } }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class Run { [Step] public Missing Go() => null!; } }")]
    [InlineData("[Producer] public partial class P { [Pipeline] public partial class Run { public Missing Open() => null!; [Step] public void Go() { } } }")]
    [InlineData("[Producer] public partial class P { [On] void Any(Missing m) { } [Every(Missing)] void Tick() { } }")]
    [InlineData("[Producer] public partial class P : Missing;")]
    [InlineData("[Producer] public partial class { [Pipeline] public partial class { [Step] } }")]
    public async Task Half_typed_code_gets_the_compilers_errors_only(string source) => Assert.NotEmpty(await CheckOnly(source));

    private static Task Check(params string[] sources) => Harness.Rules.Check([.. sources, TestSources.Engine]);

    private static Task<string[]> CheckOnly(string source) => Harness.Rules.CheckOnly(source, TestSources.Engine);
}
