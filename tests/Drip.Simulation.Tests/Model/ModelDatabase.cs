using Drip.Data;
using Drip.Hooks;
using Drip.Simulation.Faults;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Model;

/// <summary>The model database as one process reaches it.</summary>
internal sealed class ModelDatabase(DatabaseState state, Network network, Schedule schedule, VirtualProcess process) : IDatabase
{
    public string Description => "model";

    public bool ExcludesOthers => state.Locking == Locking.OneFile;

    public ICursors Cursors { get; } = new ModelCursors(state, network, process);

    public IQuarantine Quarantine { get; } = new ModelQuarantine(state, network, process);

    /// <summary>Nothing is in it: the jobs of simulations have no hooks.</summary>
    public IOutbox Outbox { get; } = new InMemoryOutbox();

    public ValueTask<ITable<T>> OpenAsync<T>(Scope<T> scope, CancellationToken cancellationToken) where T : IModel<T> =>
        network.SendAsync(process, state.Service, "open", () => (ITable<T>)(object)new ModelTable(state, network, schedule, process), cancellationToken);

    public DripException? Explain(Exception error) => error as DripException;

    public ValueTask DisposeAsync() => default;
}
