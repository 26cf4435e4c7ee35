using Drip.Batches;
using Drip.Chaos;
using Drip.Data;
using Drip.Runs;

namespace Drip.Partitions;

/// <summary>How one process comes by partitions of a run: one that is free, one whose worker is gone, or the upper half of one that is being walked.</summary>
internal sealed class PartitionClaims<TRow>(SharedRun shared) where TRow : IModel<TRow>
{
    /// <summary>How often a partition is taken from a worker that vanished, without a batch between, before it is left alone.</summary>
    public const int MostRescues = 3;

    private readonly RunExecution _execution = shared.Execution;
    private readonly Lock _lock = new();
    private readonly HashSet<int> _mine = [];
    private Cursor? _planned;

    /// <summary>This partition was claimed with the plan, and is walked first.</summary>
    public void Begin(Cursor planned) => _planned = planned;

    /// <summary>A partition to walk, or null if there is none now.</summary>
    /// <param name="table">The table of the walk that is to have it, which walks nothing now.</param>
    public async Task<Cursor?> TakeAsync(ITable<TRow> table)
    {
        if (TakePlanned() is { } planned) return planned;
        while (true)
        {
            var cursors = await ListAsync().ConfigureAwait(false);
            if (Choose(cursors) is not { } free) return await StealAsync(table, cursors).ConfigureAwait(false);
            if (free.RunEpoch > shared.Claim.RunEpoch)
            {
                // The run was taken from its worker, by force or by another worker.
                Leave(free);
                return shared.IsLead ? throw Lease.Lost(free.Run) : null;
            }

            FailPoint.Hit(free.Owner is null ? FailPoints.PartitionClaim : FailPoints.PartitionRescue);
            var claimed = await shared.Retry.RunAsync(
                () => _execution.Database.Cursors.ClaimAsync(free.Run, free.Partition, free.Epoch, shared.Claim, _execution.Abort).AsTask(), _execution.Abort).ConfigureAwait(false);
            if (claimed is not null)
            {
                shared.Know([claimed]);
                await TellAsync(free, claimed).ConfigureAwait(false);
                return claimed;
            }

            // Another worker was faster, or what was known of the partition is old.
            Leave(free);
            await ReadAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The partitions as they are now. Where there is one, and this worker has it, what it knows is all there is.</summary>
    public async Task<IReadOnlyList<Cursor>> ListAsync() =>
        _execution.Run.Partitions == 1 && shared.Cursors is [var only] && only.Owner == _execution.Owner ? [only] : await ReadAsync().ConfigureAwait(false);

    /// <summary>The walk of this partition is over.</summary>
    public void Leave(Cursor cursor)
    {
        lock (_lock) _mine.Remove(cursor.Partition);
    }

    /// <summary>Whether its workers have vanished so often that it is not to be tried again.</summary>
    public bool IsPoisoned(Cursor cursor) => !cursor.IsOver && cursor.Rescues >= MostRescues && IsFree(cursor);

    /// <summary>How many partitions living workers of other processes have.</summary>
    public int OwnedByOthers(IReadOnlyList<Cursor> cursors) => cursors.Count(cursor => !cursor.IsOver && !IsFree(cursor));

    private Cursor? TakePlanned()
    {
        lock (_lock)
        {
            var planned = _planned;
            _planned = null;
            if (planned is not null) _mine.Add(planned.Partition);
            return planned;
        }
    }

    private bool IsFree(Cursor cursor) =>
        cursor.Owner == _execution.Owner || IsLeftBehind(cursor) || _execution.Parts.Liveness.IsGone(cursor.Owner, cursor.LeaseUntil);

    // Nobody helps with a run that has one partition: who had it before this worker took the run has lost the run.
    private bool IsLeftBehind(Cursor cursor) => _execution.Run.Partitions == 1 && shared.IsLead && cursor.RunEpoch < shared.Claim.RunEpoch;

    private async Task<IReadOnlyList<Cursor>> ReadAsync()
    {
        var cursors = await shared.Retry.RunAsync(() => _execution.Database.Cursors.ListAsync(_execution.Run.Id, _execution.Abort).AsTask(), _execution.Abort).ConfigureAwait(false);
        shared.Know(cursors);
        return cursors;
    }

    // Chosen and marked as one, so that two walks of this process do not go for the same.
    private Cursor? Choose(IReadOnlyList<Cursor> cursors)
    {
        lock (_lock)
        {
            foreach (var cursor in cursors)
            {
                if (!cursor.IsOver && cursor.Rescues < MostRescues && IsFree(cursor) && _mine.Add(cursor.Partition)) return cursor;
            }
        }

        return null;
    }

    // Where a run has one partition, the claim of the run says it all.
    private async Task TellAsync(Cursor before, Cursor claimed)
    {
        if (_execution.Run.Partitions == 1) return;
        if (before.Owner is { } gone && gone != _execution.Owner) await shared.LogAsync(RunEventKind.TakenUp, $"partition {claimed.Partition}, from {WorkerIdentity.Describe(gone)}").ConfigureAwait(false);
        else if (before.Owner is null && !shared.IsLead) await shared.LogAsync(RunEventKind.Joined, $"partition {claimed.Partition}").ConfigureAwait(false);
    }

    // A range that is not worth two batches is left to the one who has it.
    private async Task<Cursor?> StealAsync(ITable<TRow> table, IReadOnlyList<Cursor> cursors)
    {
        if (_execution.Run.Partitions == 1 || !cursors.Any(cursor => !cursor.IsOver && cursor.Rescues < MostRescues)) return null;
        var stolen = await shared.Retry.RunAsync(
            () => table.StealAsync(_execution.Run.Id, 2L * _execution.BatchSize, shared.Claim, _execution.Abort).AsTask(), _execution.Abort).ConfigureAwait(false);
        if (stolen is null) return null;
        FailPoint.Hit(FailPoints.Stolen);
        lock (_lock) _mine.Add(stolen.Partition);
        await shared.LogAsync(RunEventKind.Stolen, $"partition {stolen.Partition}: the keys behind {stolen.Lower}").ConfigureAwait(false);
        return stolen;
    }
}
