using Drip.Generated;
using Drip.Simulation.Model;

namespace Drip.Simulation.Jobs;

/// <summary>Touches each row once, row by row.</summary>
internal sealed class TouchEach<TKind>(JobHost host) : IBackfill<TouchEach<TKind>, Item> where TKind : IJobKind
{
    public static BackfillInfo Info { get; } = JobKinds.InfoOf<TKind>("each", isElementWise: true);

    public static TouchEach<TKind> Create(IServiceProvider services, OptionValues options) => new(ServiceLookup.Require<JobHost>(services, Info.Name));

    public Scope<Item> GetScope() => Scope<Item>.All;

    public async ValueTask<int> ProcessAsync(BatchWork<Item> work, CancellationToken cancellationToken)
    {
        await host.PonderAsync(cancellationToken).ConfigureAwait(false);
        for (var place = 0; place < work.Count; place++)
        {
            var row = work.MoveTo(place);
            host.ThrowIfBad(row.Id);
            await host.DieAtAsync(row.Id - 1, row.Id).ConfigureAwait(false);
            work.Changes.Update(row with { Touches = row.Touches + 1 });
        }

        return work.Count;
    }
}
