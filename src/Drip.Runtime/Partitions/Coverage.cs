using Drip.Data;

namespace Drip.Partitions;

/// <summary>The proof that a run went over everything: its partitions follow each other from the first key to the last, and each was walked to its end.</summary>
internal static class Coverage
{
    /// <summary>Goes from partition to partition, each beginning where the one before ends.</summary>
    /// <exception cref="DripException">A range is missing, overlaps another or was not finished; nothing that Drip does leads there.</exception>
    public static void Prove(string run, IReadOnlyList<Cursor> partitions)
    {
        var byLower = new Dictionary<string, Cursor>(StringComparer.Ordinal);
        foreach (var partition in partitions)
        {
            if (!partition.IsOver) throw Broken(run, $"the partition {partition.Partition} is not finished");
            if (!byLower.TryAdd(Text(partition.Lower), partition)) throw Broken(run, $"two partitions begin at {partition.Lower}");
        }

        Key? from = null;
        for (var seen = 1; ; seen++)
        {
            if (!byLower.TryGetValue(Text(from), out var partition)) throw Broken(run, $"no partition begins at {from}");
            if (partition.Upper is null)
            {
                if (seen == partitions.Count) return;
                throw Broken(run, $"{partitions.Count - seen} of its partitions lie outside the others");
            }

            if (seen == partitions.Count) throw Broken(run, $"nothing covers the keys behind {partition.Upper}");
            from = partition.Upper;
        }
    }

    private static string Text(Key? key) => key is null ? "" : KeyText.Write(key);

    private static DripException Broken(string run, string what) => new(DripErrorKind.Store, "coverage-broken",
        $"The ranges of run {run} do not cover its scope: {what}.",
        "Do not trust what it did: compare the rows with a backup, and look for what changed drip_cursor.");
}
