using System.Runtime.CompilerServices;
using Drip.Benchmarks.Batches;

namespace Drip.Benchmarks.Hooks;

/// <summary>A job with one hook, which only counts.</summary>
[Backfill]
public partial class OneHook
{
    public long Calls { get; private set; }

    public Scope<Candidate> Scope() => Candidate.All;

    public Task<int> ProcessBatchAsync(Batch<Candidate> batch) => Task.FromResult(batch.Size);

    // A call in either contestant, and in neither a part of the loop.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void BeforeBatchRunning(BatchContext batch) => Calls += batch.Size;
}

/// <summary>A job without hooks.</summary>
[Backfill]
public partial class NoHook
{
    public Scope<Candidate> Scope() => Candidate.All;

    public Task<int> ProcessBatchAsync(Batch<Candidate> batch) => Task.FromResult(batch.Size);
}
