using Drip.Runs;

namespace Drip.Batches;

/// <summary>How many rows may fail before their run does: the greater of a number and of a share of the rows.</summary>
internal sealed class FailureLimit(BackfillInfo job)
{
    /// <summary>While the rows are not counted, a share is taken of at least this many, so that one bad row among the first few fails nothing.</summary>
    private const long LeastRows = 1000;

    public bool IsPassed(long quarantined, RunCounters counters) =>
        quarantined > Math.Max(job.MaxFailures, job.FailureRate * (counters.Total ?? Math.Max(counters.Scanned, LeastRows)));
}
