using Drip.Generated;
using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Hooks;

/// <summary>Generated dispatch, loaded and run.</summary>
public sealed class HookCalls
{
    private static readonly Loaded s_output = Loaded.Of("""
        namespace Shop;

        [Model] public partial record Row(long Id);

        public sealed class Log
        {
            public List<string> Lines { get; } = [];
            public static Log New => new();
        }

        public abstract class JobBase
        {
            protected static void BeforeRunRunning(Log log, RunContext run) => log.Lines.Add($"before {run.Status}");
            protected virtual Task AfterRunFailedAsync(Log log) => throw new NotSupportedException();
        }

        [Backfill]
        public partial class Job : JobBase
        {
            Scope<Row> Scope() => Row.All;
            void ProcessElement(Row row) { }

            protected override Task AfterRunFailedAsync(Log log)
            {
                log.Lines.Add("after Failed");
                return Task.CompletedTask;
            }

            static async ValueTask AroundBatchRunningAsync(BatchContext batch, HookNext next, Log log, IFormatProvider? missing, CancellationToken ct)
            {
                log.Lines.Add($"around {batch.Number} {missing is null} {ct.CanBeCanceled}");
                await next();
                log.Lines.Add("around again");
            }
        }

        [Backfill] public partial class Plain { Scope<Row> Scope() => Row.All; void ProcessElement(Row row) { } }

        [HookHandler]
        public static partial class Hooks
        {
            public static Drip.Generated.IHookHandler Handler => __dripHookHandler;

            static void AfterRunCompleted(this RunContext run, Log log) => log.Lines.Add($"{run.Job} completed");
        }
        """);

    private readonly object _log = s_output.Static("Shop.Log", "New")!;

    private List<string> Lines => (List<string>)_log.GetType().GetProperty("Lines")!.GetValue(_log)!;

    [Fact]
    public void The_hooks_of_a_job_are_known_without_an_instance() => Assert.Equal(
        ["BeforeRunRunning", "AfterRunFailed", "AroundBatchRunning"], Names(Hooks("Job")));

    [Fact]
    public void A_job_without_hooks_has_none() => Assert.Equal(HookSet.None, Hooks("Plain"));

    [Fact]
    public async Task A_hook_is_called_with_what_it_takes()
    {
        await Call("Job", "BeforeRunRunning");
        await Call("Job", "AfterRunFailed");
        Assert.Equal(["before Running", "after Failed"], Lines);
    }

    [Fact]
    public async Task An_around_hook_goes_on_when_its_next_is_done()
    {
        var done = new TaskCompletionSource();
        var hook = Call("Job", "AroundBatchRunning", () => done.Task);
        Assert.Equal(["around 7 True True"], Lines);

        done.SetResult();
        await hook;
        Assert.Equal(["around 7 True True", "around again"], Lines);
    }

    [Theory]
    [InlineData("Job", "AfterRunCompleted", "Shop.Job has no hook AfterRunCompleted.")]
    [InlineData("Plain", "AfterRunCompleted", "Shop.Plain has no hook AfterRunCompleted.")]
    [InlineData("Plain", "AfterBatchCompleted", "Shop.Plain has no hook AfterBatchCompleted.")]
    public async Task A_hook_that_is_not_there_cannot_be_called(string job, string hook, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<InvalidOperationException>(() => Call(job, hook))).Message);

    [Fact]
    public async Task A_handler_calls_its_static_methods()
    {
        var handler = (IHookHandler)s_output.Static("Shop.Hooks", "Handler")!;
        Assert.Equal(["AfterRunCompleted"], Names(handler.Hooks));

        await handler.RunHookAsync(Point("AfterRunCompleted"), Jobs.Run(HookStatus.Completed), null, new Services(_log), CancellationToken.None);
        Assert.Equal(["job completed"], Lines);
    }

    [Fact]
    public async Task A_service_that_a_handler_lacks_is_named()
    {
        var handler = (IHookHandler)s_output.Static("Shop.Hooks", "Handler")!;
        var error = await Assert.ThrowsAsync<DripException>(async () =>
            await handler.RunHookAsync(Point("AfterRunCompleted"), Jobs.Run(HookStatus.Completed), null, new Services(), CancellationToken.None));
        Assert.Equal("The hook handler Shop.Hooks needs a service of type Shop.Log, and the host has none.", error.Message);
    }

    private static HookSet Hooks(string job) => (HookSet)Loaded.Call(typeof(Jobs), nameof(Jobs.Hooks), Types(job))!;

    private Task Call(string job, string hook, HookNext? next = null) =>
        (Task)Loaded.Call(typeof(Jobs), nameof(Jobs.CallHook), Types(job), _log, Point(hook), next)!;

    private static Type[] Types(string job) => [s_output.Type($"Shop.{job}"), s_output.Type("Shop.Row")];

    private static string[] Names(HookSet hooks) =>
        [.. Enumerable.Range(0, HookPoint.Count).Select(static value => new HookPoint(value)).Where(hooks.Contains).Select(static point => point.ToString())];

    private static HookPoint Point(string name) => HookPoint.TryParse(name)!.Value;
}
