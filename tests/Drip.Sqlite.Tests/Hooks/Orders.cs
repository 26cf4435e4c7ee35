using Drip.Jobs;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Store;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Tests.Hooks;

/// <summary>When the hooks of each status are called: before, around up to next(), the transition, around after next(), after.</summary>
public sealed class Orders
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_hook_of_a_run_that_completes_is_called_once_and_in_order(bool apart)
    {
        await using var bench = new HookBench(apart);

        var run = await bench.RunAsync();

        Assert.Equal((RunStatus.Completed, 5), (run.Status, run.Counters.Processed));
        Assert.Equal(
            [
                .. All("RunPending"), .. All("RunEnqueued"), .. All("RunRunning"),
                .. All("BatchPending"), .. All("BatchEnqueued"),
                "BeforeBatchRunning", "AroundBatchRunning", "batch", .. All("BatchCompleted"), "/AroundBatchRunning", "AfterBatchRunning",
                .. All("RunCompleted"),
            ],
            bench.Hooks.Calls);
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task A_store_in_memory_has_hooks_as_well()
    {
        await using var bench = new HookBench();
        bench.Bench.Store = new InMemoryStore();

        await bench.RunAsync();

        Assert.Equal(33, bench.Hooks.Calls.Length);
        Assert.Empty(await bench.OutboxAsync());
    }

    [Fact]
    public async Task A_run_is_told_of_as_it_is_when_the_status_is_entered()
    {
        await using var bench = new HookBench();

        var run = await bench.RunAsync();

        var contexts = bench.Hooks.Contexts.OfType<RunContext>().ToArray();
        Assert.Equal(
            [HookStatus.Pending, HookStatus.Enqueued, HookStatus.Running, HookStatus.Completed], contexts.Select(context => context.Status).Distinct());
        Assert.Equal(
            new RunContext(run.Id, "every-hook", HookStatus.Completed, "{}", null, 5, 5, 0, 1, 5, null, null), contexts[^1]);
        Assert.Equal(contexts[^2], contexts[^1]);
    }

    [Fact]
    public async Task A_batch_is_told_of_with_its_keys_and_its_size()
    {
        await using var bench = new HookBench();

        var run = await bench.RunAsync(batchSize: 3);

        var contexts = bench.Hooks.Contexts.OfType<BatchContext>().Distinct();
        Assert.Equal([(1L, null, "3", 3), (2L, "3", "5", 2)], contexts.Select(batch => (batch.Number, batch.From?.ToString(), batch.To.ToString(), batch.Size)));
        Assert.All(contexts, batch => Assert.Equal((run.Id, "every-hook"), (batch.RunId, batch.Job)));
    }

    [Fact]
    public async Task A_run_whose_row_fails_enters_failed_behind_its_failed_batch()
    {
        await using var bench = new HookBench();
        bench.Script.Batch = (batch, _) => batch.Rows.Any(item => item.Id == 4) ? throw new FormatException("4 is bad.") : Task.FromResult(batch.Size);

        var run = await bench.RunAsync();

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(All("BatchFailed"), bench.CallsOf("BatchFailed"));
        Assert.Equal(All("RunFailed"), bench.CallsOf("RunFailed"));
        Assert.Empty(bench.CallsOf("BatchCompleted"));
        Assert.Equal(["/AroundBatchRunning", "AfterBatchRunning", .. All("RunFailed")], bench.Hooks.Calls[^6..]);
        var failed = bench.Hooks.Contexts.OfType<RunContext>().Last();
        Assert.Equal(("System.FormatException", "4 is bad.", 1), (failed.ErrorType, failed.ErrorMessage, failed.Quarantined));
    }

    [Fact]
    public async Task A_batch_that_fails_as_a_whole_is_rolled_back_before_its_hooks_of_failed()
    {
        await using var bench = new HookBench();
        bench.Script.Batch = (_, _) => throw new DripException(DripErrorKind.Usage, "wrong", "It is wrong.", "Mend it.");
        bench.Hooks.On["BeforeBatchFailed"] = (_, _) =>
        {
            bench.Hooks.Add($"{bench.Bench.Ask<long>("SELECT sum(revision) FROM items")} touched");
            return Task.CompletedTask;
        };

        await Assert.ThrowsAsync<DripException>(() => bench.RunAsync());

        Assert.Equal(
            ["batch", "BeforeBatchFailed", "0 touched", "AroundBatchFailed", "/AroundBatchFailed", "AfterBatchFailed", .. All("RunFailed")],
            bench.Hooks.Calls[^10..]);
        Assert.DoesNotContain("AfterBatchRunning", bench.Hooks.Calls);
    }

    [Theory]
    [InlineData(RunRequestKind.Pause, "RunPaused", RunStatus.Paused)]
    [InlineData(RunRequestKind.Stop, "RunStopped", RunStatus.Stopped)]
    public async Task A_run_that_is_asked_to_leave_enters_what_it_was_asked_for(RunRequestKind kind, string hooks, RunStatus status)
    {
        await using var bench = new HookBench();
        var held = await bench.Bench.StartAsync("every-hook", batchSize: 2);

        var run = await bench.Bench.Engine().ExecuteAsync(held, progress =>
        {
            if (progress.Counters.Batches == 1) bench.Bench.Engine().AskAsync(held.Run.Id, kind, force: false, "ann").AsTask().GetAwaiter().GetResult();
        }, default, default);

        Assert.Equal(status, run.Status);
        Assert.Equal(All(hooks), bench.Hooks.Calls[^4..]);
    }

    [Fact]
    public async Task A_run_in_the_queue_that_is_stopped_enters_stopped_at_once()
    {
        await using var bench = new HookBench();
        var run = await bench.EnqueueAsync();

        await bench.Bench.Engine().AskAsync(run.Id, RunRequestKind.Stop, force: false, "ann");

        Assert.Equal([.. All("RunPending"), .. All("RunEnqueued"), .. All("RunStopped")], bench.Hooks.Calls);
    }

    [Fact]
    public async Task A_run_that_is_tried_again_enters_enqueued_and_running_again_and_pending_only_once()
    {
        await using var bench = new HookBench();
        bench.Fail("BeforeBatchRunning");
        var failed = await bench.RunAsync();
        bench.Mend();
        bench.Hooks.Clear();

        var held = await bench.Bench.Engine().TakeAsync(new TakeRequest(failed.Id, TakeKind.Retry));

        Assert.Equal([.. All("RunEnqueued"), .. All("RunRunning")], bench.Hooks.Calls);
        Assert.Equal(RunStatus.Completed, (await bench.Bench.ExecuteAsync(held)).Status);
    }

    [Fact]
    public async Task A_run_that_only_changes_its_worker_does_not_enter_running_again()
    {
        await using var bench = new HookBench();
        using var drain = new CancellationTokenSource();
        await drain.CancelAsync();
        var left = await bench.Bench.RunAsync("every-hook", drain: drain.Token);
        bench.Hooks.Clear();

        var run = await bench.RunAsync();

        Assert.Equal((left.Id, RunStatus.Completed), (run.Id, run.Status));
        Assert.Empty(bench.CallsOf("RunRunning"));
        Assert.Empty(bench.CallsOf("RunPending"));
    }

    [Fact]
    public async Task A_batch_that_is_told_to_leave_at_once_is_stopped()
    {
        await using var bench = new HookBench();
        using var abort = new CancellationTokenSource();
        bench.Script.Batch = async (_, stop) =>
        {
            await abort.CancelAsync();
            stop.ThrowIfCancellationRequested();
            return 0;
        };

        var run = await bench.RunAsync(abort: abort.Token);

        Assert.Equal(RunStatus.Running, run.Status);
        Assert.Equal(["batch", .. All("BatchStopped")], bench.Hooks.Calls[^5..]);
    }

    [Fact]
    public async Task A_batch_whose_disk_is_full_is_paused_with_its_run()
    {
        await using var bench = new HookBench();
        bench.Script.Batch = (_, _) => throw new SqliteException("full", 13);

        await Assert.ThrowsAsync<DripException>(() => bench.RunAsync());

        Assert.Equal(RunStatus.Paused, (await bench.OnlyRunAsync()).Status);
        Assert.Equal(["batch", .. All("BatchPaused"), .. All("RunPaused")], bench.Hooks.Calls[^9..]);
    }

    [Fact]
    public async Task Partitions_are_planned_inside_the_hook_around_running()
    {
        await using var bench = new HookBench();
        bench.Hooks.On["AroundRunRunning"] = async (next, _) =>
        {
            bench.Hooks.Add($"{bench.Bench.Ask<long>("SELECT count(*) FROM sqlite_master WHERE name = 'drip_cursor'")} tables");
            await next!();
            bench.Hooks.Add($"{bench.Bench.Ask<long>("SELECT count(*) FROM drip_cursor")} partitions");
        };

        await bench.Bench.StartAsync("every-hook");

        Assert.Equal(["BeforeRunRunning", "AroundRunRunning", "0 tables", "1 partitions", "/AroundRunRunning", "AfterRunRunning"], bench.Hooks.Calls[^6..]);
    }

    [Fact]
    public async Task After_hooks_of_a_batch_see_its_rows_committed_and_may_write()
    {
        await using var bench = new HookBench();
        bench.Hooks.On["AfterBatchCompleted"] = (_, _) =>
        {
            bench.Bench.Execute("UPDATE items SET name = 'seen' WHERE revision = 1");
            return Task.CompletedTask;
        };

        await bench.RunAsync();

        Assert.Equal(["seen"], bench.Bench.List<string>("SELECT DISTINCT name FROM items"));
    }

    private static string[] All(string status) => [$"Before{status}", $"Around{status}", $"/Around{status}", $"After{status}"];
}
