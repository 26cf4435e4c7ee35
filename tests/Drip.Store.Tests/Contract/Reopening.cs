using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Stopped)]
    public async Task A_run_that_failed_or_was_stopped_waits_again_and_keeps_what_it_did(RunStatus status)
    {
        await HoldAsync();
        await ReleaseAsync(status, SomeError);

        var reopened = await Store.ReopenAsync("run0000001", "ann", Later);

        Assert.Equal(ARun(status: RunStatus.Enqueued) with { Epoch = 1, StartedAt = Noon, Counters = SomeCounters }, reopened);
        Assert.Equal(reopened, await Store.FindAsync("run0000001"));
        Assert.Equal(2, (await Store.ClaimAsync("run0000001", 1, ALease("me", Later)))!.Epoch);
    }

    [Theory]
    [InlineData(0, new[] { RunStatus.Stopped, RunStatus.Failed })]
    [InlineData(3, new[] { RunStatus.Stopped, RunStatus.Completed, RunStatus.Failed })]
    public async Task Only_runs_with_something_left_to_do_are_opened_again(int quarantined, RunStatus[] expected)
    {
        List<RunStatus> reopened = [];
        foreach (var status in Enum.GetValues<RunStatus>())
        {
            await Store.CreateAsync(ADistinctRun((int)status, status) with { Counters = SomeCounters with { Quarantined = quarantined } });
            if (await Store.ReopenAsync(Id((int)status), "ann", Later) is not null) reopened.Add(status);
            else Assert.Equal(status, (await Store.FindAsync(Id((int)status)))!.Status);
        }

        Assert.Equal(expected, reopened);
    }

    [Fact]
    public async Task A_run_is_not_opened_again_beside_another_that_is_not_over()
    {
        await Store.CreateAsync(ARun("first", status: RunStatus.Failed));
        await Store.CreateAsync(ARun("second"));

        var refused = await Assert.ThrowsAsync<DripException>(async () => await Store.ReopenAsync("first", "ann", Later));

        Assert.Equal((DripErrorKind.Busy, "already-running"), (refused.Kind, refused.Code));
        Assert.Contains("run second is enqueued", refused.Message);
        Assert.Equal(RunStatus.Failed, (await Store.FindAsync("first"))!.Status);
    }

    [Fact]
    public async Task A_run_with_other_options_is_not_in_the_way()
    {
        await Store.CreateAsync(ARun("first", status: RunStatus.Failed));
        await Store.CreateAsync(ARun("second") with { Limit = 10 });

        Assert.NotNull(await Store.ReopenAsync("first", "ann", Later));
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_not_opened_again() => Assert.Null(await Store.ReopenAsync("run0000001", "ann", Later));
}
