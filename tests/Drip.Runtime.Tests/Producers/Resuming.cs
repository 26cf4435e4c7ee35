using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

public sealed class Resuming
{
    private readonly List<string> _ran = [];

    [Fact]
    public async Task A_branch_runs_what_failed_and_what_did_not_run_and_nothing_else()
    {
        var isMended = false;
        Plans Make() => new Plans().Pipeline("P", steps => steps
            .Step("A", _ => _ran.Add("A"))
            .Step("B", _ =>
            {
                _ran.Add("B");
                if (!isMended) throw new IOException("broken");
            })
            .Step("C", _ => _ran.Add("C")));
        var first = Make().Make();
        Assert.Equal(StepOutcome.Failed, (await first.RunAsync()).Outcome);
        isMended = true;

        var second = Make().From(first.History[^1]);
        var result = await second.RunAsync();

        Assert.Equal(["A", "B", "B", "C"], _ran);
        Assert.Equal((true, 3L), (result.Succeeded, result.Count(StepOutcome.Succeeded)));
        Assert.Equal(first.History.Count + 2, second.History.Count);
        Assert.NotEqual(first.Run, second.Run);
    }

    [Fact]
    public async Task A_finished_pipeline_is_not_run_again_and_its_gate_is_not_asked()
    {
        var asked = 0;
        Plans Make() => new Plans().Pipeline("P", steps => steps.Step("S", _ => _ran.Add("S")), open: _ => ++asked > 0);
        var first = Make().Make();
        await first.RunAsync();

        var result = await Make().From(first.History[^1]).RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal((1, 1), (asked, _ran.Count));
    }

    [Fact]
    public async Task A_step_that_must_not_run_twice_and_whose_outcome_is_unknown_is_not_repeated_and_nothing_runs_after_it()
    {
        var first = Paying().Make();
        await first.RunAsync();
        var intent = first.History.Single(version => version.Kind == "intent");
        _ran.Clear();

        var second = Paying().From(intent);
        var result = await second.RunAsync();

        Assert.Equal(["Beside"], _ran);
        Assert.Equal(StepOutcome.Unknown, result.Outcome);
        Assert.Equal(new UnknownStep("P", "Pay", null), Assert.Single(result.Unknown));
        Assert.Contains("P waits for Pay, whose outcome is unknown", Assert.Single(result.Stalled).Explanation);
    }

    [Fact]
    public async Task It_is_repeated_when_that_is_asked_for()
    {
        var first = Paying().Make();
        await first.RunAsync();
        var intent = first.History.Single(version => version.Kind == "intent");
        _ran.Clear();

        var result = await Paying().From(intent, new ProducerOptions { RepeatUnknown = true }).RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal(["After", "Beside", "Pay"], _ran.Order());
    }

    [Fact]
    public async Task A_version_with_a_step_that_the_producer_does_not_have_is_refused_with_its_name()
    {
        var first = new Plans().Pipeline("P", steps => steps.Step("Old")).Make();
        await first.RunAsync();

        var refusal = await Assert.ThrowsAsync<DripException>(() => new Plans().Pipeline("P", steps => steps.Step("New")).From(first.History[^1]).RunAsync());

        Assert.Contains("a step that under-test does not have: P/Old", refusal.Message);
        Assert.Contains("[Renamed", refusal.Remedy);
    }

