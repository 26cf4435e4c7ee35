using Drip.Generated;

namespace Drip.Data;

/// <summary>
/// How far one partition of a run has come, and who has it: a row of <c>drip_cursor</c> in the data's database. It moves in
/// the transaction of the batch, and only for the worker whose epoch it holds.
/// </summary>
/// <param name="Run">The run's id.</param>
/// <param name="Partition">The partition's number; a run that is not divided has one, 0.</param>
/// <param name="Epoch">The fencing token: grows by one with each claim, and when the worker is fenced off.</param>
public sealed record Cursor(string Run, int Partition, long Epoch)
{
    /// <summary>The epoch of the run for which it was claimed or fenced off last; who knows only an older one cannot claim it.</summary>
    public long RunEpoch { get; init; }

    /// <summary>The key behind which the partition begins; null for the beginning of the scope.</summary>
    public Key? Lower { get; init; }

    /// <summary>The last key of the partition; null for the end of the scope.</summary>
    public Key? Upper { get; init; }

    /// <summary>The last key that was committed; null before the first.</summary>
    public Key? After { get; init; }

    /// <summary>Rows that committed batches covered.</summary>
    public long Scanned { get; init; }

    /// <summary>Rows that committed batches handled.</summary>
    public long Processed { get; init; }

    /// <summary>Batches that committed.</summary>
    public long Batches { get; init; }

    /// <summary>How often a row was put into quarantine.</summary>
    public long Quarantined { get; init; }

    /// <summary>The time that workers have spent.</summary>
    public TimeSpan Active { get; init; }

    /// <summary>Committed batches that the store has not been told of yet, as text; null for none.</summary>
    public string? Untold { get; init; }

    /// <summary>Whether the walk has reached the partition's end.</summary>
    public bool IsDone { get; init; }

    /// <summary>Quarantined rows that are to be tried again before anything else.</summary>
    public long Retries { get; init; }

    /// <summary>The worker that has it; null when none does.</summary>
    public string? Owner { get; init; }

    /// <summary>Until when the worker has it unless it renews its lease.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>How often it was taken from a worker that vanished, since its last batch.</summary>
    public int Rescues { get; init; }

    /// <summary>Whether nothing is left to be done in it.</summary>
    public bool IsOver => IsDone && Retries == 0;

    /// <summary>The keys that were not walked yet.</summary>
    public KeyRange Rest => new(After ?? Lower, Upper);
}

/// <summary>The keys behind one key and up to another.</summary>
/// <param name="After">The key behind which the range begins; null for the beginning of the scope.</param>
/// <param name="To">The last key of the range; null for the end of the scope.</param>
public readonly record struct KeyRange(Key? After, Key? To)
{
    /// <summary>The key that is the whole range; then there are no other bounds.</summary>
    public Key? Only { get; private init; }

    /// <summary>The range of one key.</summary>
    public static KeyRange Of(Key only) => new(null, null) { Only = only };
}

/// <summary>For whom and how long a run or a partition is claimed.</summary>
/// <param name="Owner">The worker, see <see cref="Runs.WorkerIdentity"/>.</param>
/// <param name="Now">The time. Engines with a clock of their own that all workers share (PostgreSQL) take that one.</param>
/// <param name="Length">How long the lease lasts unless it is renewed.</param>
public readonly record struct LeaseClaim(string Owner, DateTimeOffset Now, TimeSpan Length)
{
    /// <summary>The epoch of the run as the worker knows it, where a partition is claimed.</summary>
    public long RunEpoch { get; init; }

    /// <summary>The after-hooks of the job's runs as the worker knows them, where a run is claimed; null leaves those that the run has.</summary>
    public HookSet? Hooks { get; init; }

    /// <summary>When the lease ends.</summary>
    public DateTimeOffset Until => Now + Length;
}
