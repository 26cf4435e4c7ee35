using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task Claiming_makes_a_run_the_workers_and_raises_its_epoch()
    {
        await Store.CreateAsync(ARun());

        var claimed = await Store.ClaimAsync("run0000001", 0, ALease("me", Noon.AddSeconds(1)));

        Assert.Equal(ARun(status: RunStatus.Running) with { Epoch = 1, Owner = "me", LeaseUntil = Noon.AddSeconds(31), StartedAt = Noon.AddSeconds(1) }, claimed);
        Assert.Equal(claimed, await Store.FindAsync("run0000001"));
    }

    [Fact]
    public async Task Claiming_again_keeps_the_first_start_and_forgets_the_error()
    {
        await Store.CreateAsync(ARun(status: RunStatus.Paused) with { StartedAt = Noon, Error = SomeError, Counters = SomeCounters, Epoch = 7 });

        var claimed = await Store.ClaimAsync("run0000001", 7, ALease("me", Noon.AddSeconds(1)));

        Assert.Equal(
            ARun(status: RunStatus.Running) with { StartedAt = Noon, Counters = SomeCounters, Epoch = 8, Owner = "me", LeaseUntil = Noon.AddSeconds(31) },
            claimed);
    }

    [Fact]
    public async Task Only_runs_that_wait_or_run_can_be_claimed()
    {
        List<RunStatus> claimed = [];
        foreach (var status in Enum.GetValues<RunStatus>())
        {
            var run = ADistinctRun((int)status, status);
            await Store.CreateAsync(run);
            if (await Store.ClaimAsync(run.Id, 0, ALease("me", Noon)) is not null) claimed.Add(status);
        }

        Assert.Equal([RunStatus.Enqueued, RunStatus.Running, RunStatus.Paused], claimed);
    }

    [Fact]
    public async Task Taking_a_run_from_another_worker_replaces_its_lease()
    {
        await HoldAsync();

        var taken = await Store.ClaimAsync("run0000001", 1, ALease("other", Noon.AddSeconds(-10)));

        Assert.Equal(("other", Noon.AddSeconds(20), 2), (taken!.Owner, taken.LeaseUntil, taken.Epoch));
    }

    [Fact]
    public async Task A_run_cannot_be_claimed_with_an_old_epoch()
    {
        await HoldAsync();

        Assert.Null(await Store.ClaimAsync("run0000001", 0, ALease("other", Noon)));
    }

    [Fact]
    public async Task A_run_that_does_not_exist_cannot_be_claimed() => Assert.Null(await Store.ClaimAsync("run0000001", 0, ALease("me", Noon)));

    [Fact]
    public async Task Of_sixteen_workers_that_claim_at_once_exactly_one_wins_each_epoch()
    {
        await Store.CreateAsync(ARun());

        for (var epoch = 0; epoch < 20; epoch++)
        {
            var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () => await Store.ClaimAsync("run0000001", epoch, ALease($"worker {worker}", Noon)))));

            var winner = Assert.Single(claims, claim => claim is not null);
            Assert.Equal(epoch + 1, winner!.Epoch);
            Assert.Equal(winner.Owner, (await Store.FindAsync("run0000001"))!.Owner);
        }
    }

    /// <summary>Makes the run and claims it: epoch 1.</summary>
    private async Task HoldAsync()
    {
        await Store.CreateAsync(ARun());
        Assert.NotNull(await Store.ClaimAsync("run0000001", 0, ALease("me", Noon)));
    }
}