    [Fact]
    public async Task A_renamed_step_is_known_by_its_former_name_in_a_version_and_in_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "state.json");
        var first = new Plans().Each("P", steps => steps.Step("Old")).Make();
        await first.RunAsync(new Item(1, "x"));
        await first.SaveAsync(file);
        Plans Renamed() => new Plans().Each("P", steps => steps.Step("New", _ => _ran.Add("New"), with: new Make { FormerNames = ["Old"] }));

        var second = Renamed().From(first.History[^1]);
        var byVersion = await second.RunAsync();
        var byFile = await Renamed().From(file).RunAsync();
        var third = await Renamed().From(second.History[^1]).RunAsync();

        Assert.Empty(_ran);
        Assert.All([byVersion, byFile, third], result => Assert.Equal((true, 1L), (result.Succeeded, result.Count(StepOutcome.Succeeded))));
    }

    [Fact]
    public async Task A_step_that_was_added_since_runs_for_records_that_had_finished()
    {
        var first = new Plans().Each("P", steps => steps.Step("One", _ => _ran.Add("One"))).Make();
        await first.RunAsync(new Item(1, "x"));

        var second = new Plans().Each("P", steps => steps.Step("One", _ => _ran.Add("One")).Step("Two", _ => _ran.Add("Two"))).From(first.History[^1]);
        var result = await second.RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal(["One", "Two"], _ran);
        Assert.Equal(["opened", "step"], second.History.Skip(3).Select(version => version.Kind));
    }

    [Fact]
    public async Task Until_a_step_only_it_and_those_before_it_run()
    {
        var result = await Diamond().Make(new ProducerOptions { Until = "P/Left" }).RunAsync();

        Assert.Equal(["First", "Left"], _ran);
        Assert.Equal((true, 2L, 0L), (result.Succeeded, result.Count(StepOutcome.Succeeded), result.Count(StepOutcome.NotRun)));
    }

    [Fact]
    public async Task Only_one_step_runs_and_what_it_needs_is_taken_as_it_is()
    {
        var producer = Diamond().Make(new ProducerOptions { Only = "Last" });
        var result = await producer.RunAsync();

        Assert.Equal(["Last"], _ran);
        Assert.True(result.Succeeded);

        await Diamond().From(producer.History[^1]).RunAsync();
        Assert.Equal(["First", "Last", "Left", "Other", "Right"], _ran.Order());
    }

    [Theory]
    [InlineData("Lst", "unknown-step", "Did you mean P/Last?")]
    [InlineData("P/Lasst", "unknown-step", "Did you mean P/Last?")]
    public async Task A_step_that_is_not_there_is_refused(string name, string code, string remedy)
    {
        var refusal = await Assert.ThrowsAsync<DripException>(() => Diamond().Make(new ProducerOptions { Only = name }).RunAsync());

        Assert.Equal(code, refusal.Code);
        if (name.Contains('/')) Assert.Equal(remedy, refusal.Remedy);
    }

    [Fact]
    public async Task A_branch_may_begin_with_a_change_of_its_own()
    {
        var first = new Plans().Each("P", steps => steps.Step("S", call => call.Changes.Update(call.Record with { Note = call.Record.Status }))).Make();
        await first.RunAsync(new Item(1, "a"));

        var second = new Plans().Each("P", steps => steps.Step("S", call => call.Changes.Update(call.Record with { Note = call.Record.Status }))).From(first.History[0]);
        await second.RunAsync(changes => changes.Update(new Item(1, "edited")));

        Assert.Equal("edited", Assert.Single(second.Items).Note);
        Assert.Equal(["initial", "initial", "opened", "step"], second.History.Select(version => version.Kind));
    }

    [Fact]
    public async Task A_version_of_another_producer_is_refused()
    {
        var first = new Plans { Name = "other" }.Pipeline("P", steps => steps.Step("S")).Make();
        await first.RunAsync();

        var refusal = await Assert.ThrowsAsync<DripException>(() => new Plans().Pipeline("P", steps => steps.Step("S")).From(first.History[0]).RunAsync());

        Assert.Equal("other-producer", refusal.Code);
    }

    private Plans Paying() => new Plans().Pipeline("P", steps => steps
        .Step("Pay", _ => Ran("Pay"), [], new Make(IsNonIdempotent: true))
        .Step("After", _ => Ran("After"), ["Pay"])
        .Step("Beside", _ => Ran("Beside"), []));

    private Plans Diamond() => new Plans()
        .Pipeline("P", steps => steps
            .Step("First", _ => Ran("First"))
            .Step("Left", _ => Ran("Left"), ["First"]).Step("Right", _ => Ran("Right"), ["First"])
            .Step("Last", _ => Ran("Last"), ["Left", "Right"]))
        .Pipeline("Other", steps => steps.Step("Other", _ => Ran("Other")));

    private void Ran(string step)
    {
        lock (_ran) _ran.Add(step);
    }
}
