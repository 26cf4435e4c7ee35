using System.Runtime.CompilerServices;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Execution;

public sealed class Memory
{
    [Theory]
    [InlineData("each-item")]
    [InlineData("item-batches")]
    public async Task The_rows_of_a_page_are_not_kept_beyond_the_next(string job)
    {
        await using var bench = new Workbench(Item.TableOf(50));
        var rows = new List<WeakReference>();
        var alive = -1;
        var script = bench.Script<Item>();
        script.Element = (item, changes) => Keep(rows, item, changes, ref alive);
        script.Batch = (batch, _) =>
        {
            var changes = new Changes<Item>();
            foreach (var item in batch.Rows) Keep(rows, item, changes, ref alive);
            return Task.FromResult(batch.Size);
        };

        await bench.RunAsync(job, batchSize: 10);

        Assert.Equal(0, alive);
    }

    // Not inlined, so that no register of the caller holds a row.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(List<WeakReference> rows, Item item, Changes<Item> changes, ref int alive)
    {
        if (item.Id == 41)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            alive = rows.Take(30).Count(row => row.IsAlive);
        }

        rows.Add(new WeakReference(item));
        changes.Update(item with { Revision = 1 });
    }
}
