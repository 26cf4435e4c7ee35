using Drip.Jobs;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Hooks;

/// <summary>What becomes of runs and batches whose around-hooks do not call next().</summary>
public sealed class SkippedHooks
{
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
    public async Task A_batch_that_is_skipped_is_in_the_log_of_a_job_without_other_hooks()
    {
        await using var bench = new HookBench();
        bench.Skip("AroundBatchRunning");

        await Assert.ThrowsAsync<DripException>(() => bench.RunAsync(job: "only-around"));

        Assert.Equal([RunEventKind.HookSkipped, RunEventKind.Paused], (await bench.EventsAsync())[^2..]);
    }

    [Fact]
    public async Task A_run_in_the_queue_stays_there_where_a_hook_does_not_let_it_be_stopped()
    {
        await using var bench = new HookBench();
        var run = await bench.EnqueueAsync();
        bench.Skip("AroundRunStopped");

        var error = await Assert.ThrowsAsync<DripException>(() => bench.Bench.Engine().AskAsync(run.Id, RunRequestKind.Stop, force: false, "ann").AsTask());

        Assert.Equal(("hook-skipped", RunStatus.Enqueued), (error.Code, (await bench.OnlyRunAsync()).Status));
    }

    [Theory]
    [InlineData("AroundBatchFailed")]
    [InlineData("AroundRunFailed")]
    public async Task A_run_that_a_hook_does_not_let_fail_loses_no_row(string hook)
    {
        await using var bench = new HookBench();
        bench.Script.Batch = (batch, stop) => batch.Rows.Any(item => item.Id == 4) ? throw new FormatException("4 is bad.") : batch.UpdateAsync($"revision = revision + 1", stop);
        bench.Skip(hook);

        await Assert.ThrowsAsync<DripException>(() => bench.RunAsync());
        Assert.False((await bench.OnlyRunAsync()).Status.IsTerminal());
        bench.Mend();
        var failed = await bench.RunAsync();
        bench.Script.CountTouches();
        var run = await bench.Bench.ExecuteAsync(await bench.Bench.Engine().TakeAsync(new TakeRequest(failed.Id, TakeKind.Retry)));

        Assert.Equal((RunStatus.Failed, RunStatus.Completed), (failed.Status, run.Status));
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
}
