namespace Drip.Generators.Tests.CodeFixes;

public sealed class ProducerFixes
{
    [Fact]
    public Task A_producer_and_its_pipeline_become_partial() => Repair.VerifyAsync(
        "DRIP2001",
        "[Producer] public class P { [Pipeline] public class Run { [Step] public void Go() { } } }",
        "[Producer] public partial class P { [Pipeline] public class Run { [Step] public void Go() { } } }");

    [Fact]
    public Task A_producer_and_all_of_its_pipelines_become_partial_at_once() => Repair.VerifyAllAsync(
        "DRIP2001",
        "[Producer] public class P { [Pipeline] public class A { [Step] public void Go() { } } [Pipeline] public class B { [Step] public void Go() { } } }",
        "[Producer] public partial class P { [Pipeline] public partial class A { [Step] public void Go() { } } [Pipeline] public partial class B { [Step] public void Go() { } } }");

    [Theory]
    [InlineData("[Step] void Fetch() { } [Step(After = [\"Fech\"])] void B() { }", "[Step] void Fetch() { } [Step(After = [nameof(Fetch)])] void B() { }")]
    [InlineData("[Step] void Fetch() { } [Step(After = [nameof(Fech)])] void B() { }", "[Step] void Fetch() { } [Step(After = [nameof(Fetch)])] void B() { }")]
    [InlineData("[Step] void Fetch() { } [Step(With = \"fetch\")] void B() { }", "[Step] void Fetch() { } [Step(With = nameof(Fetch))] void B() { }")]
    public Task A_step_that_is_not_there_becomes_the_nearest(string before, string after) => Repair.VerifyAsync("DRIP2010", InRun(before), InRun(after));

    [Fact]
    public Task A_step_to_which_none_is_near_is_left_to_the_author() =>
        Repair.VerifyNoneAsync("DRIP2010", InRun("[Step] void Fetch() { } [Step(After = [\"Something\"])] void B() { }"));

    [Theory]
    [InlineData("public string? Url { get; set; }", "public string? Url { get; init; }")]
    [InlineData("public required string Url { get; set; }", "public required string Url { get; init; }")]
    public Task A_member_of_a_record_is_set_only_at_first(string before, string after) => Repair.VerifyAsync("DRIP2020", WithPage($"(int Id) {{ {before} }}"), WithPage($"(int Id) {{ {after} }}"));

    [Theory]
    [InlineData("(int Id) { public int Count; }")]
    [InlineData("(int Id, byte[] Body);")]
    [InlineData("([Key(0)] int A, [Key(1)] int B) { public int C { get; set; } }")]
    public Task What_a_record_is_made_of_is_left_to_the_author(string page) => Repair.VerifyNoneAsync("DRIP2020", WithPage(page));

    [Theory]
    [InlineData("[Step] async Task A() => await Task.Delay(1);", "[Step] async Task A(CancellationToken cancellationToken) => await Task.Delay(1);")]
    [InlineData("[Step] async Task A(IDisposable d) => await Task.Delay(1);", "[Step] async Task A(IDisposable d, CancellationToken cancellationToken) => await Task.Delay(1);")]
    [InlineData("[Step] async Task A(IDisposable? d = null) => await Task.Delay(1);", "[Step] async Task A(CancellationToken cancellationToken, IDisposable? d = null) => await Task.Delay(1);")]
    [InlineData(
        "[Step] async Task A() { var cancellationToken = 1; await Task.Delay(cancellationToken); }",
        "[Step] async Task A(CancellationToken stepCancellation) { var cancellationToken = 1; await Task.Delay(cancellationToken); }")]
    public Task A_step_that_awaits_takes_a_token(string before, string after) => Repair.VerifyAsync("DRIP2022", InRun(before), InRun(after));

    [Fact]
    public Task A_step_of_two_declarations_is_left_to_the_author() =>
        Repair.VerifyNoneAsync("DRIP2022", InRun("[Step] private partial Task A(); private partial async Task A() => await Task.Delay(1);"));

    [Theory]
    [InlineData("[Step(Retries = 1), NonIdempotent] void A() { }", "[Step, NonIdempotent] void A() { }")]
    [InlineData("[Step(Retries = 1, Timeout = \"1s\"), NonIdempotent] void A() { }", "[Step(Timeout = \"1s\"), NonIdempotent] void A() { }")]
    [InlineData("[Step(Timeout = \"1s\", Retries = 1), NonIdempotent] void A() { }", "[Step(Timeout = \"1s\"), NonIdempotent] void A() { }")]
    public Task A_step_that_must_not_run_twice_loses_its_retries(string before, string after) => Repair.VerifyAsync("DRIP2025", InRun(before), InRun(after));

    private static string InRun(string steps) => $"[Producer] public partial class P {{ [Pipeline] public partial class Run {{ {steps} }} }}";

    private static string WithPage(string page) => $"[Producer] public partial class P {{ [Model] public partial record Page{page} }}";
}
