using Drip.Runs;
using Drip.Simulation.Checks;
using Drip.Simulation.Faults;
using Drip.Store;

namespace Drip.Simulation.Model;

/// <summary>The store that all processes share: Drip's own in memory, watched at each change.</summary>
internal sealed class SimulatedStore(Service service, DatabaseState? file, DataChecks checks)
{
    private readonly Dictionary<string, Run> _known = new(StringComparer.Ordinal);

    public InMemoryStore Inner { get; } = new();

    /// <summary>Those who want a hint when a run is enqueued.</summary>
    public List<Action> Listeners { get; } = [];

    public Service Service => service;

    /// <summary>The database in which the store is, where it is in one.</summary>
    public DatabaseState? File => file;

    public IReadOnlyList<Run> Runs => Now(Inner.ListAsync(new RunFilter(Limit: int.MaxValue)));

    /// <summary>Does something to one run, and looks at what has become of it.</summary>
    public T Change<T>(string id, Func<ValueTask<T>> change)
    {
        var result = Now(change());
        if (Now(Inner.FindAsync(id)) is not { } run) return result;
        RunChecks.Changed(_known.GetValueOrDefault(id), run);
        if (run.Status == RunStatus.Enqueued && _known.GetValueOrDefault(id)?.Status != RunStatus.Enqueued) Listeners.ForEach(static listener => listener());
        _known[id] = run;
        checks.StoreSays(run);
        return result;
    }

    /// <summary>What the store answers; it keeps everything in memory and never waits.</summary>
    public static T Now<T>(ValueTask<T> answer) => answer.GetAwaiter().GetResult();
}
