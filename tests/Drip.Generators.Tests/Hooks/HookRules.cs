using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Hooks;

public sealed class HookRules
{
    private const string Rows = "Scope<Employee> Scope() => Employee.All; void ProcessElement(Employee e) { }";

    [Theory]
    [InlineData("void AfterRunCompleted() { }")]
    [InlineData("public static async Task BeforeBatchFailedAsync(BatchContext b, CancellationToken ct, IMailer m, IMailer? n) => await Task.Delay(0, ct);")]
    [InlineData("ValueTask AroundRunPending(HookNext next) => new(next());")]
    [InlineData("void BeforeRunning() { } void Before() { } void AfterRunners() { } void RunCompleted() { }")]
    public Task A_hook_of_this_form_breaks_no_rule(string member) => InJob(member);

    [Theory]
    [InlineData("AfterRunComplted", "AfterRunCompleted")]
    [InlineData("AfterRunComplete", "AfterRunCompleted")]
    [InlineData("AftrRunCompleted", "AfterRunCompleted")]
    [InlineData("OnAfterRunCompleted", "AfterRunCompleted")]
    [InlineData("AfterRunsCompleted", "AfterRunCompleted")]
    [InlineData("afterRunCompleted", "AfterRunCompleted")]
    [InlineData("After_Run_Completed", "AfterRunCompleted")]
    [InlineData("BeforeBatchFinish", "BeforeBatchCompleted")]
    [InlineData("BeforeBatchStartAsync", "BeforeBatchRunningAsync")]
    [InlineData("aroundBatchRuningAsync", "AroundBatchRunningAsync")]
    [InlineData("AfterRunCancelled", "AfterRunStopped")]
    [InlineData("BeforeRunStop", "BeforeRunStopped")]
    [InlineData("AfterRunStopping", "AfterRunStopped")]
    public async Task DRIP6001_a_name_that_looks_like_a_hook_is_one(string name, string nearest)
    {
        await InJob($"void {{|DRIP6001:{name}|}}() {{ }}");
        Assert.Equal(
            $"'{name}' looks like a hook, but no hook has that name; the nearest is '{nearest}'. "
            + "Correct the name, or choose one that does not look like a hook's.",
            Assert.Single(await Messages($"void {name}() {{ }}")));
    }

    [Theory]
    [InlineData("void AfterRun() { }")]
    [InlineData("void AfterRunCleanup() { }")]
    [InlineData("void AfterRunComplted() { } void AfterRunCompletedAsync() { }")]
    public async Task DRIP6001_offers_nothing_where_nothing_is_near_or_it_is_taken(string member) =>
        Assert.Contains("no hook has that name. Correct", Assert.Single(await Messages(member)), StringComparison.Ordinal);

    [Fact]
    public Task DRIP6001_holds_for_a_handler_too() =>
        Check("[HookHandler] public static partial class Hooks { static void {|DRIP6001:AfterRunComplted|}() { } }");

    [Fact]
    public Task DRIP6001_holds_for_no_other_class() => Check("public class Other { void AfterRunComplted() { } }");

    [Theory]
    [InlineData("void AfterRunCompleted(BatchContext {|DRIP6002:batch|}) { }")]
    [InlineData("void AfterBatchCompleted(RunContext {|DRIP6002:run|}) { }")]
    [InlineData("void AfterRunCompleted(HookNext {|DRIP6002:next|}) { }")]
    [InlineData("Task {|DRIP6002:AroundRunCompleted|}(RunContext run) => Task.CompletedTask;")]
    [InlineData("Task {|DRIP6002:AroundRunCompleted|}(HookNext one, HookNext other) => one();")]
    [InlineData("Task AroundRunCompleted(ref HookNext {|DRIP6002:next|}) => next();")]
    [InlineData("void AfterRunCompleted(in RunContext {|DRIP6002:run|}) { }")]
    [InlineData("void AfterRunCompleted(out IMailer {|DRIP6002:mailer|}) => throw new Exception();")]
    [InlineData("void AfterRunCompleted(params IMailer[] {|DRIP6002:mailers|}) { }")]
    [InlineData("void AfterRunCompleted(int {|DRIP6002:n|}) { }")]
    [InlineData("void AfterBatchCompleted(Changes<Employee> {|DRIP6002:changes|}) { }")]
    [InlineData("void AfterBatchCompleted(Batch<Employee> {|DRIP6002:rows|}) { }")]
    [InlineData("void AfterBatchCompleted(Employee {|DRIP6002:row|}) { }")]
    [InlineData("void {|DRIP6002:AfterRunCompleted|}<T>() { }")]
    public Task DRIP6002_a_hook_takes_what_Drip_can_give_it(string member) => InJob(member);

