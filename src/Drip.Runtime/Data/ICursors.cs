namespace Drip.Data;

/// <summary>
/// The partitions of runs, in the database that holds the rows. Everything here that changes a cursor is one conditional
/// transaction, so that it holds against any other worker.
/// </summary>
public interface ICursors
{
    /// <summary>The partitions of a run by number; none before it was planned.</summary>
    ValueTask<IReadOnlyList<Cursor>> ListAsync(string run, CancellationToken cancellationToken);

    /// <summary>
    /// Divides a run at these keys, in ascending order, into partitions 0, 1, 2 … that cover all keys, unless it is divided
    /// already; returns the partitions as they are then. With a claim,
    /// the first of new partitions is claimed in the same transaction.
    /// </summary>
    ValueTask<IReadOnlyList<Cursor>> PlanAsync(string run, IReadOnlyList<Key> bounds, LeaseClaim? claim, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a partition if its epoch is still <paramref name="epoch"/> and the claimer knows its run's: the epoch grows by one, and where it had
    /// another owner its rescues do, too. Whether that owner is gone is for the caller to judge. Null if somebody was faster.
    /// </summary>
    ValueTask<Cursor?> ClaimAsync(string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken);

    /// <summary>Makes the lease last longer; false if the epoch is another by now.</summary>
    ValueTask<bool> RenewAsync(string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken);

    /// <summary>Gives a partition back, if the epoch is still this one: it has no owner then, and no rescues.</summary>
    ValueTask ReleaseAsync(string run, int partition, long epoch, CancellationToken cancellationToken);

    /// <summary>
    /// Takes all partitions of a run from whoever has them: each epoch grows by one, no worker that had one commits anything
    /// from then on, and none claims one that knows an older epoch of the run than <paramref name="runEpoch"/>. A run that
    /// was not planned yet gets one partition by that.
    /// </summary>
    ValueTask FenceAsync(string run, long runEpoch, CancellationToken cancellationToken);

    /// <summary>Prepares a run to be tried again: its quarantined rows that are open are to be retried, and no partition has rescues.</summary>
    ValueTask ReopenAsync(string run, CancellationToken cancellationToken);
}
