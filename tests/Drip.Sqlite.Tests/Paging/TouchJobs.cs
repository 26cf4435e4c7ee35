namespace Drip.Sqlite.Tests.Paging;

// One job of each form for each type of key: they add one to the revision of every row that they are given.

[Backfill]
internal partial class TouchIntKeyed(Walk walk)
{
    public Scope<IntKeyed> Scope() => walk.Of<IntKeyed>();

    public void ProcessElement(IntKeyed row, Changes<IntKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TouchIntKeyedBatches(Walk walk)
{
    public Scope<IntKeyed> Scope() => walk.Of<IntKeyed>();

    public Task<int> ProcessBatchAsync(Batch<IntKeyed> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"revision = revision + 1", cancellationToken);
}

[Backfill]
internal partial class TouchLongKeyed(Walk walk)
{
    public Scope<LongKeyed> Scope() => walk.Of<LongKeyed>();

    public void ProcessElement(LongKeyed row, Changes<LongKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TouchLongKeyedBatches(Walk walk)
{
    public Scope<LongKeyed> Scope() => walk.Of<LongKeyed>();

    public Task<int> ProcessBatchAsync(Batch<LongKeyed> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"revision = revision + 1", cancellationToken);
}

[Backfill]
internal partial class TouchTextKeyed(Walk walk)
{
    public Scope<TextKeyed> Scope() => walk.Of<TextKeyed>();

    public void ProcessElement(TextKeyed row, Changes<TextKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TouchTextKeyedBatches(Walk walk)
{
    public Scope<TextKeyed> Scope() => walk.Of<TextKeyed>();

    public Task<int> ProcessBatchAsync(Batch<TextKeyed> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"revision = revision + 1", cancellationToken);
}

[Backfill]
internal partial class TouchGuidKeyed(Walk walk)
{
    public Scope<GuidKeyed> Scope() => walk.Of<GuidKeyed>();

    public void ProcessElement(GuidKeyed row, Changes<GuidKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TouchGuidKeyedBatches(Walk walk)
{
    public Scope<GuidKeyed> Scope() => walk.Of<GuidKeyed>();

    public Task<int> ProcessBatchAsync(Batch<GuidKeyed> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"revision = revision + 1", cancellationToken);
}

[Backfill]
internal partial class TouchMomentKeyed(Walk walk)
{
    public Scope<MomentKeyed> Scope() => walk.Of<MomentKeyed>();

    public void ProcessElement(MomentKeyed row, Changes<MomentKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TouchMomentKeyedBatches(Walk walk)
{
    public Scope<MomentKeyed> Scope() => walk.Of<MomentKeyed>();

    public Task<int> ProcessBatchAsync(Batch<MomentKeyed> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"revision = revision + 1", cancellationToken);
}

[Backfill]
internal partial class TouchPairKeyed(Walk walk)
{
    public Scope<PairKeyed> Scope() => walk.Of<PairKeyed>();

    public void ProcessElement(PairKeyed row, Changes<PairKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TouchPairKeyedBatches(Walk walk)
{
    public Scope<PairKeyed> Scope() => walk.Of<PairKeyed>();

    public Task<int> ProcessBatchAsync(Batch<PairKeyed> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"revision = revision + 1", cancellationToken);
}

[Backfill]
internal partial class TouchTripleKeyed(Walk walk)
{
    public Scope<TripleKeyed> Scope() => walk.Of<TripleKeyed>();

    public void ProcessElement(TripleKeyed row, Changes<TripleKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TouchTripleKeyedBatches(Walk walk)
{
    public Scope<TripleKeyed> Scope() => walk.Of<TripleKeyed>();

    public Task<int> ProcessBatchAsync(Batch<TripleKeyed> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"revision = revision + 1", cancellationToken);
}

[Backfill]
internal partial class TouchOddlyNamed(Walk walk)
{
    public Scope<OddlyNamed> Scope() => walk.Of<OddlyNamed>();

    public void ProcessElement(OddlyNamed row, Changes<OddlyNamed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TouchOddlyNamedBatches(Walk walk)
{
    public Scope<OddlyNamed> Scope() => walk.Of<OddlyNamed>();

    public Task<int> ProcessBatchAsync(Batch<OddlyNamed> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"revision = revision + 1", cancellationToken);
}
