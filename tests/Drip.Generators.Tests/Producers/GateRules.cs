using Drip.Generators.Model.Producers;
using Drip.Generators.Parsing.Producers;
using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Producers;

public sealed class GateRules
{
    [Theory]
    [InlineData("Task<bool> {|DRIP2016:Open|}() => Task.FromResult(true);")]
    [InlineData("void {|DRIP2016:Open|}() { }")]
    [InlineData("static bool {|DRIP2016:Open|}() => true;")]
    [InlineData("bool {|DRIP2016:Open|}<T>() => true;")]
    [InlineData("bool {|DRIP2016:Open|}(int n) => n > 1;")]
    [InlineData("ValueTask<bool> {|DRIP2016:Open|}(CancellationToken ct) => default;")]
    public Task DRIP2016_a_gate_is_bool_Open(string gate) => Check(gate);

    [Theory]
    [InlineData("bool Open() => Store.All<Page>().Count < 3;")]
    [InlineData("private bool Open() { return Record.Url.Length > 1 || Store.Find<Page>(1) is null; }")]
    [InlineData("bool Open() { var count = 0; foreach (var page in Store.All<Page>()) { if (page.Url.Length > 0) count++; } return count < 3; }")]
    [InlineData("bool Open() { Stream.Push(new Page(1, \"\")); Label(\"asked\"); return true; }")]
    [InlineData("IDisposable Open(string path) => null!;")]
    [InlineData("bool Open() => Store.All<Page>().Any(page => false);")]
    public Task A_gate_that_answers_from_the_records_breaks_no_rule(string gate) => Check(gate);

    [Theory]
    [InlineData("bool Open() { {|DRIP2017:Changes|}.Create(new Page(0, \"\")); return true; }")]
    [InlineData("bool Open() => {|DRIP2017:this.Changes|} is not null;")]
    public Task DRIP2017_a_gate_changes_nothing(string gate) => Check(gate);

    [Theory]
    [InlineData("bool Open() { {|DRIP2018:_asked++|}; return _asked < 3; } int _asked;")]
    [InlineData("bool Open() { {|DRIP2018:s_asked += 1|}; return s_asked < 3; } static int s_asked;")]
    [InlineData("bool Open() { {|DRIP2018:Asked = true|}; return Asked; } bool Asked { get; set; }")]
    [InlineData("bool Open() => {|DRIP2018:DateTime.UtcNow|}.Hour > 5;")]
    [InlineData("bool Open() => {|DRIP2018:DateTimeOffset.Now|}.Hour > 5;")]
    [InlineData("bool Open() => {|DRIP2018:TimeProvider.System.GetUtcNow()|}.Hour > 5;")]
    [InlineData("bool Open() => {|DRIP2018:Environment.TickCount64|} > 5;")]
    [InlineData("bool Open() => {|DRIP2018:Random.Shared.Next()|} > 5;")]
    [InlineData("bool Open() => {|DRIP2018:new Random().Next()|} > 5;")]
    [InlineData("bool Open() => {|DRIP2018:Guid.NewGuid()|} != Guid.Empty;")]
    public Task DRIP2018_a_gate_answers_from_the_records(string gate) => Check(gate);

    [Theory]
    [InlineData("bool {|DRIP2019:Open|}() => false;")]
    [InlineData("bool {|DRIP2019:Open|}() { if (Store.All<Page>().Count > 1) return false; return false; }")]
    public Task DRIP2019_a_gate_opens_at_some_time(string gate) => Check(gate);

    [Theory]
    [InlineData("=> Store.All<Page>().Count < 3;", "Page", false)]
    [InlineData("=> this.Store.Find<P.Sum>(1) is not null && Store.All<Page>().Count < 3;", "Page Sum", false)]
    [InlineData("=> true;", "", false)]
    [InlineData("=> Record.Url.Length > 1;", "", true)]
    [InlineData("=> this.Record.Url.Length > Store.All<Sum>().Count;", "Sum", true)]
    [InlineData("{ if (Store.All<Page>().Count > 1) { return Store.All<Sum>().Count > 1; } return true; }", "Page Sum", false)]
    [InlineData("=> _limit > Store.All<Page>().Count(page => page.Url.Length < _limit); readonly int _limit = 3;", "Page", false)]
    [InlineData("=> IsFew(Store.All<Page>().Count); static bool IsFew(int count) => count < 3;", "Page", false)]
    [InlineData("=> Enough(Store); static bool Enough(RecordStore store) => store.All<Page>().Count < 3;", null, true)]
    [InlineData("=> Enough(); bool Enough() => Store.All<Page>().Count < 3;", null, true)]
    [InlineData("=> Enough; bool Enough => Store.All<Page>().Count < 3;", null, true)]
    [InlineData("=> this.Enough(); bool Enough() => Store.All<Page>().Count < 3;", null, true)]
    [InlineData("=> Ask(this); static bool Ask(Run run) => run.Store.All<Page>().Count < 3;", null, true)]
    [InlineData("{ var store = Store; return store.All<Page>().Count < 3; }", null, true)]
    public void What_a_gate_reads_is_told_or_said_to_be_unknown(string gate, string? reads, bool readsRecord)
    {
        var compilation = Compiled.Of(In($"bool Open() {gate}"), TestSources.Engine);
        Generation.Of(compilation).Compiles();
        var producer = ProducerParser.Parse(compilation.GetTypeByMetadataName("P")!, compilation, sink: null, TestContext.Current.CancellationToken)!;
        var spec = producer.Pipelines[0].Gate!;
        Assert.Equal(reads is not null, spec.AreReadsKnown);
        Assert.Equal(readsRecord, spec.ReadsRecord);
        Assert.Equal(reads ?? "", string.Join(" ", spec.Reads.Select(index => producer.Models[index].Name)));
    }

    private static Task Check(string gate) => Harness.Rules.Check(In(gate), TestSources.Engine);

    private static string In(string gate) => $$"""
        [Producer] public partial class P
        {
            [Model] public partial record Page(int Id, string Url);
            [Model] public partial record Sum(int Id);
            [Pipeline(Each = typeof(Page))] public partial class Run { {{gate}} [Step] void A() { } }
        }
        """;
}
