using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

/// <summary>The examples of the document that producers are made after.</summary>
public sealed class SourceExamples
{
    [Fact]
    public async Task Two_steps_run_in_the_order_in_which_they_are_written()
    {
        var said = new List<string>();
        var producer = new Plans().Pipeline("P", steps => steps.Step("One", _ => said.Add("one")).Step("Two", _ => said.Add("two"))).Make();

        var result = await producer.RunAsync();

        Assert.Equal(["one", "two"], said);
        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task A_step_sees_what_the_one_before_it_created()
    {
        var producer = new Plans().Pipeline("P", steps => steps
            .Step("One", call => call.Changes.Create(new Item(1, "created")))
            .Step("Two", call => call.Changes.Update(call.Store.Find<Item>(1)! with { Status = "updated" }))).Make();

        await producer.RunAsync();

        Assert.Equal([new Item(1, "updated")], producer.Items);
    }

    [Fact]
    public async Task Steps_beside_each_other_pipelines_and_records_run_concurrently()
    {
        var together = new Barrier(5);
        void Meet(Call call) => Assert.True(together.SignalAndWait(TimeSpan.FromSeconds(30)));
        Task MeetAsync(Call call) => Task.Run(() => Meet(call));
        var producer = new Plans()
            .Pipeline("First", steps => steps
                .Step("One")
                .StepAsync("Two", MeetAsync, after: ["One"]).StepAsync("Three", MeetAsync, after: ["One"])
                .Step("Four", after: ["Two", "Three"]))
            .Pipeline("Second", steps => steps.StepAsync("Only", MeetAsync))
            .Each("Third", steps => steps.StepAsync("Process", async call =>
            {
                await MeetAsync(call);
                call.Changes.Update(call.Record with { Status = "processed" });
            })).Make();

        var result = await producer.RunAsync(new Item(1, "waiting"), new Item(2, "waiting"));

        Assert.True(result.Succeeded);
        Assert.All(producer.Items, item => Assert.Equal("processed", item.Status));
    }

    [Fact]
    public async Task Two_records_and_one_step_make_five_versions_and_the_fourth_holds_data_and_progress()
    {
        var producer = Processing().Make();

        await producer.RunAsync(new Item(1, "waiting"), new Item(2, "waiting"));

        Assert.Equal(5, producer.History.Count);
        var diff = producer.History[3].Diff;
        var data = diff.Single(delta => delta.Type == "Item");
        Assert.Equal([new FieldDelta("Status", "waiting", "processed")], data.Fields);
        var step = diff.Single(delta => delta.Type == "Step");
        Assert.Equal(StepOutcome.Succeeded, step.Fields.Single(field => field.Name == "Outcome").New);
        Assert.Contains(step.Fields, field => field.Name == "CompletedAt");
        Assert.Equal(2, diff.Count);
    }

    [Fact]
    public async Task A_run_from_a_version_picks_up_where_that_was_left_off()
    {
        var processed = new List<long>();
        var first = Processing().Make();
        await first.RunAsync(new Item(1, "waiting"), new Item(2, "waiting"));
        var done = first.History[3].Record!.Value.Number;

        var again = Processing(call => processed.Add(call.Record.Id)).From(first.History[3]);
        var result = await again.RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal([3 - done], processed);
        Assert.All(again.Items, item => Assert.Equal("processed", item.Status));
        Assert.Equal(5, again.History.Count);
    }

    [Fact]
    public async Task A_version_saved_to_a_file_is_gone_on_with_by_other_bodies()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "last-good-version.json");
        var first = Processing().Make();
        await first.RunAsync(new Item(1, "waiting"), new Item(2, "waiting"));
        await first.History[3].SaveAsync(file);

        var again = new Plans().Each("P", steps => steps.Step("Process", call => call.Changes.Update(call.Record with { Status = "by the new body" }))).From(file);
        await again.RunAsync();

