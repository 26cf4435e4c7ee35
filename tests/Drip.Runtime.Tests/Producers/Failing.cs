using Drip.Runtime.Tests.Producers.Harness;
using Drip.Tests.Time;

namespace Drip.Runtime.Tests.Producers;

public sealed class Failing
{
    private readonly ManualTimeProvider _time = new() { SkipsWaitsUpTo = TimeSpan.FromHours(1) };

    [Fact]
    public async Task A_step_is_tried_again_with_pauses_that_double()
    {
        var tries = 0;
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", call =>
        {
            call.Changes.Create(new Tag("try", "x"));
            if (++tries < 4) throw new IOException("not yet");
        }, with: new Make(Retries: 5) { Backoff = TimeSpan.FromSeconds(2) })).Make(new ProducerOptions { Time = _time });

        var result = await producer.RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal([2, 4, 8], _time.Waits.Select(wait => (int)wait.TotalSeconds));
        Assert.Equal(4, producer.History[2].Attempt);
        Assert.Equal(3, producer.History.Count);
    }

    [Fact]
    public async Task After_the_last_try_there_is_no_pause()
    {
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", _ => throw new IOException("never"), with: new Make(Retries: 2))).Make(new ProducerOptions { Time = _time });

        var result = await producer.RunAsync();

        Assert.Equal((2, 3), (_time.Waits.Count, Assert.Single(result.Failures).Attempts));
    }

    [Fact]
    public async Task A_step_that_ignores_its_token_has_failed_when_its_time_is_over_and_its_changes_are_dropped()
    {
        var time = new SteppedTimeProvider();
        var started = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var finished = new TaskCompletionSource();
        var token = default(CancellationToken);
        var producer = new Plans().Pipeline("P", steps => steps.StepAsync("Slow", async call =>
        {
            token = call.Token;
            call.Changes.Create(new Item(1, "too late"));
            started.SetResult();
            await goOn.Task;
            call.Changes.Create(new Item(2, "too late"));
            call.Stream.Push("too late");
            finished.SetResult();
        }, with: new Make { Timeout = TimeSpan.FromSeconds(30) })).Make(new ProducerOptions { Time = time });

        var run = producer.RunAsync();
        await started.Task;
        time.Advance(TimeSpan.FromSeconds(30));
        var result = await run;
        goOn.SetResult();
        await finished.Task;

        Assert.True(token.IsCancellationRequested);
        Assert.Contains("P/Slow did not end within its timeout of 00:00:30", Assert.Single(result.Failures).Error);
        Assert.Empty(producer.Items);
        Assert.Equal(3, producer.History.Count);
    }

    [Fact]
    public async Task A_timeout_is_tried_again_like_any_failure()
    {
        var time = new SteppedTimeProvider();
        var tries = 0;
        var producer = new Plans().Pipeline("P", steps => steps.StepAsync("Slow", async call =>
        {
            if (++tries > 1) return;
            // The clock goes on only when the step waits for its token.
            var cancelled = new TaskCompletionSource();
            call.Token.Register(cancelled.SetResult);
            _ = Task.Run(() => time.Advance(TimeSpan.FromSeconds(10)));
            await cancelled.Task;
            call.Token.ThrowIfCancellationRequested();
        }, with: new Make(Retries: 1) { Timeout = TimeSpan.FromSeconds(5), Backoff = TimeSpan.Zero })).Make(new ProducerOptions { Time = time });

        Assert.True((await producer.RunAsync()).Succeeded);
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task A_step_that_may_be_skipped_lets_the_next_ones_run()
    {
        var after = false;
        var producer = new Plans().Pipeline("P", steps => steps
            .Step("Optional", _ => throw new IOException("gone"), with: new Make(OnFailure: OnFailure.Skip))
            .Step("Next", _ => after = true)).Make();

        var result = await producer.RunAsync();

        Assert.True(after);
        Assert.Equal(StepOutcome.Skipped, result.Outcome);
        Assert.Equal(0, result.FailureCount);
    }

    [Fact]
    public async Task A_skip_that_cascades_passes_over_all_that_come_after_and_only_those()
    {
        var ran = new List<string>();
        var producer = new Plans().Pipeline("P", steps => steps
            .Step("A")
            .Step("B", _ => throw new IOException("gone"), ["A"], new Make(OnFailure: OnFailure.SkipCascade))
            .Step("C", _ => ran.Add("C"), ["A"])
            .Step("D", _ => ran.Add("D"), ["B", "C"])
            .Step("E", _ => ran.Add("E"), ["D"])
            .Step("F", _ => ran.Add("F"), ["C"])).Make(new ProducerOptions { Synchronous = true });

        var result = await producer.RunAsync();

        Assert.Equal(["C", "F"], ran);
        Assert.Equal((3L, 3L), (result.Count(StepOutcome.Skipped), result.Count(StepOutcome.Succeeded)));
        var skipped = producer.History.Single(version => version.Step == "B").Diff;
        Assert.Equal(["P/B", "P/D", "P/E"], skipped.Select(delta => delta.Id.Text!).Order());
    }

    [Fact]
    public async Task Of_parallel_steps_one_failure_lets_the_others_end_and_nothing_further_begin()
    {
        var failed = new TaskCompletionSource();
        var ran = new List<string>();
        var producer = new Plans().Pipeline("P", steps => steps
            .StepAsync("Fails", async _ =>
            {
                await Task.Yield();
                throw new IOException("gone");
            }, [])
            .StepAsync("Goes", async call =>
            {
                await failed.Task;
                call.Changes.Create(new Tag("t", "went on"));
            }, [])
            .Step("After", _ => ran.Add("After"), ["Goes"])).Make(new ProducerOptions { Observer = new Told { Ended = (step, outcome) => { if (step == "Fails") failed.SetResult(); } } });

        var result = await producer.RunAsync();

        Assert.Empty(ran);
        Assert.NotNull(producer.Store.Find<Tag>("t"));
        Assert.Equal((1L, 1L, 1L), (result.Count(StepOutcome.Failed), result.Count(StepOutcome.Succeeded), result.Count(StepOutcome.NotRun)));
    }

    [Fact]
    public async Task An_assertion_that_does_not_hold_fails_the_step()
    {
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", _ => Call.Assert(1 > 2, "one is not more than two"))).Make();

        var result = await producer.RunAsync();

        Assert.Contains("The assertion failed: one is not more than two", Assert.Single(result.Failures).Error);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", _ => throw new TaskCanceledException())).Make();

        Assert.Equal(StepOutcome.Failed, (await producer.RunAsync()).Outcome);
    }

    [Fact]
    public async Task Of_very_many_failures_a_hundred_are_told_and_the_others_counted()
    {
        var producer = new Plans().Each("P", steps => steps.Step("S", _ => throw new IOException("each"))).Make();

        var result = await producer.RunAsync([.. Enumerable.Range(1, 250).Select(id => new Item(id, "new"))]);

        Assert.Equal((100, 250L), (result.Failures.Count, result.FailureCount));
    }

    [Fact]
    public async Task A_producer_object_runs_once()
    {
        var producer = new Plans().Pipeline("P", steps => steps.Step("S")).Make();
        await producer.RunAsync();

        Assert.Equal("has-run", (await Assert.ThrowsAsync<DripException>(() => producer.RunAsync())).Code);
    }

    [Fact]
    public async Task A_producer_without_a_storage_says_that_it_can_only_run_in_memory()
    {
        var producer = new ProducerUnderTest(new Plans().Pipeline("P", steps => steps.Step("S")).Code(), new ProducerOptions(), null);

        Assert.Equal("no-version-storage", (await Assert.ThrowsAsync<DripException>(() => producer.RunAsync())).Code);
    }

    [Fact]
    public async Task What_the_initial_block_throws_is_thrown_by_the_run()
    {
        var producer = new Plans().Pipeline("P", steps => steps.Step("S")).Make();

        await Assert.ThrowsAsync<IOException>(() => producer.RunAsync(_ => throw new IOException("no data")));
    }
}
