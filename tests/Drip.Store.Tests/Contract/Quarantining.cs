using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    private static readonly RunCounters WithQuarantinedRows = SomeCounters with { Quarantined = 3 };

    [Fact]
    public async Task Rows_in_quarantine_are_counted_with_the_batch_and_with_the_run()
    {
        await HoldAsync();

        await Store.RecordBatchesAsync([ABatch(1) with { Quarantined = 3 }], WithQuarantinedRows, 1, null, null);

        Assert.Equal(3, Assert.Single(await Store.ListBatchesAsync(new BatchFilter("run0000001"))).Quarantined);
        Assert.Equal(WithQuarantinedRows, (await Store.FindAsync("run0000001"))!.Counters);
    }

    [Fact]
    public async Task A_batch_that_is_recorded_again_has_the_quarantined_rows_of_the_newest_record()
    {
        await HoldAsync();
        await RecordAsync(ABatch(1) with { Quarantined = 3 });

        await RecordAsync(ABatch(1) with { Quarantined = 1 });

        Assert.Equal(1, Assert.Single(await Store.ListBatchesAsync(new BatchFilter("run0000001"))).Quarantined);
    }

    [Fact]
    public async Task A_run_that_completed_with_rows_in_quarantine_waits_again_to_try_them()
    {
        await CompleteWithQuarantinedRowsAsync();

        var reopened = await Store.ReopenAsync("run0000001", "ann", Later);

        Assert.Equal(ARun(status: RunStatus.Enqueued) with { Epoch = 1, StartedAt = Noon, Counters = WithQuarantinedRows }, reopened);
        Assert.Equal(reopened, await Store.FindAsync("run0000001"));
        Assert.Equal("reopened | was completed", (await Store.ListEventsAsync("run0000001")).Select(happened => $"{happened.Kind} | {happened.Detail}").Last());
    }

    [Fact]
    public async Task Skipping_rows_changes_how_many_are_in_quarantine_and_nothing_else()
    {
        await CompleteWithQuarantinedRowsAsync();
        var completed = await Store.FindAsync("run0000001");

        await Store.SetQuarantinedAsync("run0000001", 2);

        Assert.Equal(completed! with { Counters = WithQuarantinedRows with { Quarantined = 2 } }, await Store.FindAsync("run0000001"));
    }

    [Fact]
    public async Task When_every_row_was_skipped_a_completed_run_is_over_for_good()
    {
        await CompleteWithQuarantinedRowsAsync();

        await Store.SetQuarantinedAsync("run0000001", 0);

        Assert.Null(await Store.ReopenAsync("run0000001", "ann", Later));
    }

    [Fact]
    public async Task The_worker_alone_says_how_many_rows_are_in_quarantine_while_it_has_the_run()
    {
        List<RunStatus> set = [];
        foreach (var status in Enum.GetValues<RunStatus>())
        {
            await Store.CreateAsync(ADistinctRun((int)status, status));
            await Store.SetQuarantinedAsync(Id((int)status), 2);
            if ((await Store.FindAsync(Id((int)status)))!.Counters.Quarantined == 2) set.Add(status);
        }

        Assert.Equal(Enum.GetValues<RunStatus>().Except([RunStatus.Running, RunStatus.Stopping]), set);
    }

    [Fact]
    public async Task A_run_that_does_not_exist_has_no_rows_in_quarantine()
    {
        await Store.SetQuarantinedAsync("run0000001", 2);

        Assert.Null(await Store.FindAsync("run0000001"));
    }

    private async Task CompleteWithQuarantinedRowsAsync()
    {
        await HoldAsync();
        Assert.True(await Store.ReleaseAsync("run0000001", 1, RunStatus.Completed, WithQuarantinedRows, null, Noon.AddMinutes(1)));
    }
}
