using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Producers;

public sealed class StepRules
{
    [Theory]
    [InlineData("[Step] void A() { } [Step(After = [{|DRIP2010:\"a\"|}])] void B() { }")]
    [InlineData("[Step] void A() { } [Step(After = [nameof(A), {|DRIP2010:nameof(Other.Far)|}])] void B() { }")]
    [InlineData("[Step] void A() { } [Step(After = new[] { {|DRIP2010:\"C\"|} })] void B() { }")]
    [InlineData("[Step] void A() { } [Step(With = {|DRIP2010:\"X\"|})] void B() { }")]
    public Task DRIP2010_a_step_comes_after_steps_of_its_pipeline(string steps) => Check(steps, "class Other { public void Far() { } }");

    [Theory]
    [InlineData("fetchpage", "; the nearest is 'FetchPage'")]
    [InlineData("FetchPages", "; the nearest is 'FetchPage'")]
    [InlineData("Nothing", "")]
    public async Task DRIP2010_offers_the_nearest_name(string written, string offer) => Assert.Equal(
        [$"The pipeline 'Run' has no step method '{written}'{offer}. Name one of its steps with nameof."],
        await Harness.Rules.Messages($"[Producer] public partial class P {{ [Pipeline] public partial class Run {{ [Step] void FetchPage() {{ }} [Step(After = [\"{written}\"])] void B() {{ }} }} }}"));

    [Theory]
    [InlineData("[Step(After = [nameof(B)])] void {|DRIP2011:A|}() { } [Step] void B() { }", "A → B → A")]
    [InlineData("[Step(After = [])] void X() { } [Step(After = [nameof(C)])] void {|DRIP2011:A|}() { } [Step] void B() { } [Step] void C() { }", "A → B → C → A")]
    [InlineData("[Step(After = [nameof(C)])] void {|DRIP2011:A|}() { } [Step(With = nameof(A))] void B() { } [Step] void C() { }", "A → C → A")]
    public async Task DRIP2011_no_step_waits_for_itself(string steps, string path)
    {
        await Check(steps);
        var messages = await Harness.Rules.Messages(InRun(steps.Replace("{|DRIP2011:A|}", "A", StringComparison.Ordinal)));
        Assert.Contains(path, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Step] void A() { } [{|DRIP2012:Step(After = [nameof(A)], With = nameof(A))|}] void B() { }")]
    [InlineData("[Step] void A() { } [{|DRIP2012:Step(With = nameof(B))|}] void B() { }")]
    [InlineData("[{|DRIP2012:Step(With = nameof(B))|}] void A() { } [Step] void B() { }")]
    [InlineData("[Step] void A() { } [{|DRIP2012:Step(After = [nameof(B)])|}] void B() { }")]
    public Task DRIP2012_the_place_of_a_step_is_said_once(string steps) => Check(steps);

    [Fact]
    public Task DRIP2012_a_part_of_a_class_does_not_say_what_comes_before_it() => Harness.Rules.Check(
        "[Producer] public partial class P { [Pipeline] public partial class Run { [{|DRIP2012:Step|}] void A() { } [Step] void B() { } } }",
        "public partial class P { public partial class Run { [{|DRIP2012:Step|}] void C() { } } }",
        TestSources.Engine);

    [Fact]
    public Task DRIP2012_steps_of_several_parts_say_so_themselves() => Harness.Rules.Check(
        "[Producer] public partial class P { [Pipeline] public partial class Run { [Step(After = [])] void A() { } [Step] void B() { } } }",
        "public partial class P { public partial class Run { [Step(After = [nameof(B)])] void C() { } [Step] void D() { } } }",
        TestSources.Engine);

    [Theory]
    [InlineData("[Step] static void {|DRIP2014:A|}() { }")]
    [InlineData("[Step] void {|DRIP2014:A|}<T>() { }")]
    [InlineData("[Step] int {|DRIP2014:A|}() => 1;")]
    [InlineData("[Step] Task<int> {|DRIP2014:A|}() => null!;")]
    [InlineData("[Step] async void {|DRIP2014:A|}(CancellationToken ct) => await Task.Delay(1, ct);")]
    [InlineData("[Step] void A(int {|DRIP2014:n|}) { }")]
    [InlineData("[Step] void A(string {|DRIP2014:n|}) { }")]
    [InlineData("[Step] void A(ref IDisposable {|DRIP2014:n|}) { }")]
    [InlineData("[Step] void A(params IDisposable[] {|DRIP2014:n|}) { }")]
    [InlineData("[Step] void A(RecordStore {|DRIP2014:store|}) { }")]
    [InlineData("[Step] void A(RecordChanges {|DRIP2014:changes|}) { }")]
    [InlineData("[Step] void A(Page {|DRIP2014:page|}) { }", "[Model] public partial record Page(int Id);")]
    public Task DRIP2014_a_step_can_be_called(string step, string more = "") => Harness.Rules.Check(
        $"[Producer] public partial class P {{ {more} [Pipeline] public partial class Run {{ {step} }} }}", TestSources.Engine);

    [Theory]
    [InlineData("[Step] async Task {|DRIP2022:A|}() => await Task.Delay(1);")]
    [InlineData("[Step] async ValueTask {|DRIP2022:A|}(IDisposable d) { await Task.Delay(1); d.Dispose(); }")]
    public Task DRIP2022_a_step_that_awaits_takes_a_token(string step) => Check(step);

    [Theory]
    [InlineData("[Step] async Task A(CancellationToken ct) => await Task.Delay(1, ct);")]
    [InlineData("[Step] Task A() => Task.CompletedTask;")]
    [InlineData("[Step] private partial Task A(IDisposable? d, CancellationToken ct); private partial async Task A(IDisposable? d, CancellationToken ct) => await Task.Delay(1, ct);")]
    public Task Steps_that_can_be_called_break_no_rule(string step) => Check(step);

    [Theory]
    [InlineData("[{|DRIP2025:Step(Retries = 1)|}, NonIdempotent] void A() { }")]
    public Task DRIP2025_a_step_that_must_not_run_twice_is_not_retried(string step) => Check(step);

    [Fact]
    public Task DRIP2024_a_pipeline_that_creates_what_it_runs_for_has_a_bound() => CheckEach("", "{|DRIP2024:Changes.Create(Record with { Id = 0 })|};");

    [Theory]
    [InlineData(", MaxCreated = 9", "", "Changes.Create(Record with { Id = 0 });")]
    [InlineData("", "public bool Open() => Store.All<Page>().Count < 9;", "Changes.Create(Record with { Id = 0 });")]
    [InlineData("", "", "Changes.Create(new Sum(0));")]
    public Task DRIP2024_a_limit_a_gate_or_another_model_is_a_bound(string setting, string gate, string body) => CheckEach(setting, body, gate);

    private static Task CheckEach(string setting, string body, string gate = "") => Harness.Rules.Check($$"""
        [Producer] public partial class P
        {
            [Model] public partial record Page(int Id);
            [Model] public partial record Sum(int Id);
            [Pipeline(Each = typeof(Page){{setting}})] public partial class Run { {{gate}} [Step] void A() { {{body}} } }
        }
        """, TestSources.Engine);

    private static Task Check(string steps, string more = "") => Harness.Rules.Check(InRun(steps), more, TestSources.Engine);

    private static string InRun(string steps) => $"[Producer] public partial class P {{ [Pipeline] public partial class Run {{ {steps} }} }}";
}
