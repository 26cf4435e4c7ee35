using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Isolation;

[Backfill(MaxFailures = 1000)]
internal partial class EachFragileItem(Script<Item> script)
{
    public Scope<Item> Scope() => script.Scope();

    public void ProcessElement(Item item, Changes<Item> changes) => script.Element(item, changes);
}

[Backfill(MaxFailures = 1000)]
internal partial class FragileItemBatches(Script<Item> script)
{
    public Scope<Item> Scope() => script.Scope();

    public Task<int> ProcessBatchAsync(Batch<Item> batch, CancellationToken cancellationToken) => script.Batch(batch, cancellationToken);
}

[Backfill(FailureRate = 0.1)]
internal partial class ATenthMayFail(Script<Item> script)
{
    public Scope<Item> Scope() => script.Scope();

    public void ProcessElement(Item item, Changes<Item> changes) => script.Element(item, changes);
}

internal static class Poison
{
    /// <summary>Counts touches, and throws where a poisoned row is among the rows at hand; returns the sizes of all tries.</summary>
    public static List<int> Throw(this Script<Item> script, HashSet<long> poisoned)
    {
        List<int> tries = [];
        script.Element = (item, changes) =>
        {
            tries.Add(1);
            changes.Update(item with { Revision = item.Revision + 1 });
            if (poisoned.Contains(item.Id)) throw new FormatException($"{item.Id} is poisoned.");
        };
        script.Batch = async (batch, cancellationToken) =>
        {
            tries.Add(batch.Size);
            var count = await batch.UpdateAsync($"revision = revision + 1", cancellationToken);
            return batch.Rows.FirstOrDefault(item => poisoned.Contains(item.Id)) is { } bad ? throw new FormatException($"{bad.Id} is poisoned.") : count;
        };
        return tries;
    }
}
