namespace Drip.Crash.Tests.Histories;

/// <summary>The checker finds each violation in histories that are made by hand.</summary>
public sealed class TheHistoryChecker
{
    private readonly List<HistoryEvent> _events = [];
    private long _time;

    [Fact]
    public void Nothing_is_wrong_with_one_worker_that_walks_to_the_end()
    {
        Claims(worker: 1, epoch: 1);
        Commits(worker: 1, epoch: 1, batch: 1, from: null, to: "10");
        Commits(worker: 1, epoch: 1, batch: 2, from: "10", to: "17", isDone: true);

        Assert.Empty(HistoryChecker.Check(_events));
    }

    [Fact]
    public void Nothing_is_wrong_with_a_commit_whose_reply_was_lost_where_the_next_claim_begins_behind_it()
    {
        Claims(worker: 1, epoch: 1);
        Sends(worker: 1, epoch: 1, batch: 1, from: null, to: "10");
        Claims(worker: 2, epoch: 2, batch: 1, behind: "10");
        Commits(worker: 2, epoch: 2, batch: 2, from: "10", to: "17", isDone: true);

        Assert.Empty(HistoryChecker.Check(_events));
    }

    [Fact]
    public void Nothing_is_wrong_with_a_commit_that_never_arrived_where_the_next_claim_begins_before_it()
    {
        Claims(worker: 1, epoch: 1);
        Sends(worker: 1, epoch: 1, batch: 1, from: null, to: "10");
        Claims(worker: 2, epoch: 2);
        Commits(worker: 2, epoch: 2, batch: 1, from: null, to: "12", isDone: true);

        Assert.Empty(HistoryChecker.Check(_events));
    }

    [Fact]
    public void Nothing_is_wrong_with_an_older_epoch_whose_worker_was_late_to_write_down_its_commit()
    {
        Claims(worker: 1, epoch: 1);
        Sends(worker: 1, epoch: 1, batch: 1, from: null, to: "10");
        Claims(worker: 2, epoch: 2, batch: 1, behind: "10");
        Commits(worker: 2, epoch: 2, batch: 2, from: "10", to: "17", isDone: true);
        Add("committed", 1, 0, 1, 1, null, "10", null, false);

        Assert.Empty(HistoryChecker.Check(_events));
    }

    [Fact]
    public void A_commit_of_an_older_epoch_after_a_newer_one_has_committed_is_found()
    {
        Claims(worker: 1, epoch: 1);
        Claims(worker: 2, epoch: 2);
        Commits(worker: 2, epoch: 2, batch: 1, from: null, to: "10", isDone: true);
        Commits(worker: 1, epoch: 1, batch: 1, from: null, to: "10");

        Assert.Contains("run r, partition 0: epoch 1 committed batch 1 after epoch 2 had committed batch 1.", HistoryChecker.Check(_events));
    }

    [Fact]
    public void Two_workers_with_the_same_epoch_are_found()
    {
        Claims(worker: 1, epoch: 1);
        Claims(worker: 2, epoch: 1);
        Commits(worker: 2, epoch: 1, batch: 1, from: null, to: "10", isDone: true);

        Assert.Contains("run r, partition 0: epoch 1 is of 2 workers (1, 2).", HistoryChecker.Check(_events));
    }

    [Fact]
    public void A_worker_whose_epoch_goes_back_is_found()
    {
        Claims(worker: 1, epoch: 2);
        Commits(worker: 1, epoch: 2, batch: 1, from: null, to: "10", isDone: true);
        Claims(worker: 1, epoch: 1);

        Assert.Contains("run r, partition 0: worker 1 claimed epoch 1 after epoch 2.", HistoryChecker.Check(_events));
    }

    [Fact]
    public void A_commit_without_a_claim_is_found()
    {
        Claims(worker: 1, epoch: 1);
        Commits(worker: 2, epoch: 2, batch: 1, from: null, to: "10", isDone: true);

        Assert.Contains("run r, partition 0: epoch 2 began with 'committing' and not with a claim.", HistoryChecker.Check(_events));
    }

    [Fact]
    public void A_batch_that_is_committed_twice_is_found()
    {
        Claims(worker: 1, epoch: 1);
        Commits(worker: 1, epoch: 1, batch: 1, from: null, to: "10");
        Commits(worker: 1, epoch: 1, batch: 1, from: null, to: "10", isDone: true);

        Assert.Contains("run r, partition 0: batch 1 of epoch 1 begins behind the beginning, where 10 was committed.", HistoryChecker.Check(_events));
    }

