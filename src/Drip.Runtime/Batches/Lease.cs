namespace Drip.Batches;

internal static class Lease
{
    public static DripException Lost(string run) => new(DripErrorKind.Busy, "lease-lost",
        $"The run {run} was taken from this worker, by another one or by force, so it has changed nothing more and leaves.",
        $"Nothing is to be done: look at the run with: show {run}.");
}
