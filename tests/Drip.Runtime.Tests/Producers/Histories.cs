using Drip.Producers.Versions;
using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

public sealed class Histories
{
    [Fact]
    public async Task Data_at_any_version_is_what_it_was_then()
    {
        var producer = await RunAsync();

        Assert.Empty(producer.History[1].Store.All<Item>());
        Assert.Equal([new Item(1, "created")], producer.History[2].Store.All<Item>());
        Assert.Equal("updated", producer.History[3].Store.Find<Item>(1)!.Status);
        Assert.Empty(producer.History[4].Store.All<Item>());
    }

    [Fact]
    public async Task A_diff_adds_up_what_happened_between_two_versions_in_either_direction()
    {
        var producer = await RunAsync();

        var there = Assert.Single(producer.History.Diff(2, 3), delta => delta.Type == "Item");
        var back = Assert.Single(producer.History.Diff(3, 2), delta => delta.Type == "Item");
        Assert.Equal([new FieldDelta("Status", "created", "updated")], there.Fields);
        Assert.Equal([new FieldDelta("Status", "updated", "created")], back.Fields);
        Assert.DoesNotContain(producer.History.Diff(1, 4), delta => delta.Type == "Item");
        Assert.Equal(RecordChangeKind.Delete, Assert.Single(producer.History.Diff(2, 4), delta => delta.Type == "Item").Kind);
        Assert.Equal(RecordChangeKind.Create, Assert.Single(producer.History.Diff(4, 2), delta => delta.Type == "Item").Kind);
        Assert.Empty(producer.History.Diff(3, 3));
    }

    [Fact]
    public async Task Blame_names_the_steps_that_set_a_field()
    {
        var producer = await RunAsync();

        var blames = producer.History.Blame<Item>(1, nameof(Item.Status));

        Assert.Equal(["Create null created", "Update created updated", "Delete updated null"],
            blames.Select(blame => $"{blame.Version.Step} {blame.Old ?? "null"} {blame.New ?? "null"}"));
        Assert.Equal(["Create", "Delete"], producer.History.Blame<Item>(1, nameof(Item.Note)).Select(blame => blame.Version.Step));
        Assert.Equal("unknown-member", Assert.Throws<DripException>(() => producer.History.Blame<Item>(1, "Nothing")).Code);
    }

    [Fact]
    public async Task A_branch_has_its_parents_versions_and_blames_their_steps()
    {
        var producer = await RunAsync();
        var branch = Plans().From(producer.History[2]);
        await branch.RunAsync();

        Assert.Equal(["initial", "opened", "step", "step", "step"], branch.History.Select(version => version.Kind));
        Assert.Equal([0L, 1, 2, 3, 4], branch.History.Select(version => version.Number));
        Assert.Equal(["Create", "Update", "Delete"], branch.History.Blame<Item>(1, nameof(Item.Status)).Select(blame => blame.Version.Step));
        Assert.Equal([new Item(1, "created")], branch.History[2].Store.All<Item>());
        Assert.Equal(5, producer.History.Count);
    }

    [Fact]
    public void Before_a_run_there_is_no_version_and_no_record()
    {
        var producer = Plans().Make();

        Assert.Empty(producer.History);
        Assert.Empty(producer.Items);
        Assert.Throws<ArgumentOutOfRangeException>(() => producer.History[0]);
    }

    private static Plans Plans() => new Plans().Pipeline("P", steps => steps
        .Step("Create", call => call.Changes.Create(new Item(1, "created")))
        .Step("Update", call => call.Changes.Update(call.Store.Find<Item>(1)! with { Status = "updated" }))
        .Step("Delete", call => call.Changes.Delete<Item>(1)));

    private static async Task<ProducerUnderTest> RunAsync()
    {
        var producer = Plans().Make();
        await producer.RunAsync();
        return producer;
    }
}
