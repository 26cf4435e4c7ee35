using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

public sealed class Records
{
    [Fact]
    public async Task A_step_sees_the_records_as_they_were_when_it_was_started()
    {
        var seen = new List<string>();
        var hasRead = new TaskCompletionSource();
        var changed = new TaskCompletionSource();
        var producer = new Plans().Pipeline("P", steps => steps
            .StepAsync("Reads", async call =>
            {
                seen.Add(call.Store.Find<Item>(1)!.Status);
                hasRead.SetResult();
                await changed.Task;
                seen.Add(call.Store.Find<Item>(1)!.Status);
                seen.Add(string.Join(",", call.Store.All<Item>().Select(item => item.Id)));
                seen.Add(call.Store.All<Item>().Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
                seen.Add($"{call.Store.Find<Item>(3)}");
            }, [])
            .StepAsync("Changes", async call =>
            {
                await hasRead.Task;
                call.Changes.Update(new Item(1, "changed"));
                call.Changes.Delete<Item>(2);
                call.Changes.Create(new Item(3, "created"));
            }, [])
            .Step("Recreates", call => call.Changes.Create(new Item(2, "again")), ["Changes"])
            .Step("Signal", _ => changed.SetResult(), ["Recreates"])).Make(storage: new TestStorage());

        var result = await producer.RunAsync(new Item(2, "two"), new Item(1, "one"));

        Assert.True(result.Succeeded);
        Assert.Equal(["one", "one", "2,1", "2", ""], seen);
        Assert.Equal([1L, 3L, 2L], producer.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task A_record_without_an_id_gets_one_of_its_kind_and_the_number_after_the_largest()
    {
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", call =>
        {
            Assert.Equal(42, call.Changes.Create(new Item(0, "next")).Id);
            Assert.Equal(43, call.Changes.Create(new Item(0, "next")).Id);
            var tag = call.Changes.Create(new Tag("", "text"));
            Assert.True(Guid.TryParse(tag.Id, out _));
        })).Make();

        Assert.True((await producer.RunAsync(new Item(41, "first"))).Succeeded);
        Assert.Equal([41L, 42L, 43L], producer.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task Steps_that_run_at_the_same_time_never_share_a_number()
    {
        var producer = new Plans().Each("P", steps => steps.StepAsync("S", async call =>
        {
            var first = call.Changes.Create(new Item(0, "child"));
            await Task.Yield();
            call.Changes.Create(new Item(0, $"child {first.Id}"));
        }, with: null), maxCreated: 400).Make();

        var result = await producer.RunAsync([.. Enumerable.Range(1, 200).Select(id => new Item(id, "new"))]);

        Assert.Equal(600, producer.Items.Select(item => item.Id).Distinct().Count());
        Assert.DoesNotContain(result.Failures, failure => failure.Error.Contains("already"));
    }

    [Fact]
    public async Task A_try_that_failed_gives_its_numbers_back()
    {
        var tries = 0;
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", call =>
        {
            call.Changes.Create(new Item(0, "one"));
            if (++tries == 1) throw new IOException("once");
        }, with: new Make(Retries: 1) { Backoff = TimeSpan.Zero })).Make();

        await producer.RunAsync();

        Assert.Equal(1, Assert.Single(producer.Items).Id);
    }

    [Fact]
    public async Task One_step_may_change_a_record_several_times()
    {
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", call =>
        {
            var item = call.Store.Find<Item>(1)!;
            call.Changes.Update(item with { Status = "first" });
            call.Changes.Update(item with { Note = "second" });
            call.Changes.Update(item with { Hits = 5 });
            call.Changes.Update(item with { Hits = 7 });
            var made = call.Changes.Create(new Item(9, "made"));
            call.Changes.Update(made with { Status = "made and updated" });
            call.Changes.Create(new Item(10, "made"));
            call.Changes.Delete<Item>(10);
            call.Changes.Delete<Item>(2);
            call.Changes.Create(new Item(2, "made again"));
            call.Changes.Update(call.Store.Find<Item>(3)!);
        })).Make();

        var result = await producer.RunAsync(new Item(1, "new"), new Item(2, "new"), new Item(3, "same"));

        Assert.True(result.Succeeded, string.Join("\n", result.Failures));
        Assert.Equal([new Item(1, "first", "second", Hits: 7), new Item(2, "made again"), new Item(3, "same"), new Item(9, "made and updated")], producer.Items);
        Assert.Equal(4, producer.History[2].Diff.Count);
    }

    [Theory]
    [InlineData("create", "record-exists")]
    [InlineData("create twice", "record-exists")]
    [InlineData("update", "record-missing")]
    [InlineData("delete", "record-missing")]
    [InlineData("delete twice", "record-missing")]
    [InlineData("update deleted", "record-missing")]
    public async Task A_change_that_cannot_be_is_refused_where_it_is_asked_for(string what, string code)
    {
        var refused = "";
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", call => refused = Assert.Throws<DripException>(() =>
        {
            switch (what)
            {
                case "create": call.Changes.Create(new Item(1, "")); break;
                case "create twice":
                    call.Changes.Create(new Item(5, ""));
                    call.Changes.Create(new Item(5, ""));
                    break;
                case "update": call.Changes.Update(new Item(7, "")); break;
                case "delete": call.Changes.Delete<Item>(7); break;
                default:
                    call.Changes.Delete<Item>(1);
                    if (what == "delete twice") call.Changes.Delete<Item>(1);
                    else call.Changes.Update(new Item(1, "late"));
                    break;
            }
        }).Code)).Make();

        await producer.RunAsync(new Item(1, "new"));

        Assert.Equal(code, refused);
    }

    [Fact]
    public async Task Something_that_is_no_model_is_refused()
    {
        var producer = new Plans { Models = [Item.Plan] }.Pipeline("P", steps => steps.Step("S", call => call.Store.All<Tag>())).Make();

        Assert.Contains("Tag is not a model of this producer", Assert.Single((await producer.RunAsync()).Failures).Error);
        Assert.Equal("unknown-model", (await Assert.ThrowsAsync<DripException>(() => new Plans().Pipeline("P", steps => steps.Step("S")).Make().RunAsync((IEnumerable<object>)["text"]))).Code);
    }

    [Fact]
    public async Task Many_changes_in_one_step_are_found_by_their_ids()
    {
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", call =>
        {
            for (var id = 1; id <= 10_000; id++) call.Changes.Create(new Item(id, "new"));
            for (var id = 1; id <= 10_000; id += 2) call.Changes.Update(new Item(id, "updated"));
        })).Make();

        Assert.True((await producer.RunAsync()).Succeeded);
        Assert.Equal(5_000, producer.Items.Count(item => item.Status == "updated"));
    }
}
