using Drip.Generated;
using Drip.Simulation.Model;

namespace Drip.Simulation.Jobs;

/// <summary>Touches each row once, a batch at a time.</summary>
internal sealed class TouchBatches<TKind>(JobHost host) : IBackfill<TouchBatches<TKind>, Item> where TKind : IJobKind
{
    public static BackfillInfo Info { get; } = JobKinds.InfoOf<TKind>("batches", isElementWise: false);

    public static TouchBatches<TKind> Create(IServiceProvider services, OptionValues options) => new(ServiceLookup.Require<JobHost>(services, Info.Name));

    public Scope<Item> GetScope() => Scope<Item>.All;

    public async ValueTask<int> ProcessAsync(BatchWork<Item> work, CancellationToken cancellationToken)
    {
        var batch = work.Batch;
        await host.DieAtAsync(batch.From, batch.To).ConfigureAwait(false);
        await host.PonderAsync(cancellationToken).ConfigureAwait(false);
        if (work.Context.Number % 2 == 0)
        {
            foreach (var row in batch.Rows) host.ThrowIfBad(row.Id);
        }

        return await batch.UpdateAsync($"touches = touches + 1", cancellationToken).ConfigureAwait(false);
    }
}
