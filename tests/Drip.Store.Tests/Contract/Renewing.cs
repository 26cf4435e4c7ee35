using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task Renewing_makes_the_lease_longer_and_changes_nothing_else()
    {
        await HoldAsync();
        var held = await Store.FindAsync("run0000001");

        Assert.Equal(new BatchReceipt(true, null), await RenewAsync());

        Assert.Equal(held! with { LeaseUntil = Later.AddSeconds(30) }, await Store.FindAsync("run0000001"));
        Assert.Equal(["created", "started"], await KindsAsync());
    }

    [Theory]
    [InlineData(RunRequestKind.Pause)]
    [InlineData(RunRequestKind.Stop)]
    public async Task A_renewal_tells_what_was_asked_of_the_run(RunRequestKind kind)
    {
        await HoldAsync();
        await RequestAsync(kind);

        Assert.Equal(new BatchReceipt(true, kind), await RenewAsync());
    }

    [Fact]
    public async Task A_worker_that_lost_the_run_cannot_renew_its_lease()
    {
        await HoldAsync();
        var taken = await Store.ClaimAsync("run0000001", 1, ALease("other", Noon));

        Assert.False((await RenewAsync(epoch: 1)).Held);

        Assert.Equal(taken, await Store.FindAsync("run0000001"));
    }

    [Fact]
    public async Task A_renewal_that_comes_after_its_worker_left_the_run_is_lost()
    {
        await HoldAsync();
        await ReleaseAsync(RunStatus.Running);

        Assert.False((await RenewAsync()).Held);

        Assert.Null((await Store.FindAsync("run0000001"))!.LeaseUntil);
    }

    [Fact]
    public async Task Only_a_run_that_a_worker_has_has_a_lease_to_renew()
    {
        List<RunStatus> renewed = [];
        foreach (var status in Enum.GetValues<RunStatus>())
        {
            await Store.CreateAsync(ADistinctRun((int)status, status) with { Owner = "me" });
            if ((await Store.RenewAsync(Id((int)status), 0, ALease("me", Later))).Held) renewed.Add(status);
            else Assert.Null((await Store.FindAsync(Id((int)status)))!.LeaseUntil);
        }

        Assert.Equal([RunStatus.Running, RunStatus.Stopping], renewed);
    }

    [Fact]
    public async Task A_run_that_does_not_exist_has_no_lease_to_renew() => Assert.False((await RenewAsync()).Held);

    [Fact]
    public async Task A_batch_of_the_runs_worker_makes_its_lease_longer()
    {
        await HoldAsync();

        await Store.RecordBatchesAsync([ABatch(1)], SomeCounters, 1, leaseUntil: Later, transaction: null);

        Assert.Equal(Later, (await Store.FindAsync("run0000001"))!.LeaseUntil);
    }

    [Fact]
    public async Task A_batch_of_a_helper_leaves_the_lease_as_it_is()
    {
        await HoldAsync();

        await Store.RecordBatchesAsync([ABatch(1)], SomeCounters, 1, leaseUntil: null, transaction: null);

        Assert.Equal(Noon.AddSeconds(30), (await Store.FindAsync("run0000001"))!.LeaseUntil);
    }

    private ValueTask<BatchReceipt> RenewAsync(long epoch = 1) => Store.RenewAsync("run0000001", epoch, ALease("me", Later));
}
