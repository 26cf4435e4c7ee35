using Drip.Data;
using Drip.Generated;
using Drip.Hooks;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Store;

namespace Drip.Sqlite.Tests.Hooks;

/// <summary>After-hooks are called at least once, whatever fails and whoever dies.</summary>
public sealed class Deliveries
{
    private static readonly string Dead = (WorkerIdentity.Current with { ProcessId = int.MaxValue }).ToString();

    [Theory]
    [InlineData("AfterRunPending", false)]
    [InlineData("AfterRunEnqueued", false)]
    [InlineData("AfterRunRunning", false)]
    [InlineData("AfterRunCompleted", false)]
    [InlineData("AfterBatchPending", false)]
    [InlineData("AfterBatchEnqueued", false)]
    [InlineData("AfterBatchCompleted", false)]
    [InlineData("AfterBatchRunning", false)]
    [InlineData("AfterRunCompleted", true)]
    [InlineData("AfterBatchPending", true)]
    [InlineData("AfterBatchCompleted", true)]
    public async Task A_hook_that_fails_leaves_the_run_as_it_is_and_is_called_again_later(string hook, bool apart)
    {
        await using var bench = new HookBench(apart);
        bench.Fail(hook);

        var run = await bench.RunAsync();

        Assert.Equal((RunStatus.Completed, 5), (run.Status, run.Counters.Processed));
        var entry = Assert.Single(await bench.OutboxAsync());
        Assert.Equal((hook, 1, null, $"System.FormatException: {hook} is broken."), (entry.Point.ToString(), entry.Attempts, entry.Owner, entry.Error));
        Assert.Contains(RunEventKind.HookFailed, await bench.EventsAsync());

        bench.Mend();
        bench.Hooks.Clear();
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.DeliverAsync();

        Assert.Equal([hook], bench.Hooks.Calls);
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task A_hook_that_goes_on_failing_is_called_at_longer_and_longer_intervals_of_at_most_five_minutes()
    {
        await using var bench = new HookBench();
        bench.Fail("AfterRunCompleted");
        await bench.RunAsync();

        List<TimeSpan> waits = [];
        for (var tries = 1; tries <= 12; tries++)
        {
            var entry = Assert.Single(await bench.OutboxAsync());
            Assert.Equal(tries, entry.Attempts);
            waits.Add(entry.Due - bench.Time.GetUtcNow());
            bench.Time.Advance(waits[^1]);
            await bench.DeliverAsync();
        }

        var longest = Enumerable.Range(0, 12).Select(tries => Math.Min(300, Math.Pow(2, tries)));
        Assert.All(waits.Zip(longest), pair => Assert.InRange(pair.First.TotalSeconds, pair.Second / 2, pair.Second));
        Assert.Equal(4, (await bench.EventsAsync()).Count(kind => kind == RunEventKind.HookFailed));
    }

    [Fact]
    public async Task A_hook_that_failed_is_not_called_before_it_is_due()
    {
        await using var bench = new HookBench();
        bench.Fail("AfterRunCompleted");
        await bench.RunAsync();
        bench.Hooks.Clear();

        await bench.DeliverAsync();

        Assert.Empty(bench.Hooks.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hook_of_a_run_whose_worker_died_after_the_commit_is_called_by_another(bool apart)
    {
        await using var bench = new HookBench(apart);
        var run = await bench.EnqueueAsync();
        bench.Hooks.Clear();

        // As much as a worker does that dies before it calls the hook.
        var mask = HookSet.None.With(HookPoint.TryParse("AfterRunFailed")!.Value);
        await bench.Bench.Store.ClaimAsync(run.Id, 0, new LeaseClaim("worker", bench.Time.GetUtcNow(), TimeSpan.FromSeconds(30)) { Hooks = mask });
        await bench.Bench.Store.ReleaseAsync(run.Id, 1, RunStatus.Failed, RunCounters.Zero with { Scanned = 3 }, new RunError("Bad", "It is bad.", null, null), bench.Time.GetUtcNow());
        await bench.DeliverAsync();
        Assert.Empty(bench.Hooks.Calls);
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await bench.DeliverAsync();

        Assert.Equal(["AfterRunFailed"], bench.Hooks.Calls);
        Assert.Equal(
            new RunContext(run.Id, "every-hook", HookStatus.Failed, "{}", null, 3, 0, 0, 0, null, "Bad", "It is bad."), bench.Hooks.Contexts[^1]);
        Assert.Empty(await bench.OutboxAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hook_of_a_batch_whose_worker_died_after_the_commit_is_called_when_the_run_is_taken_up(bool apart)
    {
        await using var bench = new HookBench(apart);
        using var abort = new CancellationTokenSource();
        bench.Hooks.On["AfterBatchCompleted"] = async (_, stop) =>
        {
            await abort.CancelAsync();
            stop.ThrowIfCancellationRequested();
        };
        await bench.RunAsync(batchSize: 2, abort: abort.Token);
        Assert.Equal(["AfterBatchCompleted", "AfterBatchRunning"], (await bench.OutboxAsync()).Select(entry => entry.Point.ToString()).Order());
        bench.Mend();
        bench.Hooks.Clear();

        var run = await bench.RunAsync(batchSize: 2);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(6, bench.Hooks.Calls.Count(call => call is "AfterBatchCompleted" or "AfterBatchRunning"));
        Assert.Equal([1L, 2L, 3L], bench.Hooks.Contexts.OfType<BatchContext>().Select(batch => batch.Number).Distinct().Order());
        Assert.Equal([1], bench.Bench.List<int>("SELECT DISTINCT revision FROM items"));
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task A_hook_in_the_hands_of_a_dead_process_is_called_at_once()
    {
        await using var bench = new HookBench();
        bench.Fail("AfterRunCompleted");
        await bench.RunAsync();
        bench.Mend();
        bench.Hooks.Clear();
        var due = bench.Time.GetUtcNow().AddMinutes(1);
        Assert.True(await bench.Bench.Store.Outbox.ClaimAsync(Assert.Single(await bench.OutboxAsync()), Dead, due));

        await bench.DeliverAsync();

        Assert.Equal(["AfterRunCompleted"], bench.Hooks.Calls);
    }

    [Fact]
    public async Task A_hook_in_the_hands_of_a_living_process_is_left_to_it()
    {
        await using var bench = new HookBench();
        bench.Fail("AfterRunCompleted");
        await bench.RunAsync();
        bench.Mend();
        bench.Hooks.Clear();
        await bench.Bench.Store.Outbox.ClaimAsync(Assert.Single(await bench.OutboxAsync()), WorkerIdentity.Current.ToString(), bench.Time.GetUtcNow().AddMinutes(1));

        await bench.DeliverAsync();

        Assert.Empty(bench.Hooks.Calls);
    }

    [Fact]
    public async Task A_worker_that_waits_for_work_calls_hooks_that_are_due()
    {
        await using var bench = new HookBench();
        bench.Fail("AfterRunCompleted");
        await bench.RunAsync();
        bench.Mend();
        bench.Hooks.Clear();
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        await bench.Bench.Engine().WorkAsync(new Workers.WorkSettings(UntilIdle: true), null, default, default);

        Assert.Equal(["AfterRunCompleted"], bench.Hooks.Calls);
    }

    [Fact]
    public async Task The_next_run_calls_hooks_that_are_due()
    {
        await using var bench = new HookBench();
        bench.Fail("AfterRunCompleted");
        await bench.RunAsync();
        bench.Mend();
        bench.Hooks.Clear();
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        await bench.Bench.RunAsync("item-batches");

        Assert.Equal(["AfterRunCompleted"], bench.Hooks.Calls);
    }

    [Fact]
    public async Task A_run_keeps_its_hooks_in_the_queue_for_a_process_that_does_not_know_the_job()
    {
        await using var bench = new HookBench();
        var run = await bench.EnqueueAsync();
        bench.Hooks.Clear();

        await bench.Bench.Store.RequestAsync(run.Id, 0, RunRequestKind.Stop, ownerIsGone: false, force: false, "ann", bench.Time.GetUtcNow());

        Assert.Equal(["AfterRunStopped"], (await bench.OutboxAsync()).Select(entry => entry.Point.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_without_hooks_writes_no_outbox(bool apart)
    {
        await using var bench = new HookBench(apart);
        var run = await bench.RunAsync(job: "item-batches");

        Assert.Equal((RunStatus.Completed, HookSet.None), (run.Status, run.Hooks));
        Assert.Equal([RunEventKind.Created, RunEventKind.Started, RunEventKind.Completed], await bench.EventsAsync());
        Assert.Empty(await bench.Bench.Store.Outbox.ListAsync(run.Id));
        Assert.Equal(0, bench.Bench.Ask<long>("SELECT count(*) FROM sqlite_master WHERE name = 'drip_batch_outbox'"));
    }

    [Fact]
    public async Task A_job_whose_batches_have_only_before_and_around_hooks_writes_no_outbox()
    {
        await using var bench = new HookBench();

        Assert.Equal((RunStatus.Completed, 2), ((await bench.RunAsync(job: "only-around")).Status, bench.Hooks.Calls.Length));
        Assert.Equal(0, bench.Bench.Ask<long>("SELECT count(*) FROM sqlite_master WHERE name = 'drip_batch_outbox'"));
    }
}

/// <summary>A job whose batches have no after-hook.</summary>
[Backfill]
internal partial class OnlyAround(Script<Item> script, HookScript hooks)
{
    public Scope<Item> Scope() => script.Scope();

    public Task<int> ProcessBatchAsync(Batch<Item> batch, CancellationToken cancellationToken) => script.Batch(batch, cancellationToken);

    private async Task AroundBatchRunningAsync(BatchContext batch, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundBatchRunning", batch, next, stop);
}
