namespace Drip.Generators.Tests.CodeFixes;

public sealed class HookFixes
{
    [Theory]
    [InlineData("static void AfterRunComplted() { }", "static void AfterRunCompleted() { }")]
    [InlineData("static void beforeBatchFinish() { }", "static void BeforeBatchCompleted() { }")]
    [InlineData(
        "static void AfterRunComplted(RunContext run) { } static void Other(RunContext run) => AfterRunComplted(run);",
        "static void AfterRunCompleted(RunContext run) { } static void Other(RunContext run) => AfterRunCompleted(run);")]
    public Task A_misspelt_hook_is_renamed(string before, string after) =>
        Repair.VerifyAsync("DRIP6001", Handler(before), Handler(after));

    [Fact]
    public Task All_misspelt_hooks_are_renamed_at_once() => Repair.VerifyAllAsync(
        "DRIP6001",
        Handler("static void AfterRunComplted() { } static void AfterRunFaild() { }"),
        Handler("static void AfterRunCompleted() { } static void AfterRunFailed() { }"));

    [Fact]
    public Task A_hook_of_which_nothing_is_near_is_left_to_the_author() => Repair.VerifyNoneAsync("DRIP6001", Handler("static void AfterRunCleanup() { }"));

    [Theory]
    [InlineData("static void AfterRunCompleted(BatchContext batch) { }", "static void AfterRunCompleted(RunContext batch) { }")]
    [InlineData("static void AfterBatchCompleted(Drip.RunContext run) { }", "static void AfterBatchCompleted(BatchContext run) { }")]
    [InlineData("static void AfterRunCompleted(ref RunContext run) { }", "static void AfterRunCompleted(RunContext run) { }")]
    [InlineData("static void AfterRunCompleted(ref readonly RunContext run) { }", "static void AfterRunCompleted(RunContext run) { }")]
    [InlineData("static void AfterRunCompleted(HookNext next) { }", "static void AfterRunCompleted() { }")]
    [InlineData("static void AfterRunCompleted(RunContext run, HookNext next) { }", "static void AfterRunCompleted(RunContext run) { }")]
    [InlineData("static void AfterRunCompleted(HookNext next, RunContext run) { }", "static void AfterRunCompleted(RunContext run) { }")]
    [InlineData("static Task AroundRunPending() => Task.CompletedTask;", "static Task AroundRunPending(HookNext next) => Task.CompletedTask;")]
    [InlineData(
        "static Task AroundRunPending(RunContext run) => Task.CompletedTask;",
        "static Task AroundRunPending(RunContext run, HookNext next) => Task.CompletedTask;")]
    [InlineData(
        "static Task AroundRunPending(RunContext next, CancellationToken ct = default) => Task.CompletedTask;",
        "static Task AroundRunPending(RunContext next, HookNext hookNext, CancellationToken ct = default) => Task.CompletedTask;")]
    public Task The_parameters_of_a_hook_are_repaired(string before, string after) =>
        Repair.VerifyAsync("DRIP6002", Handler(before), Handler(after));

    [Theory]
    [InlineData("static void AfterRunCompleted(int n) { }")]
    [InlineData("static void AfterRunCompleted(Changes<Employee> changes) { }")]
    [InlineData("static void AfterRunCompleted(params IDisposable[] all) { }")]
    [InlineData("static async Task AfterRunCompleted(HookNext next) => await next();")]
    [InlineData("static Task AroundRunPending(HookNext one, HookNext other) => one();")]
    [InlineData("static void AfterRunCompleted<T>() { }")]
    public Task Parameters_that_need_a_decision_are_left_to_the_author(string member) => Repair.VerifyNoneAsync("DRIP6002", Handler(member));

    [Theory]
    [InlineData("static async void AfterRunCompleted() => await Task.Yield();", "static async Task AfterRunCompleted() => await Task.Yield();")]
    [InlineData("static void AroundRunPending(HookNext next) => next();", "static Task AroundRunPending(HookNext next) => next();")]
    [InlineData("static void AroundRunPending(HookNext go) { go(); }", "static async Task AroundRunPending(HookNext go) { await go(); }")]
    [InlineData("static Task<int> AfterRunCompleted() => Task.FromResult(1);", "static Task AfterRunCompleted() => Task.FromResult(1);")]
    public Task A_hook_returns_a_task(string before, string after) => Repair.VerifyAsync("DRIP6003", Handler(before), Handler(after));

