namespace Drip.Benchmarks.Batches;

/// <summary>The two columns that the batch backfill is about.</summary>
[Model("employees")]
public partial record Candidate(long Id, string? Role);

/// <summary>Gives everybody a role: one UPDATE for each batch.</summary>
[Backfill(BatchSize = 1000)]
public partial class MakeInterns
{
    public Scope<Candidate> Scope() => Candidate.Where($"role IS NULL");

    public Task<int> ProcessBatchAsync(Batch<Candidate> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"role = {"intern"}", cancellationToken);
}
