using Drip.Data;
using Drip.Runs;
using Drip.Simulation.Model;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Checks;

/// <summary>What must hold whenever something commits in the model database.</summary>
internal sealed class DataChecks(IReadOnlyList<long> keys, Schedule schedule, TimeSpan tellEvery)
{
    private readonly HashSet<long> _inScope = [.. keys];
    private readonly Dictionary<(string Run, long Key), int> _effects = [];
    private readonly Dictionary<(string Run, int Partition, long Epoch), int> _writers = [];
    private readonly Dictionary<string, (RunStatus Status, TimeSpan At)> _closed = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Run, int Partition, long Epoch), int> _late = [];

    /// <summary>How often a run has changed a row.</summary>
    public int EffectsOf(string run, long key) => _effects.GetValueOrDefault((run, key));

    /// <summary>How many commits there were.</summary>
    public int Commits { get; private set; }

    /// <summary>
    /// The store says what has become of a run: once it is not worked on any more, and its workers have had time to be told,
    /// nothing but a batch in flight commits.
    /// </summary>
    public void StoreSays(Run run)
    {
        if (run.Status is RunStatus.Running or RunStatus.Stopping)
        {
            _closed.Remove(run.Id);
        }
        else if (!_closed.TryGetValue(run.Id, out var before) || before.Status != run.Status)
        {
            _closed[run.Id] = (run.Status, schedule.Now);
            foreach (var place in _late.Keys.Where(place => place.Run == run.Id).ToArray()) _late.Remove(place);
        }
    }

    public void CursorChanged(Cursor? before, Cursor after, string why)
    {
        if (before is null) return;
        var isClaim = why is "claimed" or "fenced";
        Require(after.Epoch == before.Epoch + (isClaim ? 1 : 0), $"The epoch of partition {after.Partition} goes from {before.Epoch} to {after.Epoch}: {why}.");
        Require(Compare(before.After, after.After) <= 0, $"The cursor of partition {after.Partition} goes back from {before.After} to {after.After}: {why}.");
        Require(
            before.Scanned <= after.Scanned && before.Processed <= after.Processed && before.Batches <= after.Batches && before.Quarantined <= after.Quarantined,
            $"A counter of partition {after.Partition} goes back: {why}.");
        Require(!before.IsDone || after.IsDone, $"Partition {after.Partition} was done and is not any more: {why}.");
        Require(before.Lower == after.Lower, $"Partition {after.Partition} begins elsewhere: {why}.");
    }

    /// <summary>The partitions of a run follow each other from the first key to the last.</summary>
    public void PartitionsChanged(IReadOnlyList<Cursor> partitions)
    {
        Key? from = null;
        foreach (var partition in partitions.OrderBy(each => DatabaseState.At(each.Lower) ?? long.MinValue))
        {
            Require(partition.Lower == from, $"Partition {partition.Partition} begins at {partition.Lower} and not at {from}.");
            Require(partition.After is null || partition.Upper is null || Compare(partition.After, partition.Upper) <= 0, $"Partition {partition.Partition} is behind its end.");
            from = partition.Upper;
        }

        Require(from is null, $"Nothing covers the keys behind {from}.");
    }

    /// <summary>A transaction is about to commit.</summary>
    public void Committing(VirtualProcess who, Cursor? before, Cursor? moved, TransactionWork work, IReadOnlyList<QuarantinedRow> quarantine)
    {
        Commits++;
        if (before is null || moved is null)
        {
            Require(work.Touches.Count == 0 && work.Quarantine.Count == 0, "A batch commits without its cursor.");
            return;
        }

        Require(before.Epoch == moved.Epoch, $"A worker with epoch {moved.Epoch} commits, and the epoch is {before.Epoch}.");
        var writer = (moved.Run, moved.Partition, moved.Epoch);
        Require(_writers.TryAdd(writer, who.Id) || _writers[writer] == who.Id, $"Two workers commit in epoch {moved.Epoch} of partition {moved.Partition}.");
        if (moved.Batches > before.Batches) CheckLateness(writer, isRetry: moved.Scanned == before.Scanned);

        var range = new KeyRange(before.Rest.After, moved.After);
        foreach (var (key, touches) in work.Touches)
        {
            var isRetried = quarantine.Any(row => row.Key == key && row.State == QuarantineState.Retry) && work.Quarantine.TryGetValue((moved.Run, key), out var row) && row is null;
            Require(_inScope.Contains(key), $"The row {key} is changed and not in scope.");
            Require(isRetried || Contains(range, key), $"The row {key} is changed in a batch of ({range.After}..{range.To}].");
            var effects = EffectsOf(moved.Run, key) + touches;
            Require(effects == 1, $"The row {key} is changed {effects} times by its run.");
            _effects[(moved.Run, key)] = effects;
        }

        var covered = keys.Count(key => Contains(range, key));
        Require(moved.Scanned - before.Scanned == covered, $"A batch of {covered} rows counts {moved.Scanned - before.Scanned}.");
        Require(moved.Processed - before.Processed == work.Touches.Count, $"A batch that changes {work.Touches.Count} rows counts {moved.Processed - before.Processed}.");
    }

    /// <summary>A transaction has committed: each row up to the cursor was changed once, or waits in quarantine.</summary>
    public void Committed(Cursor cursor, IReadOnlyList<QuarantinedRow> quarantine)
    {
        var waiting = quarantine.Select(row => row.Key).ToHashSet();
        foreach (var key in keys)
        {
            if (cursor.After is null || !Contains(new KeyRange(cursor.Lower, cursor.After), key)) continue;
            var (effects, isWaiting) = (EffectsOf(cursor.Run, key), waiting.Contains(key));
            Require(effects + (isWaiting ? 1 : 0) == 1, $"The row {key} lies behind the cursor, was changed {effects} times and is {(isWaiting ? "" : "not ")}in quarantine.");
        }
    }

    /// <summary>Everything is over: each row in scope was changed once, or a person said that it is not to be.</summary>
    public void Ended(Run run, IReadOnlyList<Cursor> cursors, IReadOnlyList<QuarantinedRow> quarantine)
    {
        Require(cursors.All(cursor => cursor.Retries == 0 && (cursor.IsDone || !keys.Any(key => Contains(cursor.Rest, key, isOpen: true)))) || run.Limit is not null, $"The run {run.Id} is complete, and a partition of it is not.");
        var skipped = quarantine.Where(row => row.State == QuarantineState.Skipped).Select(row => DatabaseState.At(row.Key)!.Value).ToHashSet();
        var touched = keys.Count(key => EffectsOf(run.Id, key) == 1);
        if (run.Limit is null)
        {
            foreach (var key in keys) Require(EffectsOf(run.Id, key) + (skipped.Contains(key) ? 1 : 0) == 1, $"The row {key} was changed {EffectsOf(run.Id, key)} times in the end.");
        }

        var expected = run.Limit is { } limit ? Math.Min(limit, keys.Count) : keys.Count;
        Require(cursors.Sum(cursor => cursor.Scanned) == expected, $"The partitions have {cursors.Sum(cursor => cursor.Scanned)} rows and not {expected}.");
        var counters = run.Counters;
        Require(counters.Scanned == expected, $"The run {run.Id} counts {counters.Scanned} rows and not {expected}.");
        Require(counters.Total == expected, $"The run has a total of {counters.Total} and not {expected}.");
        Require(counters.Processed == touched, $"The run counts {counters.Processed} processed rows, and {touched} were.");
        Require(counters.Batches == cursors.Sum(cursor => cursor.Batches), $"The run counts {counters.Batches} batches and its partitions {cursors.Sum(cursor => cursor.Batches)}.");
        Require(touched + quarantine.Count == expected, $"{touched} rows are done and {quarantine.Count} in quarantine, of {expected}.");
    }

    private void CheckLateness((string Run, int Partition, long Epoch) writer, bool isRetry)
    {
        if (!_closed.TryGetValue(writer.Run, out var closed)) return;
        // A complete run that was about to be opened again, and was not, may have rows to try again that a helper still finds.
        Require(closed.Status != RunStatus.Completed || isRetry, "A batch commits in a run that is complete.");
        if (schedule.Now <= closed.At + tellEvery) return;
        var late = _late[writer] = _late.GetValueOrDefault(writer) + 1;
        Require(late <= 1, $"A second batch of partition {writer.Partition}, epoch {writer.Epoch}, commits although the store says that the run is {closed.Status.ToName()}.");
    }

    // A range without an end is that of a partition which has not moved yet, unless it is said to be open.
    private static bool Contains(KeyRange range, long key, bool isOpen = false) =>
        key > (DatabaseState.At(range.After) ?? long.MinValue) && (range.To is null ? isOpen : key <= DatabaseState.At(range.To));

    private static int Compare(Key? left, Key? right) => (DatabaseState.At(left) ?? long.MinValue).CompareTo(DatabaseState.At(right) ?? long.MinValue);

    private static void Require(bool holds, string invariant)
    {
        if (!holds) throw new SimulationFailure(invariant);
    }
}
