namespace Drip.Store;

/// <summary>How many batches of a partition a store keeps: the newest completed ones, and every one that failed.</summary>
internal static class BatchHistory
{
    public const int Kept = 1000;
    private const int BatchesPerPruning = 100;

    /// <summary>The last number to delete when this batch is recorded; null for most batches, so that pruning costs little.</summary>
    public static long? PruneUpTo(long number) => number > Kept && number % BatchesPerPruning == 0 ? number - Kept : null;
}
