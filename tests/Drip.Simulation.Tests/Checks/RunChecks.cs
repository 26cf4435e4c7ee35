using Drip.Runs;
using Drip.Simulation.Scheduling;
using Drip.Store;

namespace Drip.Simulation.Checks;

/// <summary>What must hold whenever the store changes a run.</summary>
internal static class RunChecks
{
    public static void Changed(Run? before, Run after)
    {
        if (before is null) return;
        Require(before.Status == after.Status || RunTransitions.IsAllowed(before.Status, after.Status), $"A run goes from {before.Status} to {after.Status}.");
        Require(after.Epoch == before.Epoch || after.Epoch == before.Epoch + 1, $"The epoch of a run goes from {before.Epoch} to {after.Epoch}.");
        Require(!before.Status.IsTerminal() || after.Status == before.Status || after.Status == RunStatus.Enqueued, $"A run that was {before.Status} becomes {after.Status}.");
        Require(!before.Status.IsTerminal() || after.Status != before.Status || before with { Counters = after.Counters } == after, $"A run that is {before.Status} changes.");
        Require(
            before.Status != RunStatus.Completed || after.Status == RunStatus.Completed || before.Counters.Quarantined > 0,
            "A run that was complete, with nothing in quarantine, is enqueued again.");
        Require(RunTransitions.IsHeld(after.Status) || after.Owner is null, $"A run that is {after.Status} has an owner.");
        Require(after.Status.IsTerminal() == after.FinishedAt is not null, $"A run that is {after.Status} {(after.FinishedAt is null ? "has no" : "has an")} end.");
    }

    /// <summary>Every batch that committed is in the history.</summary>
    public static void HistoryIsWhole(Run run, IReadOnlyList<Data.Cursor> cursors, IReadOnlyList<BatchRecord> history)
    {
        foreach (var cursor in cursors)
        {
            var numbers = history.Where(batch => batch.Partition == cursor.Partition).Select(batch => batch.Number).ToHashSet();
            for (var number = 1L; number <= cursor.Batches; number++)
                Require(numbers.Contains(number), $"The batch {number} of partition {cursor.Partition} of run {run.Id} is missing in the history.");
        }
    }

    private static void Require(bool holds, string invariant)
    {
        if (!holds) throw new SimulationFailure(invariant);
    }
}