        Assert.Equal(["by the new body", "processed"], again.Items.Select(item => item.Status).Order());
        Assert.Contains("\"Status\": \"processed\"", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Handlers_get_the_events_of_their_type_with_and_without_a_payload()
    {
        var heard = new List<string>();
        var producer = new Plans()
            .Pipeline("P", steps => steps.Step("Process", call =>
            {
                call.Stream.Push("some object");
                call.Stream.Push(1);
                call.Stream.Push(2);
                call.Stream.Push<DateTime>();
            }))
            .On<string>(payload => heard.Add($"started {payload}"))
            .On<int>(payload => heard.Add($"slept {payload}"))
            .On<DateTime>(_ => heard.Add("finished")).Make();

        await producer.RunAsync();

        Assert.Equal(["started some object", "slept 1", "slept 2", "finished"], heard);
    }

    [Fact]
    public async Task A_pipeline_stops_at_about_three_valid_records_and_others_begin_then()
    {
        var said = new List<string>();
        var producer = new Plans()
            .Each("One", steps => steps.Step("Process", call => call.Changes.Update(call.Record with { Status = "valid" })), concurrency: 2,
                open: call => call.Store.All<Item>().Count(item => item.Status == "valid") < 3, reads: [0])
            .Pipeline("Two", steps => steps.Step("Process", call => call.Changes.Create(new Tag("done", "yes"))),
                open: call => call.Store.All<Item>().Count(item => item.Status == "valid") >= 3, reads: [0])
            .Pipeline("Last", steps => steps.Step("Process", call => call.Stream.Push("all done")),
                open: call =>
                {
                    var isOpen = call.Store.Find<Tag>("done") is not null;
                    call.Stream.Push("last pipeline is now " + (isOpen ? "open" : "closed"));
                    return isOpen;
                },
                reads: [1])
            .On<string>(said.Add).Make();

        var result = await producer.RunAsync([.. Enumerable.Range(1, 5).Select(id => new Item(id, "new"))]);

        var valid = producer.Items.Count(item => item.Status == "valid");
        Assert.InRange(valid, 3, 4);
        Assert.True(result.Succeeded);
        Assert.Equal([new ClosedPipeline("One", 5 - valid)], result.Closed);
        Assert.Equal(["last pipeline is now closed", "last pipeline is now open", "all done"], said);
    }

    [Fact]
    public async Task A_step_that_throws_halts_its_record_and_is_on_record_with_class_message_and_stack()
    {
        var after = new List<long>();
        var producer = new Plans()
            .Each("P", steps => steps
                .Step("Process", call =>
                {
                    call.Changes.Update(call.Record with { Status = "half" });
                    if (call.Record.Id == 2) throw new InvalidOperationException("not this one");
                })
                .Step("After", call =>
                {
                    lock (after) after.Add(call.Record.Id);
                })).Make();

        var result = await producer.RunAsync(new Item(1, "new"), new Item(2, "new"), new Item(3, "new"));

        Assert.False(result.Succeeded);
        Assert.Equal(StepOutcome.Failed, result.Outcome);
        Assert.Equal([1L, 3L], after.Order());
        Assert.Equal("new", producer.Items[1].Status);
        var failure = Assert.Single(result.Failures);
        Assert.Equal(("P", "Process", new RecordId(2), 1), (failure.Pipeline, failure.Step, failure.Record, failure.Attempts));
        Assert.StartsWith("System.InvalidOperationException: not this one", failure.Error);
        Assert.Contains(nameof(SourceExamples), failure.Error);
        Assert.Equal((2L, 1L, 2L, 1L), (Count("Process", StepOutcome.Succeeded), Count("Process", StepOutcome.Failed), Count("After", StepOutcome.Succeeded), Count("After", StepOutcome.NotRun)));

        long Count(string step, StepOutcome outcome) => result.Steps.Where(count => count.Step == step && count.Outcome == outcome).Sum(count => count.Count);
    }

    [Fact]
    public async Task Initial_data_comes_by_records_by_a_store_or_by_a_block()
    {
        var byRecords = Processing().Make();
        await byRecords.RunAsync(new Item(1, "new"));
        var byStore = Processing().Make();
        await byStore.RunAsync(byRecords.Store);
        var byBlock = Processing().Make();
        await byBlock.RunAsync(changes =>
        {
            foreach (var status in (string[])["a", "b", "c"]) changes.Create(new Item(0, status));
        });

        Assert.Equal(byRecords.Items, byStore.Items);
        Assert.Equal([1L, 2L, 3L], byBlock.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task A_stream_of_ones_own_reaches_its_surroundings()
    {
        var outer = "something";
        var stream = new ProducerStream().On<string>(payload => outer = payload);
        var producer = new Plans().Pipeline("P", steps => steps.Step("Process", call => call.Stream.Push("something new"))).Make(new ProducerOptions { Stream = stream });

        await producer.RunAsync();

        Assert.Equal("something new", outer);
    }

    [Fact]
    public async Task A_producer_runs_with_no_data_at_all()
    {
        var result = await Processing().Make().RunAsync();

        Assert.Equal((true, 1L), (result.Succeeded, result.Versions));
    }

    private static Plans Processing(Action<Call>? also = null) => new Plans().Each("P", steps => steps.Step("Process", call =>
    {
        also?.Invoke(call);
        call.Changes.Update(call.Record with { Status = "processed" });
    }));
}
