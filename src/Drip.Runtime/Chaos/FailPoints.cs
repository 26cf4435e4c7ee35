namespace Drip.Chaos;

/// <summary>
/// The places at which a test makes a worker die, by the names that <c>DRIP_FAILPOINT</c> says. The crash matrix has rows for
/// each of them, and a test that compares: a place is added here, hit in the source, and given a scenario there.
/// </summary>
internal static class FailPoints
{
    /// <summary>In the transaction that migrates the store, before each step is noted as applied; the n-th is step n.</summary>
    public const string Migration = "migration";

    /// <summary>In the transaction that makes the tables beside the rows, before it commits.</summary>
    public const string ProgressTables = "progress-tables";

    /// <summary>A run that no worker has is about to be claimed.</summary>
    public const string BeforeClaim = "before-claim";

    /// <summary>A run whose worker is gone is about to be claimed.</summary>
    public const string Rescue = "rescue";

    /// <summary>The run is claimed and nothing was done about it yet.</summary>
    public const string RunClaimed = "run-claimed";

    /// <summary>The cursors of a run that is over may be claimed again, and its row in the store does not say so yet.</summary>
    public const string Reopening = "reopening";

    /// <summary>The worker of a run is fenced off where the rows are, and not yet in the store.</summary>
    public const string Fencing = "fencing";

    /// <summary>The bounds of the partitions are known, and not written.</summary>
    public const string Planning = "planning";

    /// <summary>In the transaction that plans, between two partitions.</summary>
    public const string HalfPlanned = "half-planned";

    /// <summary>A partition that is free is about to be claimed.</summary>
    public const string PartitionClaim = "partition-claim";

    /// <summary>A partition whose worker is gone is about to be claimed.</summary>
    public const string PartitionRescue = "partition-rescue";

    /// <summary>In the transaction that splits a partition: it ends earlier, and what is behind its new end belongs to none.</summary>
    public const string Stealing = "stealing";

    /// <summary>The upper half of a partition was taken, and no batch of it was begun.</summary>
    public const string Stolen = "stolen";

    /// <summary>A partition is claimed, and no batch of it was begun.</summary>
    public const string Claimed = "claimed";

    /// <summary>In a batch, before the author's method.</summary>
    public const string UserCode = "user-code";

    /// <summary>In a batch, when its changes are written and its cursor has not moved.</summary>
    public const string DataWritten = "data-written";

    /// <summary>In a batch, before it commits.</summary>
    public const string Commit = "commit";

    /// <summary>A batch has committed, and nobody was told.</summary>
    public const string Committed = "committed";

    /// <summary>A batch is taken apart, in a savepoint.</summary>
    public const string Isolating = "isolating";

    /// <summary>A row that fails was put into quarantine, and its batch has not committed.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>A row came out of quarantine, and its batch has not committed.</summary>
    public const string Retrying = "retrying";

    /// <summary>The last batch of a partition has committed.</summary>
    public const string PartitionDone = "partition-done";

    /// <summary>All partitions are over, and the run is not.</summary>
    public const string Finishing = "finishing";

    /// <summary>The partitions of a run that fails are fenced, and the store does not say yet that it failed.</summary>
    public const string Failing = "failing";

    /// <summary>The last batch before a pause has committed.</summary>
    public const string Pausing = "pausing";

    /// <summary>The last batch before a stop has committed.</summary>
    public const string Stopping = "stopping";

    /// <summary>The last batch before the worker leaves has committed.</summary>
    public const string Drain = "drain";

    /// <summary>An after-hook is written down and about to be called.</summary>
    public const string HookDue = "hook-due";

    /// <summary>An after-hook was called, and its entry in the outbox is still there.</summary>
    public const string HookCalled = "hook-called";

    /// <summary>A lease is about to be renewed.</summary>
    public const string LeaseRenewal = "lease-renewal";

    /// <summary>In a batch, when old rows of the history are about to be deleted.</summary>
    public const string Pruning = "pruning";

    /// <summary>The write-ahead log is about to be copied into the file, between batches.</summary>
    public const string Checkpointing = "checkpointing";

    /// <summary>The write-ahead log is about to be emptied, at the end.</summary>
    public const string Closing = "closing";
}
