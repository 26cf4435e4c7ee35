using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

public sealed class RunningForEach
{
    [Fact]
    public async Task No_more_records_run_at_a_time_than_the_limit_says_and_they_begin_in_the_order_of_their_ids()
    {
        var running = 0;
        var most = 0;
        var begun = new List<long>();
        var producer = new Plans().Each("P", steps => steps.StepAsync("S", async call =>
        {
            lock (begun)
            {
                begun.Add(call.Record.Id);
                most = Math.Max(most, ++running);
            }

            await Task.Yield();
            await Task.Run(() => { });
            lock (begun) running--;
        }), concurrency: 3).Make(new ProducerOptions { Observer = new Told() });
        int[] ids = [5, 1, 9, 3, 7, 2, 8, 4, 10, 6];

        await producer.RunAsync([.. ids.Select(id => new Item(id, "new"))]);

        Assert.InRange(most, 1, 3);
        Assert.Equal(Enumerable.Range(1, 10).Select(id => (long)id), begun.Order());
        Assert.Equal(Enumerable.Range(1, 10), producer.History.Where(version => version.Kind == "opened").Select(version => (int)version.Record!.Value.Number));
    }

    [Fact]
    public async Task Without_a_limit_all_records_that_wait_for_something_run_at_once()
    {
        const int all = 500;
        var running = 0;
        var together = new TaskCompletionSource();
        var producer = new Plans().Each("P", steps => steps.StepAsync("S", async _ =>
        {
            if (Interlocked.Increment(ref running) == all) together.SetResult();
            await together.Task;
        })).Make();

        Assert.True((await producer.RunAsync([.. Enumerable.Range(1, all).Select(id => new Item(id, "new"))])).Succeeded);
    }

    [Fact]
    public async Task The_limit_of_the_options_holds_over_all_pipelines()
    {
        var running = 0;
        var most = 0;
        async Task Body(Call call)
        {
            var now = Interlocked.Increment(ref running);
            for (var seen = most; now > seen; seen = Interlocked.CompareExchange(ref most, now, seen))
            {
            }

            await Task.Yield();
            Interlocked.Decrement(ref running);
        }

        var producer = new Plans().Each("A", steps => steps.StepAsync("S", Body)).Each("B", steps => steps.StepAsync("S", Body)).Make(new ProducerOptions { Concurrency = 2 });

        var result = await producer.RunAsync([.. Enumerable.Range(1, 100).Select(id => new Item(id, "new"))]);

        Assert.Equal(200, result.Count(StepOutcome.Succeeded));
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Records_that_are_created_meanwhile_run_too_and_so_a_pipeline_can_go_round()
    {
        var producer = new Plans().Each("P", steps => steps.Step("S", call =>
        {
            if (call.Record.Id < 20) call.Changes.Create(new Item(0, "next"));
        })).Make();

        var result = await producer.RunAsync(new Item(1, "first"));

        Assert.Equal((20, 20L), (producer.Items.Count, result.Count(StepOutcome.Succeeded)));
    }

    [Fact]
    public async Task A_pipeline_that_creates_too_many_of_its_own_fails_there()
    {
        var producer = new Plans().Each("P", steps => steps.Step("S", call => call.Changes.Create(new Item(0, "next"))), maxCreated: 10).Make();

        var result = await producer.RunAsync(new Item(1, "first"));

        Assert.Equal(11, producer.Items.Count);
        Assert.Contains("would create more than 10 records of Item", Assert.Single(result.Failures).Error);
    }

    [Fact]
    public async Task A_record_that_was_deleted_while_it_waited_is_passed_by()
    {
        var ran = new List<long>();
        var producer = new Plans().Each("P", steps => steps.Step("S", call =>
        {
            ran.Add(call.Record.Id);
            if (call.Record.Id == 1) call.Changes.Delete<Item>(2);
        }), concurrency: 1).Make();

        var result = await producer.RunAsync(new Item(1, ""), new Item(2, ""), new Item(3, ""));

        Assert.Equal([1L, 3L], ran);
        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task The_steps_that_are_left_of_a_deleted_record_are_skipped()
    {
        var producer = new Plans().Each("P", steps => steps
            .Step("One", call => call.Changes.Delete(call.Record))
            .Step("Two", _ => throw new IOException("must not run"))).Make();

        var result = await producer.RunAsync(new Item(1, ""));

        Assert.Equal((StepOutcome.Skipped, 1L), (result.Outcome, result.Count(StepOutcome.Succeeded)));
        Assert.Contains(producer.History[^1].Diff.Single().Fields, field => field is { Name: "Error", New: "It was skipped because Item 1 was deleted." });
    }

    [Fact]
    public async Task A_pipeline_never_runs_twice_for_an_id_that_was_deleted_and_made_again()
    {
        var ran = 0;
        var producer = new Plans()
            .Each("P", steps => steps.Step("S", call =>
            {
                Interlocked.Increment(ref ran);
                call.Changes.Delete(call.Record);
                call.Changes.Create(new Tag("deleted", ""));
            }))
            .Pipeline("Again", steps => steps.Step("S", call => call.Changes.Create(new Item(1, "again"))), open: call => call.Store.Find<Tag>("deleted") is not null).Make();

        var result = await producer.RunAsync(new Item(1, "first"));

        Assert.True(result.Succeeded);
        Assert.Equal((1, "again"), (ran, Assert.Single(producer.Items).Status));
    }

    [Fact]
    public async Task What_a_step_says_it_is_doing_is_told()
    {
        var labels = new List<string>();
        var producer = new Plans().Each("P", steps => steps.Step("S", call => call.Label($"page {call.Record.Id}")), concurrency: 1)
            .Make(new ProducerOptions { Observer = new Told { Labelled = (step, text) => labels.Add($"{step}: {text}") } });

        await producer.RunAsync(new Item(2, ""), new Item(1, ""));

        Assert.Equal(["S: page 1", "S: page 2"], labels);
    }
}
