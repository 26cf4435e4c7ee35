using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Hooks;

/// <summary>Which bodies of around-hooks call next on every path, once, and wait for it.</summary>
public sealed class AroundPaths
{
    [Theory]
    [InlineData("await next();")]
    [InlineData("await next().ConfigureAwait(false);")]
    [InlineData("await next.Invoke();")]
    [InlineData("if (log.Is) await next(); else { log.Write(); await next(); }")]
    [InlineData("if (log.Is) throw new InvalidOperationException(); await next();")]
    [InlineData("throw new NotSupportedException();")]
    [InlineData("try { await next(); } catch (Exception) { log.Write(); }")]
    [InlineData("try { log.Write(); await next(); } catch (Exception) { log.Write(); throw; }")]
    [InlineData("try { log.Write(); await next(); } finally { log.Write(); }")]
    [InlineData("try { log.Write(); } finally { await next(); }")]
    [InlineData("try { log.Write(); } catch { } await next();")]
    [InlineData("try { try { log.Write(); } catch { } await next(); } catch { }")]
    [InlineData("using (log.Open()) await next();")]
    [InlineData("using var scope = log.Open(); if (log.Is) { await next(); return; } await next();")]
    [InlineData("while (!log.Is) await Task.Yield(); await next();")]
    [InlineData("while (true) { if (log.Is) { await next(); break; } await Task.Yield(); }")]
    [InlineData("switch (log.Is) { case true: await next(); break; default: throw new NotSupportedException(); }")]
    [InlineData("await (log.Is ? next() : next());")]
    [InlineData("ArgumentNullException.ThrowIfNull(next); await next();")]
    [InlineData("_ = nameof(next); await next();")]
    [InlineData("Console.WriteLine(next.Method); await next();")]
    [InlineData("var task = next(); log.Write(); await task;")]
    [InlineData("await Task.WhenAll(next(), Task.Delay(1));")]
    [InlineData("if (next is null) throw new ArgumentNullException(nameof(next)); await next();")]
    [InlineData("try { await next(); } catch (Exception e) when (log.Matches(e)) { }")]
    [InlineData("await using var taken = await log.TakeAsync(); await next();")]
    [InlineData("foreach (var line in log.Lines) await log.WriteAsync(); await next();")]
    [InlineData("lock (log) { log.Write(); } await next();")]
    [InlineData("await (log.Number switch { 1 => next(), _ => next() });")]
    [InlineData("goto End; End: await next();")]
    [InlineData("await next().WaitAsync(TimeSpan.FromMinutes(1));")]
    [InlineData("var work = next(); if (await Task.WhenAny(work, Task.Delay(9)) != work) throw new TimeoutException(); await work;")]
    public Task A_body_that_always_calls_next_is_accepted(string body) => Body(body);

    [Theory]
    [InlineData("await log.RetryAsync(next);")]
    [InlineData("await log.RetryAsync(() => next());")]
    [InlineData("await log.RetryAsync(async () => { log.Write(); await next(); });")]
    [InlineData("HookNext again = next; await again();")]
    [InlineData("HookNext call = async () => await next(); await log.RetryAsync(call);")]
    [InlineData("async Task Work() { await next(); } await Work();")]
    [InlineData("async Task Work() { await next(); } await log.RetryAsync(Work);")]
    [InlineData("log.Kept = next; await log.RunAsync();")]
    [InlineData("if (next is { } go) await go();")]
    [InlineData("if (next is HookNext go) await go();")]
    [InlineData("var go = log.Kept ?? next; await go();")]
    [InlineData("await (log.Kept ?? next)();")]
    [InlineData("var go = log.Is ? next : async () => { log.Write(); await next(); }; await go();")]
    [InlineData("Func<Task> go = next.Invoke; await go();")]
    [InlineData("await Task.Run(() => next());")]
    [InlineData("await Core(); Task Core() => log.Is ? next() : throw new NotSupportedException();")]
    [InlineData("do { await log.RetryAsync(next); } while (log.Is);")]
    public Task A_body_that_hands_next_to_something_else_is_trusted(string body) => Body(body);

