using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task A_batch_is_recorded_together_with_the_counters()
    {
        await HoldAsync();
        var batch = ABatch(1) with { From = "(eu, 1)", To = "(eu, 9)" };

        Assert.Equal(new BatchReceipt(true, null), await RecordAsync(batch));

        Assert.Equal(batch, Assert.Single(await Store.ListBatchesAsync(new BatchFilter("run0000001"))));
        Assert.Equal(SomeCounters, (await Store.FindAsync("run0000001"))!.Counters);
    }

    [Fact]
    public async Task A_failed_batch_keeps_its_error_until_it_is_recorded_again()
    {
        await HoldAsync();
        var failed = ABatch(1, status: RunStatus.Failed, error: SomeError) with { To = null };
        await RecordAsync(failed);
        Assert.Equal(failed, Assert.Single(await Store.ListBatchesAsync(new BatchFilter("run0000001"))));

        await RecordAsync(ABatch(1));

        Assert.Equal(ABatch(1), Assert.Single(await Store.ListBatchesAsync(new BatchFilter("run0000001"))));
    }

    [Fact]
    public async Task A_worker_that_lost_the_run_records_nothing()
    {
        await HoldAsync();
        await Store.ClaimAsync("run0000001", 1, "other", Noon);

        Assert.False((await RecordAsync(ABatch(1), epoch: 1)).Held);

        Assert.Empty(await Store.ListBatchesAsync(new BatchFilter("run0000001")));
        Assert.Equal(RunCounters.Zero, (await Store.FindAsync("run0000001"))!.Counters);
    }

    [Theory]
    [InlineData(RunStatus.Paused)]
    [InlineData(RunStatus.Completed)]
    public async Task A_run_that_was_released_takes_no_more_batches(RunStatus status)
    {
        await HoldAsync();
        await ReleaseAsync(status);

        Assert.False((await RecordAsync(ABatch(1))).Held);

        Assert.Empty(await Store.ListBatchesAsync(new BatchFilter("run0000001")));
    }

    [Fact]
    public async Task A_run_that_does_not_exist_takes_no_batches() => Assert.False((await RecordAsync(ABatch(1))).Held);

    [Fact]
    public async Task The_newest_thousand_batches_are_kept_and_every_failed_one()
    {
        await HoldAsync();

        for (var number = 1; number <= 2000; number++)
        {
            await RecordAsync(number == 7 ? ABatch(7, status: RunStatus.Failed, error: SomeError) : ABatch(number));
        }

        var kept = await NumbersAsync(new BatchFilter("run0000001", Limit: 5000));
        Assert.Equal([.. Enumerable.Range(1001, 1000).Reverse(), 7], kept);
    }

    [Fact]
    public async Task A_thousand_batches_are_all_kept()
    {
        await HoldAsync();

        for (var number = 1; number <= 1000; number++) await RecordAsync(ABatch(number));

        Assert.Equal(1000, (await NumbersAsync(new BatchFilter("run0000001", Limit: 5000))).Count);
    }

    private ValueTask<BatchReceipt> RecordAsync(BatchRecord batch, long epoch = 1) => Store.RecordBatchesAsync([batch], SomeCounters, epoch, transaction: null);
}
