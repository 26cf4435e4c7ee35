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
        await Store.ClaimAsync("run0000001", 1, ALease("other", Noon));

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

    [Fact]
    public async Task A_batch_of_the_same_number_in_another_partition_is_another_batch()
    {
        await HoldAsync();
        BatchRecord[] batches = [ABatch(1), ABatch(1) with { Partition = 3, To = "90" }];

        foreach (var batch in batches) await RecordAsync(batch);

        Assert.Equal(batches.Reverse(), await Store.ListBatchesAsync(new BatchFilter("run0000001")));
    }

    [Fact]
    public async Task Each_partition_keeps_its_own_newest_thousand()
    {
        await HoldAsync();
        for (var number = 1; number <= 100; number++) await RecordAsync(ABatch(number));

        for (var number = 1; number <= 1100; number++) await RecordAsync(ABatch(number) with { Partition = 1 });

        var kept = (await Store.ListBatchesAsync(new BatchFilter("run0000001", Limit: 5000))).ToLookup(batch => batch.Partition, batch => batch.Number);
        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long)number), kept[0].Order());
        Assert.Equal(Enumerable.Range(101, 1000).Select(number => (long)number), kept[1].Order());
    }

    [Fact]
    public async Task A_worker_that_did_not_count_the_total_keeps_the_one_that_is_there()
    {
        await HoldAsync();
        await RecordAsync(ABatch(1));

        await Store.RecordBatchesAsync([ABatch(2)], SomeCounters with { Scanned = 40, Total = null }, 1, null, null);

        Assert.Equal(SomeCounters with { Scanned = 40 }, (await Store.FindAsync("run0000001"))!.Counters);
    }

    [Fact]
    public async Task A_newer_total_counts()
    {
        await HoldAsync();
        await RecordAsync(ABatch(1));

        await Store.RecordBatchesAsync([ABatch(2)], SomeCounters with { Total = 90 }, 1, null, null);

        Assert.Equal(90, (await Store.FindAsync("run0000001"))!.Counters.Total);
    }

    [Fact]
    public async Task The_time_that_was_spent_does_not_shrink()
    {
        await HoldAsync();
        await RecordAsync(ABatch(1));

        await Store.RecordBatchesAsync([ABatch(2)], SomeCounters with { Active = TimeSpan.FromMilliseconds(1) }, 1, null, null);
        Assert.Equal(SomeCounters.Active, (await Store.FindAsync("run0000001"))!.Counters.Active);

        await Store.RecordBatchesAsync([ABatch(3)], SomeCounters with { Active = TimeSpan.FromSeconds(1) }, 1, null, null);
        Assert.Equal(TimeSpan.FromSeconds(1), (await Store.FindAsync("run0000001"))!.Counters.Active);
    }

    private ValueTask<BatchReceipt> RecordAsync(BatchRecord batch, long epoch = 1) => Store.RecordBatchesAsync([batch], SomeCounters, epoch, leaseUntil: null, transaction: null);
}
