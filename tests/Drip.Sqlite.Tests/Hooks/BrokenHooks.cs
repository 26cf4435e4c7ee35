using Drip.Batches;
using Drip.Jobs;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Hooks;

/// <summary>What becomes of runs and batches whose hooks throw, or do not call next().</summary>
public sealed class BrokenHooks
{
    [Theory]
    [InlineData("BeforeRunPending")]
    [InlineData("AroundRunPending")]
    public async Task No_run_is_created_where_a_hook_of_pending_throws(string hook)
    {
        await using var bench = new HookBench();
        bench.Fail(hook);

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync());

        Assert.Equal((DripErrorKind.RunFailed, "hook-failed"), (error.Kind, error.Code));
        Assert.Contains($"{hook} failed: {hook} is broken.", error.Message);
        Assert.Empty(await bench.Bench.Store.ListAsync(new()));
    }

    [Theory]
    [InlineData("BeforeRunEnqueued")]
    [InlineData("AroundRunEnqueued")]
    [InlineData("BeforeRunRunning")]
    [InlineData("AroundRunRunning")]
    public async Task A_run_fails_with_what_a_hook_before_its_work_throws(string hook)
    {
        await using var bench = new HookBench();
        bench.Fail(hook);

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync());

        var run = await bench.OnlyRunAsync();
        Assert.Equal((DripErrorKind.RunFailed, "hook-failed"), (error.Kind, error.Code));
        Assert.Equal((RunStatus.Failed, "System.FormatException", $"{hook} is broken."), (run.Status, run.Error!.Type, run.Error.Message));
        Assert.NotNull(run.FinishedAt);
        Assert.Equal(4, bench.CallsOf("RunFailed").Length);
        Assert.Contains(RunEventKind.HookFailed, await bench.EventsAsync());
    }

    [Theory]
    [InlineData("BeforeRunCompleted")]
    [InlineData("AroundRunCompleted")]
    public async Task A_run_fails_with_what_a_hook_of_its_end_throws_and_keeps_its_rows(string hook)
    {
        await using var bench = new HookBench();
        bench.Fail(hook);

        var run = await bench.RunAsync();

        Assert.Equal((RunStatus.Failed, $"{hook} is broken."), (run.Status, run.Error!.Message));
        Assert.Equal(5, bench.Bench.Ask<long>("SELECT sum(revision) FROM items"));
        Assert.Equal(4, bench.CallsOf("RunFailed").Length);
    }

    [Theory]
    [InlineData("BeforeBatchPending")]
    [InlineData("AroundBatchPending")]
    [InlineData("BeforeBatchEnqueued")]
    [InlineData("AroundBatchEnqueued")]
    [InlineData("BeforeBatchRunning")]
    [InlineData("AroundBatchRunning")]
    [InlineData("BeforeBatchCompleted")]
    [InlineData("AroundBatchCompleted")]
    public async Task A_batch_is_rolled_back_and_its_run_fails_with_what_its_hook_throws_and_no_row_is_to_blame(string hook)
    {
        await using var bench = new HookBench();
        bench.Fail(hook);

        var run = await bench.RunAsync();

        Assert.Equal((RunStatus.Failed, "System.FormatException", $"{hook} is broken.", null), (run.Status, run.Error!.Type, run.Error.Message, run.Error.Element));
        Assert.Equal(0, run.Counters.Quarantined);
        Assert.Equal(0, bench.Bench.Ask<long>("SELECT sum(revision) FROM items"));
        Assert.Equal(1, bench.Hooks.Calls.Count(call => call == hook));
        Assert.Equal(RunStatus.Failed, Assert.Single(await bench.Bench.BatchesAsync(run)).Status);
        Assert.Contains($"{hook}: {hook} is broken.", await DetailsAsync(bench, RunEventKind.HookFailed));
    }

    [Fact]
    public async Task A_hook_that_throws_an_error_of_the_database_is_not_repeated_like_a_busy_database()
    {
        await using var bench = new HookBench();
        bench.Fail("BeforeBatchRunning", new Microsoft.Data.Sqlite.SqliteException("busy", 5));

        var run = await bench.RunAsync();

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Single(bench.Hooks.Calls, call => call == "BeforeBatchRunning");
    }

    [Fact]
    public async Task A_hook_may_throw_before_it_returns_its_task()
    {
        await using var bench = new HookBench();
        bench.Fail("BeforeRunCompleted", new InvalidOperationException("At once."));

        Assert.Equal("At once.", (await bench.RunAsync()).Error!.Message);
    }

    [Theory]
    [InlineData("BeforeRunFailed")]
    [InlineData("AroundRunFailed")]
    public async Task A_run_fails_with_its_own_error_whatever_the_hooks_of_failed_throw(string hook)
    {
        await using var bench = new HookBench();
        bench.Script.Batch = (_, _) => throw new InvalidDataException("The rows are bad.");
        bench.Fail(hook);

        var run = await bench.RunAsync();

        Assert.Equal((RunStatus.Failed, "The rows are bad."), (run.Status, run.Error!.Message));
        Assert.Contains("AfterRunFailed", bench.Hooks.Calls);
        Assert.Contains($"{hook}: {hook} is broken.", await DetailsAsync(bench, RunEventKind.HookFailed));
    }

    [Fact]
    public async Task What_hooks_throw_after_next_leaves_the_transition_as_it_is_and_is_written_down()
    {
        await using var bench = new HookBench();
        string[] hooks =
        [
            "AroundRunPending", "AroundRunEnqueued", "AroundRunRunning",
            "AroundBatchPending", "AroundBatchEnqueued", "AroundBatchCompleted", "AroundBatchRunning",
            "AroundRunCompleted",
        ];
        foreach (var hook in hooks) bench.FailAfterNext(hook);

        var run = await bench.RunAsync();

        Assert.Equal((RunStatus.Completed, 5), (run.Status, run.Counters.Processed));
        Assert.Equal(8, bench.Hooks.Calls.Count(call => call.StartsWith("After", StringComparison.Ordinal)));
        var details = await DetailsAsync(bench, RunEventKind.HookFailed);
        Assert.Equal(hooks, details.Select(detail => detail.Split(':')[0]));
    }

    [Fact]
    public async Task An_error_of_the_batch_stays_one_though_the_hook_around_it_swallows_it()
    {
        await using var bench = new HookBench();
        bench.Script.Batch = (_, _) => throw new InvalidDataException("The rows are bad.");
        bench.Hooks.On["AroundBatchRunning"] = async (next, _) =>
        {
            try
            {
                await next!();
            }
            catch (InvalidDataException)
            {
                bench.Hooks.Add("swallowed");
            }
        };

        var run = await bench.RunAsync();

        Assert.Equal((RunStatus.Failed, "The rows are bad."), (run.Status, run.Error!.Message));
        Assert.Contains("swallowed", bench.Hooks.Calls);
    }

    [Fact]
    public async Task Next_does_nothing_when_it_is_called_again()
    {
        await using var bench = new HookBench();
        bench.Hooks.On["AroundBatchRunning"] = async (next, _) =>
        {
            await next!();
            await next();
        };

        Assert.Equal((RunStatus.Completed, 1), ((await bench.RunAsync()).Status, bench.Hooks.Calls.Count(call => call == "batch")));
    }

    [Fact]
    public async Task Next_is_refused_after_the_hook_has_returned()
    {
        await using var bench = new HookBench();
        HookNext? kept = null;
        bench.Hooks.On["AroundRunCompleted"] = (next, _) =>
        {
            kept = next;
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<DripException>(() => bench.RunAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(() => kept!());

        Assert.Equal(RunStatus.Running, (await bench.OnlyRunAsync()).Status);
    }

    [Fact]
    public async Task A_hook_that_does_not_wait_for_next_is_waited_for()
    {
        await using var bench = new HookBench();
        bench.Hooks.On["AroundBatchRunning"] = (next, stop) =>
        {
            _ = next!();
            return Task.CompletedTask;
        };

        Assert.Equal((RunStatus.Completed, 5), ((await bench.RunAsync()).Status, bench.Bench.Ask<int>("SELECT sum(revision) FROM items")));
    }

    [Fact]
    public async Task No_run_is_created_where_a_hook_does_not_let_it_become_pending()
    {
        await using var bench = new HookBench();
        bench.Skip("AroundRunPending");

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync());

        Assert.Equal((DripErrorKind.Paused, "hook-skipped"), (error.Kind, error.Code));
        Assert.Empty(await bench.Bench.Store.ListAsync(new()));
        Assert.DoesNotContain("AfterRunPending", bench.Hooks.Calls);
    }

    [Theory]
    [InlineData("AroundRunEnqueued", RunStatus.Pending)]
    [InlineData("AroundRunRunning", RunStatus.Enqueued)]
    [InlineData("AroundRunCompleted", RunStatus.Running)]
    public async Task A_run_stays_as_it_is_where_a_hook_does_not_let_it_pass_and_goes_on_when_it_does(string hook, RunStatus status)
    {
        await using var bench = new HookBench();
        bench.Skip(hook);
        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync());
        var run = await bench.OnlyRunAsync();

        Assert.Equal((DripErrorKind.Paused, "hook-skipped"), (error.Kind, error.Code));
        Assert.Equal((status, null, null), (run.Status, run.Owner, run.LeaseUntil));
        Assert.DoesNotContain(hook.Replace("Around", "After"), bench.Hooks.Calls);
        Assert.Contains(RunEventKind.HookSkipped, await bench.EventsAsync());

        bench.Mend();
        var held = await bench.Bench.Engine().TakeAsync(new TakeRequest(run.Id, TakeKind.Resume));
        Assert.Equal((run.Id, RunStatus.Completed), (held.Run.Id, (await bench.Bench.ExecuteAsync(held)).Status));
        Assert.Equal([1], bench.Bench.List<int>("SELECT DISTINCT revision FROM items"));
        Assert.Single(bench.Hooks.Calls, call => call == "BeforeRunPending");
    }

    [Theory]
    [InlineData(RunRequestKind.Pause, "AroundRunPaused", RunStatus.Running)]
    [InlineData(RunRequestKind.Stop, "AroundRunStopped", RunStatus.Stopping)]
    public async Task A_run_that_a_hook_does_not_let_leave_is_nobodys_and_what_was_asked_of_it_holds(RunRequestKind kind, string hook, RunStatus status)
    {
        await using var bench = new HookBench();
        bench.Skip(hook);
        var held = await bench.Bench.StartAsync("every-hook", batchSize: 2);

        var error = await Assert.ThrowsAsync<DripException>(() => bench.Bench.Engine().ExecuteAsync(held, progress =>
        {
            if (progress.Counters.Batches == 1) bench.Bench.Engine().AskAsync(held.Run.Id, kind, force: false, "ann").AsTask().GetAwaiter().GetResult();
        }, default, default));

        var run = await bench.OnlyRunAsync();
        Assert.Equal("hook-skipped", error.Code);
        Assert.Equal((status, null, kind), (run.Status, run.Owner, run.Request));
        Assert.Equal(4, run.Counters.Scanned);
    }

    [Theory]
    [InlineData("AroundBatchPending")]
    [InlineData("AroundBatchEnqueued")]
    [InlineData("AroundBatchRunning")]
    [InlineData("AroundBatchCompleted")]
    public async Task A_batch_that_its_hook_does_not_let_pass_is_rolled_back_and_its_run_is_paused(string hook)
    {
        await using var bench = new HookBench();
        bench.Skip(hook);

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync());

        var run = await bench.OnlyRunAsync();
        Assert.Equal("hook-skipped", error.Code);
        Assert.Equal((RunStatus.Paused, null), (run.Status, run.Request));
        Assert.Equal((0, 0), (bench.Bench.Ask<int>("SELECT sum(revision) FROM items"), run.Counters.Scanned));
        Assert.Contains(RunEventKind.HookSkipped, await bench.EventsAsync());

        bench.Mend();
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync()).Status);
        Assert.Equal([1], bench.Bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Fact]
    public async Task A_worker_that_is_to_leave_when_idle_leaves_a_run_that_a_hook_holds_back()
    {
        await using var bench = new HookBench();
        bench.Skip("AroundRunRunning");
        await bench.EnqueueAsync();

        await bench.Bench.Engine().WorkAsync(new Workers.WorkSettings(UntilIdle: true), null, default, default);

        Assert.Equal(RunStatus.Enqueued, (await bench.OnlyRunAsync()).Status);
        Assert.Single(bench.Hooks.Calls, call => call == "AroundRunRunning");
    }

    [Fact]
    public async Task A_run_that_was_over_stays_so_where_a_hook_throws_before_it_is_enqueued_again()
    {
        await using var bench = new HookBench();
        bench.Fail("BeforeBatchRunning");
        var failed = await bench.RunAsync();
        bench.Fail("BeforeRunEnqueued");

        var error = await Assert.ThrowsAsync<DripException>(async () => await bench.Bench.Engine().TakeAsync(new TakeRequest(failed.Id, TakeKind.Retry)));

        Assert.Equal("hook-failed", error.Code);
        Assert.Equal("BeforeBatchRunning is broken.", (await bench.OnlyRunAsync()).Error!.Message);
    }

    [Fact]
    public async Task Rows_that_fail_are_put_aside_though_the_batch_has_hooks()
    {
        await using var bench = new HookBench();
        bench.Script.Batch = (batch, stop) => batch.Rows.Any(item => item.Id == 4) ? throw new FormatException("4 is bad.") : batch.UpdateAsync($"revision = 1", stop);

        var failed = await bench.RunAsync();
        Assert.Equal((1, 4), (failed.Counters.Quarantined, bench.Bench.Ask<int>("SELECT sum(revision) FROM items")));
        bench.Script.CountTouches();
        bench.Hooks.Clear();
        var run = await bench.Bench.ExecuteAsync(await bench.Bench.Engine().TakeAsync(new TakeRequest(failed.Id, TakeKind.Retry)));

        Assert.Equal((RunStatus.Completed, 0, 5), (run.Status, run.Counters.Quarantined, bench.Bench.Ask<int>("SELECT sum(revision) FROM items")));
        Assert.Contains("AfterBatchCompleted", bench.Hooks.Calls);
    }

    private static async Task<string[]> DetailsAsync(HookBench bench, string kind) =>
        [.. (await bench.Bench.Store.ListEventsAsync((await bench.OnlyRunAsync()).Id)).Where(happened => happened.Kind == kind).Select(happened => happened.Detail!)];
}
