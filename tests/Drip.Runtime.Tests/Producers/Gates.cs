using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

public sealed class Gates
{
    [Fact]
    public async Task A_pipeline_whose_gate_never_opens_is_closed_and_no_failure()
    {
        var producer = new Plans()
            .Pipeline("Runs", steps => steps.Step("S"))
            .Pipeline("Never", steps => steps.Step("S", _ => throw new IOException("must not run")), open: _ => false).Make();

        var result = await producer.RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal([new ClosedPipeline("Never", 0)], result.Closed);
        Assert.Equal((1L, 1L), (result.Count(StepOutcome.Closed), result.Count(StepOutcome.Succeeded)));
    }

    [Fact]
    public async Task A_run_in_which_no_gate_opens_is_closed_and_no_success()
    {
        var result = await new Plans().Pipeline("Never", steps => steps.Step("S"), open: _ => false).Make().RunAsync();

        Assert.Equal((StepOutcome.Closed, false), (result.Outcome, result.Succeeded));
    }

    [Fact]
    public async Task A_gate_that_closes_halts_the_pipeline_after_the_step_in_progress()
    {
        var producer = new Plans().Pipeline("P", steps => steps
            .Step("One", call => call.Changes.Create(new Tag("stop", "")))
            .Step("Two", _ => throw new IOException("must not run")), open: call => call.Store.Find<Tag>("stop") is null, reads: [1]).Make();

        var result = await producer.RunAsync();

        Assert.Equal(StepOutcome.Stalled, result.Outcome);
        Assert.Equal(new StalledPipeline("P", "P waits for its gate, which said no at version 2."), Assert.Single(result.Stalled));
        Assert.Equal((1L, 1L), (result.Count(StepOutcome.Succeeded), result.Count(StepOutcome.Closed)));
    }

    [Fact]
    public async Task A_gate_that_opens_again_lets_the_pipeline_go_on()
    {
        var order = new List<string>();
        var halted = new TaskCompletionSource();
        var producer = new Plans()
            .Pipeline("P", steps => steps
                .Step("One", call =>
                {
                    call.Changes.Create(new Tag("stop", ""));
                    order.Add("One");
                })
                .Step("Two", _ => order.Add("Two")),
                open: call =>
                {
                    var isOpen = call.Store.Find<Tag>("stop") is null;
                    if (!isOpen) halted.TrySetResult();
                    return isOpen;
                },
                reads: [1])
            .Pipeline("Other", steps => steps.StepAsync("Release", async call =>
            {
                await halted.Task;
                order.Add("Release");
            }).Step("Delete", call => call.Changes.Delete<Tag>("stop"))).Make();

        var result = await producer.RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal(["One", "Release", "Two"], order);
    }

    [Fact]
    public async Task A_gate_is_asked_again_only_when_a_model_that_it_reads_has_changed()
    {
        var asked = 0;
        var producer = new Plans()
            .Pipeline("Gated", steps => steps.Step("S"), open: _ => ++asked > 100, reads: [1])
            .Pipeline("Items", steps => steps.Step("A", call => call.Changes.Create(new Item(0, "a"))).Step("B", call => call.Changes.Create(new Item(0, "b"))))
            .Make(new ProducerOptions { Synchronous = true });

        await producer.RunAsync();

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_gate_that_throws_fails_its_pipeline_and_nothing_hangs()
    {
        var producer = new Plans()
            .Pipeline("Broken", steps => steps.Step("S", _ => throw new IOException("must not run")), open: _ => throw new InvalidOperationException("no answer"))
            .Pipeline("Other", steps => steps.Step("S")).Make();

        var result = await producer.RunAsync();

        Assert.Equal((StepOutcome.Failed, 1L), (result.Outcome, result.Count(StepOutcome.Succeeded)));
        var failure = Assert.Single(result.Failures);
        Assert.Equal(("Broken", StepFailure.Gate), (failure.Pipeline, failure.Step));
        Assert.Contains("no answer", failure.Error);
    }

    [Fact]
    public async Task A_gate_that_throws_after_a_step_halts_what_is_left()
    {
        var asked = 0;
        var producer = new Plans().Pipeline("P", steps => steps.Step("One").Step("Two", _ => throw new IOException("must not run")),
            open: _ => ++asked == 1 ? true : throw new InvalidOperationException("no answer")).Make();

        var result = await producer.RunAsync();

        Assert.Equal(StepOutcome.Failed, result.Outcome);
        Assert.Equal((1L, 1L), (result.Count(StepOutcome.Succeeded), result.Count(StepOutcome.NotRun)));
        Assert.Empty(result.Stalled);
    }

    [Fact]
    public async Task A_gate_that_reads_its_record_lets_some_records_begin_and_others_later()
    {
        var order = new List<long>();
        var producer = new Plans().Each("P", steps => steps.Step("S", call =>
            {
                lock (order) order.Add(call.Record.Id);
                // Each record lets the one before it begin.
                if (call.Store.Find<Item>(call.Record.Id - 1) is { } before) call.Changes.Update(before with { Status = "go" });
            }),
            concurrency: 2, open: call => call.Record.Status == "go", reads: [], readsRecord: true).Make();

        var result = await producer.RunAsync(new Item(1, "wait"), new Item(2, "wait"), new Item(3, "go"), new Item(10, "wait"));

        Assert.Equal([3L, 2L, 1L], order);
        Assert.True(result.Succeeded);
        Assert.Equal([new ClosedPipeline("P", 1)], result.Closed);
    }

    [Fact]
    public async Task A_record_that_its_gate_halts_makes_room_for_another_one()
    {
        var order = new List<string>();
        var producer = new Plans().Each("P", steps => steps
                .Step("One", call =>
                {
                    order.Add($"One {call.Record.Id}");
                    call.Changes.Update(call.Record with { Status = call.Record.Id == 1 ? "halt" : "go" });
                    if (call.Record.Id == 2) call.Changes.Update(call.Store.Find<Item>(1)! with { Status = "go" });
                })
                .Step("Two", call => order.Add($"Two {call.Record.Id}")),
            concurrency: 1, open: call => call.Record.Status == "go", reads: [0], readsRecord: true).Make();

        var result = await producer.RunAsync(new Item(1, "go"), new Item(2, "go"));

        Assert.True(result.Succeeded, string.Join(", ", order));
        Assert.Equal(["One 1", "One 2", "Two 1", "Two 2"], order.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_gate_changes_no_records()
    {
        var producer = new Plans().Pipeline("P", steps => steps.Step("S"), open: call =>
        {
            call.Changes.Create(new Tag("t", ""));
            return true;
        }).Make();

        Assert.Contains("A gate changes no records", Assert.Single((await producer.RunAsync()).Failures).Error);
    }

    [Fact]
    public async Task A_gate_that_throws_for_one_record_fails_that_record_only()
    {
        var producer = new Plans().Each("P", steps => steps.Step("S"),
            open: call => call.Record.Id != 2 ? true : throw new IOException("this one"), readsRecord: true).Make();

        var result = await producer.RunAsync(new Item(1, ""), new Item(2, ""), new Item(3, ""));

        Assert.Equal(new RecordId(2), Assert.Single(result.Failures).Record);
        Assert.Equal((2L, 1L), (result.Count(StepOutcome.Succeeded), result.Count(StepOutcome.NotRun)));
    }
}
