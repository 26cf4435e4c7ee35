using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    private static readonly string Worker = new WorkerIdentity("host", "boot", 12, "start").ToString();

    [Fact]
    public async Task The_life_of_a_run_is_told_in_order()
    {
        await Store.CreateAsync(ARun() with { CreatedBy = "ann" });
        await Store.ClaimAsync("run0000001", 0, ALease(Worker, Noon.AddSeconds(1)), "ann");
        await ReleaseAsync(RunStatus.Running);
        await Store.ClaimAsync("run0000001", 1, ALease(Worker, Noon.AddSeconds(2)));
        await RequestAsync(RunRequestKind.Pause, epoch: 2);
        await ReleaseAsync(RunStatus.Paused, epoch: 2);
        await Store.ClaimAsync("run0000001", 2, ALease(Worker, Noon.AddSeconds(3)), "bob");
        await RequestAsync(RunRequestKind.Stop, epoch: 3);
        await RequestAsync(RunRequestKind.Stop, epoch: 3, force: true);
        await Store.ReopenAsync("run0000001", "bob", Noon.AddSeconds(4));
        await Store.ClaimAsync("run0000001", 4, ALease(Worker, Noon.AddSeconds(5)), "bob");
        await ReleaseAsync(RunStatus.Failed, SomeError, epoch: 5);
        await Store.ReopenAsync("run0000001", "bob", Noon.AddSeconds(6));
        await Store.ClaimAsync("run0000001", 5, ALease(Worker, Noon.AddSeconds(7)), "bob");
        await ReleaseAsync(RunStatus.Completed, epoch: 6);

        var events = await Store.ListEventsAsync("run0000001");

        Assert.Equal(
            [
                "created | ann | ",
                "started | ann | by process 12 on host, at 0 rows",
                "left | process 12 on host | at 30 rows",
                "taken-up | process 12 on host | at 30 rows",
                "pause-requested | ann | process 12 on host finishes its batch",
                "paused | ann | at 30 rows",
                "resumed | bob | by process 12 on host, at 30 rows",
                "stop-requested | ann | process 12 on host finishes its batch",
                "stopped | ann | by force: process 12 on host is fenced off",
                "reopened | bob | was stopped",
                "started | bob | by process 12 on host, at 30 rows",
                "failed | process 12 on host | No digits in 'x'.",
                "reopened | bob | was failed",
                "started | bob | by process 12 on host, at 30 rows",
                "completed | process 12 on host | at 30 rows",
            ],
            events.Select(happened => $"{happened.Kind} | {happened.Who} | {happened.Detail}"));
        Assert.Equal(events.OrderBy(happened => happened.Id), events);
        Assert.Equal((Noon, Noon.AddSeconds(1), Later), (events[0].At, events[1].At, events[4].At));
    }

    [Fact]
    public async Task What_was_refused_is_no_event()
    {
        await HoldAsync();
        await Store.CreateAsync(ARun("second"));
        await Store.ClaimAsync("run0000001", 0, ALease("other", Noon));
        await ReleaseAsync(RunStatus.Completed, epoch: 7);
        await RequestAsync(RunRequestKind.Stop, epoch: 7);
        await Store.ReopenAsync("run0000001", "ann", Noon);

        Assert.Equal(["created", "started"], await KindsAsync());
        Assert.Empty(await Store.ListEventsAsync("second"));
    }

    [Fact]
    public async Task Events_are_listed_in_pages_and_for_one_run_only()
    {
        foreach (var id in (string[])["first", "second"])
        {
            await Store.CreateAsync(ARun(id, options: id));
            for (var epoch = 0; epoch < 4; epoch++) await Store.ClaimAsync(id, epoch, ALease("me", Noon));
        }

        var page = await Store.ListEventsAsync("second", limit: 3);
        var rest = await Store.ListEventsAsync("second", page[^1].Id);

        Assert.Equal(["created", "started", "taken-up"], page.Select(happened => happened.Kind));
        Assert.Equal(["taken-up", "taken-up"], rest.Select(happened => happened.Kind));
        Assert.All(page.Concat(rest), happened => Assert.Equal("second", happened.RunId));
    }

    [Fact]
    public async Task What_a_worker_writes_down_has_its_place_among_what_the_store_did()
    {
        await HoldAsync();
        await Store.LogAsync(new RunEvent(99, "run0000001", Later, RunEventKind.Quarantined, Worker, "3 rows"));
        await ReleaseAsync(RunStatus.Completed);

        var events = await Store.ListEventsAsync("run0000001");

        Assert.Equal(["created", "started", "quarantined", "completed"], events.Select(happened => happened.Kind));
        Assert.Equal(new RunEvent(events[2].Id, "run0000001", Later, "quarantined", Worker, "3 rows"), events[2]);
        Assert.Equal(events.OrderBy(happened => happened.Id), events);
    }

    [Fact]
    public async Task What_happened_to_a_run_that_does_not_exist_is_not_written_down()
    {
        await Store.LogAsync(new RunEvent(0, "run0000001", Later, RunEventKind.Joined, Worker, null));

        Assert.Empty(await Store.ListEventsAsync("run0000001"));
    }

    [Fact]
    public async Task A_run_that_does_not_exist_has_no_events() => Assert.Empty(await Store.ListEventsAsync("run0000001"));

    private async Task<string[]> KindsAsync() => [.. (await Store.ListEventsAsync("run0000001")).Select(happened => happened.Kind)];
}
