using Drip.Runtime.Tests.Producers.Harness;
using Drip.Tests.Time;

namespace Drip.Runtime.Tests.Producers;

public sealed class Cancelling
{
    private readonly CancellationTokenSource _cancellation = new();

    [Fact]
    public async Task A_cancelled_run_cancels_its_steps_and_counts_them_as_cancelled_not_failed()
    {
        var producer = new Plans().Pipeline("P", steps => steps
            .StepAsync("S", async call =>
            {
                call.Changes.Create(new Tag("half", ""));
                await _cancellation.CancelAsync();
                await Task.Delay(Timeout.Infinite, call.Token);
            })
            .Step("After")).Make();

        var result = await producer.RunAsync(cancellationToken: _cancellation.Token);

        Assert.Equal(StepOutcome.Cancelled, result.Outcome);
        Assert.Equal((1L, 1L, 0L), (result.Count(StepOutcome.Cancelled), result.Count(StepOutcome.NotRun), result.FailureCount));
        Assert.Null(producer.Store.Find<Tag>("half"));
    }

    [Fact]
    public async Task A_step_that_ends_well_all_the_same_is_applied_whole()
    {
        var producer = new Plans().Pipeline("P", steps => steps
            .Step("S", call =>
            {
                _cancellation.Cancel();
                call.Changes.Create(new Tag("whole", ""));
            })
            .Step("After")).Make();

        var result = await producer.RunAsync(cancellationToken: _cancellation.Token);

        Assert.Equal(StepOutcome.Cancelled, result.Outcome);
        Assert.NotNull(producer.Store.Find<Tag>("whole"));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_before_it_begins_runs_nothing()
    {
        await _cancellation.CancelAsync();
        var producer = new Plans().Each("P", steps => steps.Step("S", _ => throw new IOException("must not run"))).Make();

        var result = await producer.RunAsync((IEnumerable<object>)[new Item(1, "")], _cancellation.Token);

        Assert.Equal((StepOutcome.Cancelled, 1L, 1), (result.Outcome, result.Count(StepOutcome.NotRun), producer.History.Count));
    }

    [Fact]
    public async Task A_step_that_waits_for_its_next_try_is_cancelled_at_once()
    {
        var time = new ManualTimeProvider { Waiting = _ => _cancellation.CancelAsync() };
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", _ => throw new IOException("not yet"), with: new Make(Retries: 3))).Make(new ProducerOptions { Time = time });

        var result = await producer.RunAsync(cancellationToken: _cancellation.Token);

        Assert.Equal((StepOutcome.Cancelled, 1L), (result.Outcome, result.Count(StepOutcome.Cancelled)));
    }

    [Fact]
    public async Task What_was_cancelled_runs_again_in_a_branch()
    {
        var isSecond = false;
        var plans = new Plans().Each("P", steps => steps.StepAsync("S", async call =>
        {
            if (!isSecond && call.Record.Id == 2)
            {
                await _cancellation.CancelAsync();
                await Task.Delay(Timeout.Infinite, call.Token);
            }

            call.Changes.Update(call.Record with { Status = "done" });
        }), concurrency: 1);
        var first = plans.Make();
        await first.RunAsync((IEnumerable<object>)[new Item(1, ""), new Item(2, ""), new Item(3, "")], _cancellation.Token);

        isSecond = true;
        var second = plans.From(first.History[^1]);
        var result = await second.RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal(3, result.Count(StepOutcome.Succeeded));
        Assert.All(second.Items, item => Assert.Equal("done", item.Status));
    }

    [Fact]
    public async Task What_is_registered_with_the_token_may_throw()
    {
        var producer = new Plans().Pipeline("P", steps => steps.StepAsync("S", async call =>
        {
            call.Token.Register(() => throw new IOException("callback"));
            _ = Task.Run(_cancellation.Cancel);
            await Task.Delay(Timeout.Infinite, call.Token);
        })).Make();

        var result = await producer.RunAsync(cancellationToken: _cancellation.Token);

        Assert.Equal(StepOutcome.Cancelled, result.Outcome);
    }
}