    [Theory]
    [InlineData("await log.WriteAsync();")]
    [InlineData("if (log.Is) await next();")]
    [InlineData("if (log.Is) return; await next();")]
    [InlineData("switch (log.Number) { case 1: await next(); break; }")]
    [InlineData("while (log.Is) { await next(); break; }")]
    [InlineData("try { await log.WriteAsync(); await next(); } catch (Exception) { }")]
    [InlineData("try { if (log.Is) throw new InvalidOperationException(); await next(); } catch (InvalidOperationException) { }")]
    [InlineData("try { log.Write(); await next(); } catch (Exception e) when (log.Matches(e)) { }")]
    [InlineData("try { if (log.Is) return; await next(); } finally { log.Write(); }")]
    [InlineData("try { try { log.Write(); } catch (InvalidOperationException) { } await next(); } catch { }")]
    [InlineData("using (log.Open()) { if (log.Is) return; } await next();")]
    [InlineData("_ = log.Is && await log.AskAsync(); if (false) await next();")]
    [InlineData("HookNext again = next; await log.WriteAsync();")]
    [InlineData("HookNext call = async () => await next(); await log.WriteAsync();")]
    [InlineData("async Task Work() { await next(); } await log.WriteAsync();")]
    [InlineData("_ = next; await log.WriteAsync();")]
    [InlineData("var work = log.Is ? next() : Task.CompletedTask; await work;")]
    [InlineData("if (log.Is) await log.RetryAsync(next);")]
    [InlineData("foreach (var line in log.Lines) { await next(); break; }")]
    [InlineData("if (next is not null) log.Write();")]
    [InlineData("if (log.Is) goto End; await next(); End: log.Write();")]
    [InlineData("ArgumentNullException.ThrowIfNull(next); await log.WriteAsync();")]
    public Task DRIP6004_a_body_that_can_return_without_calling_next_is_reported(string body) =>
        Check(Hook("{|DRIP6004:AroundBatchRunningAsync|}", body));

    [Theory]
    [InlineData("Task AroundRunPending(HookNext next) => next();")]
    [InlineData("Task AroundRunPending(HookNext next) { Console.WriteLine(); return next(); }")]
    [InlineData("async ValueTask AroundRunPending(HookNext next) => await next();")]
    [InlineData("ValueTask AroundRunPending(HookNext next) => new(next());")]
    [InlineData("Task AroundRunPending(HookNext next) => next?.Invoke() ?? Task.CompletedTask;")]
    [InlineData("Task AroundRunPending(HookNext next) => throw new NotSupportedException();")]
    [InlineData("Task {|DRIP6004:AroundRunPending|}(HookNext next) => Task.CompletedTask;")]
    [InlineData("Task {|DRIP6004:AroundRunPending|}(HookNext next, Log log) => log.Is ? next() : Task.CompletedTask;")]
    public Task A_hook_that_returns_the_task_is_followed_as_well(string hook) => Check(hook);

    [Theory]
    [InlineData("await next(); await {|DRIP6005:next()|};")]
    [InlineData("if (log.Is) await next(); if (!log.Is) await {|DRIP6005:next()|}; else await {|DRIP6005:next()|};")]
    [InlineData("do { await {|DRIP6005:next()|}; } while (log.Is);")]
    [InlineData("try { await next(); } catch { await {|DRIP6005:next()|}; }")]
    [InlineData("try { await next(); } finally { await {|DRIP6005:next()|}; }")]
    [InlineData("await Task.WhenAll(next(), {|DRIP6005:next()|});")]
    [InlineData("while (true) { try { await {|DRIP6005:next()|}; return; } catch (TimeoutException) { await Task.Yield(); } }")]
    [InlineData("await next(); return; await next();")]
    public Task DRIP6005_a_second_call_on_a_path_is_reported(string body) => Body(body);

    [Theory]
    [InlineData("{|DRIP6006:next()|};")]
    [InlineData("_ = {|DRIP6006:next()|};")]
    [InlineData("{|DRIP6006:next()|}.ConfigureAwait(false);")]
    [InlineData("await log.RetryAsync(async () => { {|DRIP6006:next()|}; await Task.Yield(); });")]
    public Task DRIP6006_a_call_that_nothing_waits_for_is_reported(string body) => Check(Hook("AroundBatchRunningAsync", "await Task.Yield(); " + body));

    [Fact]
    public Task A_base_class_of_a_backfill_is_followed_too() => Harness.Rules.Check(Log + """
        public abstract class JobBase { protected Task {|DRIP6004:AroundRunRunning|}(HookNext next) => Task.CompletedTask; }
        """);

    [Fact]
    public Task Other_methods_may_do_what_they_like() => Check("void Around(HookNext next) { next(); next(); }");

    private const string Log = """
        public sealed class Log
        {
            public bool Is { get; set; }
            public int Number { get; set; }
            public HookNext? Kept { get; set; }
            public void Write() { }
            public Task WriteAsync() => Task.CompletedTask;
            public Task<bool> AskAsync() => Task.FromResult(true);
            public Task RunAsync() => Task.CompletedTask;
            public Task RetryAsync(HookNext next) => next();
            public bool Matches(Exception e) => Is;
            public IEnumerable<string> Lines => [];
            public Task<IAsyncDisposable> TakeAsync() => throw new NotSupportedException();
            public IDisposable Open() => throw new NotSupportedException();
        }

        """;

    private static Task Body(string body) => Check(Hook("AroundBatchRunningAsync", body));

    private static string Hook(string name, string body) => $"async Task {name}(BatchContext batch, HookNext next, Log log) {{ {body} }}";

    private static Task Check(string member) => Harness.Rules.Check(Log + $"[HookHandler] public static partial class Hooks {{ static {member} }}");
}