    [Theory]
    [InlineData("static int AfterRunCompleted() => 1;")]
    [InlineData("static async Task<int> AfterRunCompleted() { await Task.Yield(); return 1; }")]
    [InlineData("static void AroundRunPending(HookNext next) { }")]
    public Task A_result_that_means_something_is_left_to_the_author(string member) => Repair.VerifyNoneAsync("DRIP6003", Handler(member));

    [Theory]
    [InlineData("static async Task AroundRunPending(HookNext next) { await Task.Yield(); }", "static async Task AroundRunPending(HookNext next) { await Task.Yield(); await next(); }")]
    [InlineData(
        "static async Task AroundRunPending(HookNext go)\n    {\n        await Task.Yield();\n    }",
        "static async Task AroundRunPending(HookNext go)\n    {\n        await Task.Yield();\n        await go();\n    }")]
    [InlineData("static Task AroundRunPending(HookNext next) => Task.CompletedTask;", "static Task AroundRunPending(HookNext next) => next();")]
    [InlineData("static ValueTask AroundRunPending(HookNext next) => default;", "static ValueTask AroundRunPending(HookNext next) => new ValueTask(next());")]
    [InlineData(
        "static Task AroundRunPending(HookNext next) { Console.WriteLine(); return Task.CompletedTask; }",
        "static Task AroundRunPending(HookNext next) { Console.WriteLine(); return next(); }")]
    public Task Next_is_called_at_the_end(string before, string after) => Repair.VerifyAsync("DRIP6004", Handler(before), Handler(after));

    [Theory]
    [InlineData("static async Task AroundRunPending(HookNext next, RunContext run) { if (run.Batches > 1) await next(); }")]
    [InlineData("static async Task AroundRunPending(HookNext next, RunContext run) { await Task.Yield(); if (run.Batches > 1) return; }")]
    [InlineData("static Task AroundRunPending(HookNext next) => Task.Delay(1);")]
    public Task A_path_among_several_is_left_to_the_author(string member) => Repair.VerifyNoneAsync("DRIP6004", Handler(member));

    [Theory]
    [InlineData("await Task.Yield(); next();", "await Task.Yield(); await next();")]
    [InlineData("await Task.Yield(); _ = next();", "await Task.Yield(); await next();")]
    [InlineData("next().ConfigureAwait(false); await Task.Yield();", "await next().ConfigureAwait(false); await Task.Yield();")]
    public Task A_call_of_next_is_awaited(string before, string after) => Repair.VerifyAsync(
        "DRIP6006",
        Handler($"static async Task AroundRunPending(HookNext next) {{ {before} }}"),
        Handler($"static async Task AroundRunPending(HookNext next) {{ {after} }}"));

    [Fact]
    public Task A_call_in_a_method_that_cannot_await_is_left_to_the_author() => Repair.VerifyNoneAsync(
        "DRIP6006", Handler("static Task AroundRunPending(HookNext next) { next(); return Task.CompletedTask; }"));

    [Fact]
    public Task A_handler_becomes_partial() => Repair.VerifyAsync(
        "DRIP6008", "[HookHandler] public static class Hooks { }", "[HookHandler] public static partial class Hooks { }");

    [Theory]
    [InlineData("public partial class Hooks { static void AfterRunCompleted() { } }", "public static partial class Hooks { static void AfterRunCompleted() { } }")]
    [InlineData("partial class Hooks { }", "static partial class Hooks { }")]
    public Task A_handler_becomes_static(string before, string after) =>
        Repair.VerifyAsync("DRIP6009", "[HookHandler] " + before, "[HookHandler] " + after);

    [Theory]
    [InlineData("public partial class Hooks { void AfterRunCompleted() { } }")]
    [InlineData("public sealed partial class Hooks { }")]
    [InlineData("public partial class Hooks : List<int> { }")]
    public Task A_handler_that_has_instances_is_left_to_the_author(string handler) => Repair.VerifyNoneAsync("DRIP6009", "[HookHandler] " + handler);

    private static string Handler(string member) => $"[HookHandler]\npublic static partial class Hooks\n{{\n    {member}\n}}\n";
}
