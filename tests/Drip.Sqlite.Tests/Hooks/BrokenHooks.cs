using Drip.Generated;
using Drip.Jobs;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Hooks;

/// <summary>What becomes of runs and batches whose hooks throw.</summary>
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
    public async Task A_run_in_the_queue_fails_where_a_hook_throws_before_it_is_stopped()
    {
        await using var bench = new HookBench();
        var run = await bench.EnqueueAsync();
        bench.Fail("BeforeRunStopped");

        var error = await Assert.ThrowsAsync<DripException>(() => bench.Bench.Engine().AskAsync(run.Id, RunRequestKind.Stop, force: false, "ann").AsTask());

        Assert.Equal("hook-failed", error.Code);
        Assert.Equal((RunStatus.Failed, "BeforeRunStopped is broken."), ((await bench.OnlyRunAsync()).Status, (await bench.OnlyRunAsync()).Error!.Message));
        Assert.Equal(4, bench.CallsOf("RunFailed").Length);
    }

    [Fact]
    public async Task A_row_that_fails_and_a_hook_of_failed_that_throws_fail_the_run_once()
    {
        await using var bench = new HookBench();
        bench.Script.Batch = (_, _) => throw new FormatException("All are bad.");
        bench.Fail("BeforeBatchFailed");

        var run = await bench.RunAsync();

        Assert.Equal((RunStatus.Failed, "BeforeBatchFailed is broken."), (run.Status, run.Error!.Message));
        Assert.Single(bench.Hooks.Calls, call => call == "BeforeBatchFailed");
        Assert.Equal(0, run.Counters.Quarantined);
    }

    [Fact]
    public async Task A_pending_run_whose_process_died_is_enqueued_by_the_next_run_of_the_job()
    {
        await using var bench = new HookBench();
        await bench.Bench.Store.MigrateAsync();
        await bench.Bench.Store.CreateAsync(new Run
        {
            Id = "run1",
            Job = "every-hook",
            Status = RunStatus.Pending,
            Options = "{}",
            BatchSize = 10,
            CreatedAt = bench.Time.GetUtcNow(),
            Hooks = HookSet.None.With(HookPoint.TryParse("AfterRunEnqueued")!.Value),
        });

        var run = await bench.RunAsync();

        Assert.Equal(("run1", RunStatus.Completed), (run.Id, run.Status));
        Assert.DoesNotContain("BeforeRunPending", bench.Hooks.Calls);
        Assert.Contains("AfterRunEnqueued", bench.Hooks.Calls);
    }

    [Fact]
    public async Task Partitions_walked_at_the_same_time_each_have_their_hooks()
    {
        await using var bench = new HookBench(rows: 400);
        await bench.Bench.Store.MigrateAsync();
        var options = Options.OptionParser.Parse(new JobRegistry().AddJobs().Find("every-hook").Info, new Dictionary<string, string?>());

        var run = await bench.Bench.ExecuteAsync(await bench.Bench.Engine().StartAsync(new RunRequest("every-hook", options) { BatchSize = 50, Partitions = 4 }));

        Assert.Equal((RunStatus.Completed, 400), (run.Status, run.Counters.Processed));
        Assert.Equal(run.Counters.Batches, bench.Hooks.Calls.Count(call => call == "AfterBatchCompleted"));
        Assert.Equal(run.Counters.Batches, bench.Hooks.Contexts.OfType<BatchContext>().Select(batch => (batch.Partition, batch.Number)).Distinct().Count());
        Assert.Empty(await bench.OutboxAsync());
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
