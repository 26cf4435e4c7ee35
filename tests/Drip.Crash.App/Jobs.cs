using System.Diagnostics;

namespace Drip.Crash.App;

/// <summary>One UPDATE for each batch.</summary>
[Backfill(BatchSize = 20)]
public partial class RaiseBatches
{
    public Scope<Item> Scope() => Item.All;

    public Task<int> ProcessBatchAsync(Batch<Item> batch, Changes<Effect> effects, CancellationToken cancellationToken)
    {
        foreach (var item in batch.Rows) effects.Insert(new Effect(0, item.Id));
        return batch.UpdateAsync($"revision = revision + {1}", cancellationToken);
    }
}

/// <summary>Row by row.</summary>
[Backfill(BatchSize = 20)]
public partial class RaiseRows
{
    public Scope<Item> Scope() => Item.All;

    public void ProcessElement(Item item, Changes<Item> items, Changes<Effect> effects) => item.Raise(items, effects);
}

/// <summary>In four partitions, by as many walks.</summary>
[Backfill(BatchSize = 10, Partitions = 4)]
public partial class RaiseDivided
{
    public Scope<Item> Scope() => Item.All;

    public void ProcessElement(Item item, Changes<Item> items, Changes<Effect> effects) => item.Raise(items, effects);
}

/// <summary>With a pause between batches, for others to come in between.</summary>
[Backfill(BatchSize = 20, Sleep = "25ms")]
public partial class RaiseSlowly
{
    public Scope<Item> Scope() => Item.All;

    public void ProcessElement(Item item, Changes<Item> items, Changes<Effect> effects) => item.Raise(items, effects);
}

/// <summary>With hooks that write down for what they were called: once or, where a worker dies, more often.</summary>
[Backfill(BatchSize = 20)]
public partial class RaiseHooked
{
    public Scope<Item> Scope() => Item.All;

    public void ProcessElement(Item item, Changes<Item> items, Changes<Effect> effects) => item.Raise(items, effects);

    private static void AfterBatchCompleted(BatchContext batch) => File.AppendAllText("hooks.txt", $"after batch {batch.Number}\n");

    private static void AfterRunCompleted(RunContext run) => File.AppendAllText("hooks.txt", $"after {run.Job}\n");
}

/// <summary>Around rows that fail, one UPDATE for each part of a batch.</summary>
[Backfill(BatchSize = 50, MaxFailures = 10)]
public partial class RaiseSound
{
    public Scope<Item> Scope() => Item.All;

    public Task<int> ProcessBatchAsync(Batch<Item> batch, Changes<Effect> effects, CancellationToken cancellationToken)
    {
        foreach (var item in batch.Rows)
        {
            if (item.State == "poison") throw new InvalidOperationException("This item is poison.");
            effects.Insert(new Effect(0, item.Id));
        }

        return batch.UpdateAsync($"revision = revision + {1}", cancellationToken);
    }
}

/// <summary>Without a row that may fail, in partitions.</summary>
[Backfill(BatchSize = 10, Partitions = 2)]
public partial class RaiseStrictly
{
    public Scope<Item> Scope() => Item.All;

    public void ProcessElement(Item item, Changes<Item> items, Changes<Effect> effects)
    {
        if (item.State == "poison") throw new InvalidOperationException("This item is poison.");
        item.Raise(items, effects);
    }
}

/// <summary>Ends its own process at a row that is deadly, the way a native library or the operating system does.</summary>
[Backfill(BatchSize = 10)]
public partial class RaiseDeadly
{
    public Scope<Item> Scope() => Item.All;

    public void ProcessElement(Item item, Changes<Item> items, Changes<Effect> effects)
    {
        if (item.State == "deadly") Process.GetCurrentProcess().Kill();
        item.Raise(items, effects);
    }
}
