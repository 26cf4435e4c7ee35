using Drip.Generated;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Hooks;

/// <summary>Which of two hooks of the same name is called: the job's own, else the host's, for each name by itself.</summary>
public sealed class Precedence
{
    [Fact]
    public async Task For_each_name_the_hook_of_the_job_comes_before_that_of_the_host()
    {
        await using var bench = new HookBench();
        bench.Bench.HookHandler = new Handler(bench.Hooks, "BeforeRunCompleted", "AfterRunCompleted", "BeforeBatchRunning", "AfterBatchCompleted");

        await bench.RunAsync(job: "own-after");

        Assert.Equal(["handler BeforeBatchRunning", "own AfterBatchCompleted", "handler BeforeRunCompleted", "own AfterRunCompleted"], bench.Hooks.Calls);
    }

    [Fact]
    public async Task The_hooks_of_the_host_are_called_for_a_job_that_has_none()
    {
        await using var bench = new HookBench();
        bench.Bench.HookHandler = new Handler(bench.Hooks, "AfterRunCompleted", "AfterBatchCompleted");

        await bench.RunAsync(job: "item-batches");

        Assert.Equal(["handler AfterBatchCompleted", "handler AfterRunCompleted"], bench.Hooks.Calls);
    }

    private sealed class Handler(HookScript script, params string[] names) : IHookHandler
    {
        public HookSet Hooks { get; } = names.Aggregate(HookSet.None, (set, name) => set.With(HookPoint.TryParse(name)!.Value));

        public ValueTask RunHookAsync(HookPoint point, RunContext run, HookNext? next, IServiceProvider services, CancellationToken cancellationToken) => Note(point);

        public ValueTask BatchHookAsync(HookPoint point, BatchContext batch, HookNext? next, IServiceProvider services, CancellationToken cancellationToken) => Note(point);

        private ValueTask Note(HookPoint point)
        {
            script.Add($"handler {point}");
            return default;
        }
    }
}

/// <summary>A job that has two hooks itself.</summary>
[Backfill]
internal partial class OwnAfter(Script<Item> script, HookScript hooks)
{
    public Scope<Item> Scope() => script.Scope();

    public Task<int> ProcessBatchAsync(Batch<Item> batch, CancellationToken cancellationToken) => script.Batch(batch, cancellationToken);

    private void AfterRunCompleted() => hooks.Add("own AfterRunCompleted");

    private void AfterBatchCompleted() => hooks.Add("own AfterBatchCompleted");
}