    [Fact]
    public void A_batch_whose_number_is_left_out_is_found()
    {
        Claims(worker: 1, epoch: 1);
        Commits(worker: 1, epoch: 1, batch: 2, from: null, to: "10", isDone: true);

        Assert.Equal(["run r, partition 0: epoch 1 wrote batch 2 behind batch 0."], HistoryChecker.Check(_events));
    }

    [Fact]
    public void Rows_that_are_left_out_between_two_batches_are_found()
    {
        Claims(worker: 1, epoch: 1);
        Commits(worker: 1, epoch: 1, batch: 1, from: null, to: "10");
        Commits(worker: 1, epoch: 1, batch: 2, from: "12", to: "17", isDone: true);

        Assert.Equal(["run r, partition 0: batch 2 of epoch 1 begins behind 12, where 10 was committed."], HistoryChecker.Check(_events));
    }

    [Fact]
    public void A_claim_that_begins_elsewhere_than_the_worker_before_ended_is_found()
    {
        Claims(worker: 1, epoch: 1);
        Commits(worker: 1, epoch: 1, batch: 1, from: null, to: "10");
        Claims(worker: 2, epoch: 2, batch: 1, behind: "9");
        Commits(worker: 2, epoch: 2, batch: 2, from: "9", to: "17", isDone: true);

        Assert.Contains("run r, partition 0: epoch 2 begins behind 9 with 1 batches, where 10 with 1 was committed.", HistoryChecker.Check(_events));
    }

    [Fact]
    public void A_commit_that_was_not_written_down_before_it_was_sent_is_found()
    {
        Claims(worker: 1, epoch: 1);
        Add("committed", 1, 0, 1, 1, null, "10", null, true);

        Assert.Equal(["run r, partition 0: epoch 1 committed batch 1 without saying so before."], HistoryChecker.Check(_events));
    }

    [Fact]
    public void A_partition_that_was_left_in_its_middle_is_found_only_where_the_runs_are_over()
    {
        Claims(worker: 1, epoch: 1);
        Commits(worker: 1, epoch: 1, batch: 1, from: null, to: "10");

        Assert.Equal(["run r, partition 0 was not walked to its end."], HistoryChecker.Check(_events));
        Assert.Empty(HistoryChecker.Check(_events, finished: false));
    }

    [Fact]
    public void Partitions_that_follow_each_other_cover_a_run()
    {
        Walks(partition: 0, lower: null, upper: "50");
        Walks(partition: 2, lower: "50", upper: "70");
        Walks(partition: 1, lower: "70", upper: null);

        Assert.Empty(HistoryChecker.Check(_events));
    }

    [Fact]
    public void A_gap_between_partitions_is_found()
    {
        Walks(partition: 0, lower: null, upper: "50");
        Walks(partition: 1, lower: "70", upper: null);

        Assert.Equal(["run r: no partition begins behind 50."], HistoryChecker.Check(_events));
    }

    [Fact]
    public void A_partition_that_overlaps_others_is_found()
    {
        Walks(partition: 0, lower: null, upper: "50");
        Walks(partition: 1, lower: "50", upper: null);
        Walks(partition: 2, lower: "40", upper: "60");

        Assert.Equal(["run r, partition 2 overlaps others: it begins behind 40."], HistoryChecker.Check(_events));
    }

    private void Walks(int partition, string? lower, string? upper)
    {
        Add("claimed", 1, partition, 1, 0, lower, lower, upper, false);
        Add("committing", 1, partition, 1, 1, lower, upper ?? "99", upper, true);
        Add("committed", 1, partition, 1, 1, lower, upper ?? "99", upper, true);
    }

    private void Claims(int worker, long epoch, long batch = 0, string? behind = null) => Add("claimed", worker, 0, epoch, batch, behind, behind, null, false);

    private void Sends(int worker, long epoch, long batch, string? from, string to, bool isDone = false) => Add("committing", worker, 0, epoch, batch, from, to, null, isDone);

    private void Commits(int worker, long epoch, long batch, string? from, string to, bool isDone = false)
    {
        Sends(worker, epoch, batch, from, to, isDone);
        Add("committed", worker, 0, epoch, batch, from, to, null, isDone);
    }

    private void Add(string what, int worker, int partition, long epoch, long batch, string? from, string? to, string? upper, bool isDone) =>
        _events.Add(new HistoryEvent(++_time, worker, what, "r", partition, epoch, batch, from, to, upper, isDone));
}
