using Drip.Data;
using Drip.Simulation.Faults;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Model;

/// <summary>The quarantined rows of the model database, as one process reaches them.</summary>
internal sealed class ModelQuarantine(DatabaseState state, Network network, VirtualProcess process) : IQuarantine
{
    public ValueTask<IReadOnlyList<QuarantinedRow>> ListAsync(string run, CancellationToken cancellationToken) =>
        network.SendAsync<IReadOnlyList<QuarantinedRow>>(process, state.Service, "quarantine", () => [.. state.QuarantineOf(run)], cancellationToken);

    public ValueTask<long> CountAsync(string run, CancellationToken cancellationToken) =>
        network.SendAsync(process, state.Service, "count quarantine", () => state.QuarantineOf(run).LongCount(row => row.State != QuarantineState.Skipped), cancellationToken);

    public ValueTask<bool> SkipAsync(string run, Key key, CancellationToken cancellationToken) =>
        network.SendAsync(process, state.Service, $"skip {key}", () => Skip(run, key), cancellationToken, () => state.CanWrite());

    private bool Skip(string run, Key key)
    {
        if (state.QuarantineOf(run).FirstOrDefault(row => row.Key == key) is not { State: QuarantineState.Open } open) return false;
        state.SetQuarantined(run, key, open with { State = QuarantineState.Skipped });
        return true;
    }
}
