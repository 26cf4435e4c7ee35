namespace Drip.Crash.Tests.Histories;

/// <summary>
/// Verifies from what the workers wrote down, and not from the store, that no two of them had the same part of a run, and that
/// what they committed follows each other and covers everything: a store with a bug cannot hide it from this.
/// </summary>
internal static class HistoryChecker
{
    /// <summary>What is wrong with a history, in words; empty for nothing.</summary>
    /// <param name="events">The events, those of each worker in its order.</param>
    /// <param name="finished">Whether the runs came to their end, so that they must be covered.</param>
    public static IReadOnlyList<string> Check(IReadOnlyList<HistoryEvent> events, bool finished = true)
    {
        var problems = new List<string>();
        foreach (var run in events.GroupBy(each => each.Run))
        {
            var partitions = run.GroupBy(each => each.Partition).OrderBy(each => each.Key)
                .Select(each => PartitionHistory.Of($"run {run.Key}, partition {each.Key}", [.. each], problems)).ToList();
            if (finished) CheckCover(run.Key, partitions, problems);
        }

        return problems;
    }

    // From partition to partition, each beginning where the one before ends.
    private static void CheckCover(string run, List<PartitionHistory> partitions, List<string> problems)
    {
        foreach (var partition in partitions.Where(each => !each.IsDone)) problems.Add($"{partition.Name} was not walked to its end.");
        var rest = partitions.ToList();
        string? from = null;
        do
        {
            if (rest.Find(each => each.Lower == from) is not { } next)
            {
                problems.Add($"run {run}: no partition begins behind {from ?? "the beginning"}.");
                return;
            }

            rest.Remove(next);
            from = next.Upper;
        }
        while (from is not null);

        foreach (var outside in rest) problems.Add($"{outside.Name} overlaps others: it begins behind {outside.Lower ?? "the beginning"}.");
    }
}
