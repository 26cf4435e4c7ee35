using Drip.Hooks;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Store;
using Drip.Tests.Time;

namespace Drip.Sqlite.Tests.Hooks;

/// <summary>A table of items, a job with every hook, a clock that stands still, and a store in the same file or in another.</summary>
internal sealed class HookBench : IAsyncDisposable
{
    public HookBench(bool apart = false, int rows = 5)
    {
        Bench = new Workbench(Item.TableOf(rows)) { Time = Time };
        if (apart) Bench.Store = new SqlStore(new SqliteStoreDatabase(Bench.Open(Bench.InFolder("store.db"))));
        Bench.Script<Item>().CountTouches();
        Bench.Services.Add(Hooks);
    }

    public Workbench Bench { get; }

    public ManualTimeProvider Time { get; } = new() { SkipsWaitsUpTo = TimeSpan.FromSeconds(20) };

    public HookScript Hooks { get; } = new();

    public Script<Item> Script => Bench.Script<Item>();

    public Task<Run> RunAsync(int batchSize = 10, CancellationToken abort = default, string job = "every-hook") => Bench.RunAsync(job, batchSize, abort: abort);

    public async Task<Run> EnqueueAsync(string job = "every-hook")
    {
        await Bench.Store.MigrateAsync();
        return await Bench.Engine().EnqueueAsync(new RunRequest(job, OptionParser.Parse(new JobRegistry().AddJobs().Find(job).Info, new Dictionary<string, string?>())));
    }

    public async Task<Run> OnlyRunAsync() => Assert.Single(await Bench.Store.ListAsync(new RunFilter()));

    public async Task<string[]> EventsAsync() =>
        [.. (await Bench.Store.ListEventsAsync((await OnlyRunAsync()).Id)).Select(happened => happened.Kind)];

    public async Task<IReadOnlyList<OutboxEntry>> OutboxAsync() => await Bench.Engine().ListOutboxAsync((await OnlyRunAsync()).Id);

    /// <summary>What happens on another engine that has nothing else to do.</summary>
    public Task DeliverAsync() => Bench.Engine().DeliverDueAsync(default);

    public void Fail(string hook, Exception? error = null) => Hooks.On[hook] = (_, _) => throw error ?? new FormatException($"{hook} is broken.");

    public void FailAfterNext(string hook) => Hooks.On[hook] = async (next, _) =>
    {
        await next!();
        throw new FormatException($"{hook} is broken.");
    };

    public void Skip(string hook) => Hooks.On[hook] = (_, _) => Task.CompletedTask;

    public void Mend() => Hooks.On.Clear();

    /// <summary>The calls whose hook is of this status.</summary>
    public string[] CallsOf(string status) => [.. Hooks.Calls.Where(call => call.EndsWith(status, StringComparison.Ordinal))];

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}
