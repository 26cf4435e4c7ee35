namespace Drip.Batches;

internal static class Lease
{
    public static DripException Lost(string run) => new(DripErrorKind.Busy, "lease-lost",
        $"Another worker has taken over the run {run}, so this one has changed nothing more and leaves.",
        $"Nothing is to be done: look at the run with: show {run}.");
}
