using Drip.Runtime.Tests.Producers.Harness;
using Drip.Tests.Time;

namespace Drip.Runtime.Tests.Producers;

public sealed class Conflicts
{
    [Fact]
    public async Task Two_steps_that_change_different_fields_of_a_record_both_have_their_way()
    {
        var (result, item) = await BothAsync(item => item with { Status = "left" }, item => item with { Note = "right" });

        Assert.True(result.Succeeded);
        Assert.Equal(("left", "right"), (item.Status, item.Note));
    }

    [Fact]
    public async Task The_later_of_two_that_change_one_field_fails_with_both_steps_and_both_values_named()
    {
        var (result, item) = await BothAsync(item => item with { Status = "left" }, item => item with { Status = "right" });

        Assert.Equal("left", item.Status);
        var failure = Assert.Single(result.Failures);
        Assert.Equal("Second", failure.Step);
        Assert.Contains("changed Item.Status of the record 1: P/First to 'left', P/Second to 'right'", failure.Error);
    }

    [Fact]
    public async Task The_later_one_may_try_again_and_sees_what_the_first_one_did()
    {
        var (result, item) = await BothAsync(item => item with { Status = item.Status + "+left" }, item => item with { Status = item.Status + "+right" }, new Make(Retries: 1));

        Assert.True(result.Succeeded);
        Assert.Equal("new+left+right", item.Status);
    }

    [Fact]
    public async Task By_policy_the_last_the_larger_the_smaller_or_the_sum_stays()
    {
        var (result, item) = await BothAsync(
            item => item with { Note = "left", Best = 7, Least = -7, Hits = item.Hits + 2 },
            item => item with { Note = "right", Best = 5, Least = -5, Hits = item.Hits + 3 });

        Assert.True(result.Succeeded);
        Assert.Equal(new Item(1, "new", "right", 7, -7, 5), item);
    }

    [Fact]
    public async Task A_step_alone_may_lower_what_else_the_larger_value_wins()
    {
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", call => call.Changes.Update(call.Store.Find<Item>(1)! with { Best = 1 }))).Make();

        await producer.RunAsync(new Item(1, "new", Best: 9));

        Assert.Equal(1, Assert.Single(producer.Items).Best);
    }

    [Fact]
    public async Task A_change_that_was_taken_back_meanwhile_is_a_conflict_too()
    {
        var second = new TaskCompletionSource();
        var producer = new Plans().Pipeline("P", steps => steps
            .StepAsync("Slow", async call =>
            {
                var item = call.Store.Find<Item>(1)!;
                await second.Task;
                call.Changes.Update(item with { Status = "slow" });
            }, [])
            .Step("There", call => call.Changes.Update(call.Store.Find<Item>(1)! with { Status = "there" }), [])
            .Step("Back", call => call.Changes.Update(call.Store.Find<Item>(1)! with { Status = "new" }), ["There"])
            .Step("Signal", _ => second.SetResult(), ["Back"])).Make();

        var result = await producer.RunAsync(new Item(1, "new"));

        Assert.Contains("P/Back to 'new', P/Slow to 'slow'", Assert.Single(result.Failures).Error);
    }

    [Fact]
    public async Task An_update_of_what_was_deleted_meanwhile_fails_and_names_who_deleted_it()
    {
        var deleted = new TaskCompletionSource();
        var producer = new Plans().Pipeline("P", steps => steps
            .StepAsync("Updates", async call =>
            {
                var item = call.Store.Find<Item>(1)!;
                await deleted.Task;
                call.Changes.Update(item with { Status = "late" });
            }, [])
            .Step("Deletes", call => call.Changes.Delete<Item>(1), [])
            .Step("Signal", _ => deleted.SetResult(), ["Deletes"])).Make();

        var result = await producer.RunAsync(new Item(1, "new"));

        Assert.Contains("P/Updates updates the Item with the id 1, which P/Deletes deleted in the meantime", Assert.Single(result.Failures).Error);
        Assert.Empty(producer.Items);
    }

    [Fact]
    public async Task Two_steps_that_delete_one_record_agree()
    {
        var met = new Barrier(2);
        void Delete(Call call)
        {
            Assert.True(met.SignalAndWait(TimeSpan.FromSeconds(30)));
            call.Changes.Delete<Item>(1);
        }

        var producer = new Plans().Pipeline("P", steps => steps.Step("A", Delete, []).Step("B", Delete, [])).Make();

        Assert.True((await producer.RunAsync(new Item(1, "new"))).Succeeded);
        Assert.Empty(producer.Items);
    }

    [Fact]
    public async Task The_later_of_two_that_create_one_id_fails_and_names_the_first()
    {
        var met = new Barrier(2);
        void Create(Call call)
        {
            call.Changes.Create(new Tag("one", ""));
            Assert.True(met.SignalAndWait(TimeSpan.FromSeconds(30)));
        }

        var producer = new Plans().Pipeline("P", steps => steps.Step("A", Create, []).Step("B", Create, [])).Make();

        var failure = Assert.Single((await producer.RunAsync()).Failures);

        Assert.Contains($"There is a Tag with the id one already; P/{(failure.Step == "A" ? "B" : "A")} created it", failure.Error);
    }

    // The first step ends, and is applied, while the second one has read and not yet written.
    private static async Task<(ProducerResult Result, Item Item)> BothAsync(Func<Item, Item> first, Func<Item, Item> second, Make? with = null)
    {
        var hasRead = new TaskCompletionSource();
        var firstEnded = new TaskCompletionSource();
        var producer = new Plans().Pipeline("P", steps => steps
            .StepAsync("First", async call =>
            {
                await hasRead.Task;
                call.Changes.Update(first(call.Store.Find<Item>(1)!));
            }, [])
            .StepAsync("Second", async call =>
            {
                var item = call.Store.Find<Item>(1)!;
                hasRead.TrySetResult();
                await firstEnded.Task;
                call.Changes.Update(second(item));
            }, [], with)).Make(new ProducerOptions
        {
            Time = new ManualTimeProvider { SkipsWaitsUpTo = TimeSpan.FromHours(1) },
            Observer = new Told
            {
                Ended = (step, _) =>
                {
                    if (step == "First") firstEnded.SetResult();
                },
            },
        });
        var result = await producer.RunAsync(new Item(1, "new"));
        return (result, producer.Items[0]);
    }
}