    [Theory]
    [InlineData("int {|DRIP6003:AfterRunCompleted|}() => 1;")]
    [InlineData("Task<int> {|DRIP6003:AfterRunCompleted|}() => Task.FromResult(1);")]
    [InlineData("void {|DRIP6003:AroundRunCompleted|}(HookNext next) { next(); }")]
    [InlineData("async void {|DRIP6003:AfterRunCompleted|}() => await Task.Yield();")]
    [InlineData("ref int {|DRIP6003:AfterRunCompleted|}() => throw new Exception();")]
    public Task DRIP6003_a_hook_returns_nothing_or_a_task(string member) => InJob(member);

    [Theory]
    [InlineData("void AfterRunCompleted() { } Task {|DRIP6007:AfterRunCompletedAsync|}() => Task.CompletedTask;")]
    [InlineData("void AfterRunCompleted() { } void {|DRIP6007:AfterRunCompleted|}(RunContext run) { }")]
    public Task DRIP6007_a_hook_is_defined_once(string members) => InJob(members);

    [Fact]
    public Task DRIP6008_a_handler_and_the_types_around_it_are_partial() =>
        Check("public class {|DRIP6008:Outer|} { [HookHandler] internal static class {|DRIP6008:Hooks|} { } }");

    [Theory]
    [InlineData("[HookHandler] public partial class {|DRIP6009:Hooks|} { static void AfterRunCompleted() { } }")]
    [InlineData("public partial class Outer { [HookHandler] private static partial class {|DRIP6009:Hooks|} { } }")]
    public Task DRIP6009_a_handler_is_static_and_seen_by_its_assembly(string source) => Check(source);

    [Fact]
    public Task DRIP6010_a_handler_is_not_inside_a_generic_type() =>
        Check("public partial class {|DRIP6010:Outer|}<T> { [HookHandler] internal static partial class Hooks { } }");

    [Fact]
    public Task DRIP6011_there_is_one_handler() => Check("""
        [HookHandler] public static partial class A { }
        [HookHandler] public static partial class {|DRIP6011:B|} { }
        """);

    [Theory]
    [InlineData("void AfterRunCompleted(Missing m) { }")]
    [InlineData("Missing AfterRunCompleted() => null!;")]
    [InlineData("void AfterRunCompleted(")]
    [InlineData("Task AroundRunCompleted(HookNext next) =>")]
    public async Task Half_typed_hooks_get_the_compilers_errors_only(string member) => Assert.NotEmpty(
        await Harness.Rules.CheckOnly($"namespace Shop;\n[Backfill] public partial class Job {{ {Rows} {member} }}", TestSources.Employee));

    [Theory]
    [InlineData("[HookHandler] public partial struct {|DRIP6009:Hooks|} { }")]
    [InlineData("[HookHandler] public partial interface {|DRIP6009:IHooks|} { }")]
    [InlineData("[HookHandler] [HookHandler] public static partial class Hooks { }")]
    [InlineData("[HookHandler] public static partial class { }")]
    public async Task Half_typed_handlers_leave_the_compilers_errors_to_be_seen(string source) => Assert.NotEmpty(await Harness.Rules.CheckOnly(source));

    [Theory]
    [InlineData("partial void {|DRIP6003:AfterRunCompleted|}(); async partial void AfterRunCompleted() => await Task.Yield();")]
    [InlineData("private partial Task AfterRunCompleted(); private async partial Task AfterRunCompleted() => await Task.Yield();")]
    [InlineData("private partial Task AroundRunPending(HookNext next); private partial Task {|DRIP6004:AroundRunPending|}(HookNext next) => Task.CompletedTask;")]
    public Task A_partial_hook_is_read_as_a_whole(string member) => InJob(member);

    private static Task InJob(string members) => Check($"[Backfill] public partial class Job {{ {Rows} {members} }}");

    private static Task<string[]> Messages(string members) => Harness.Rules.Messages(
        $"{TestSources.Employee} namespace Shop {{ [Backfill] public partial class Job {{ {Rows} {members} }} }}");

    private static Task Check(string source) => Harness.Rules.Check("namespace Shop;\n" + source, TestSources.Employee);
}
