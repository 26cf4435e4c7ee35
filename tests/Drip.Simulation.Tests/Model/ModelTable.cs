using Drip.Data;
using Drip.Simulation.Faults;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Model;

/// <summary>The table of one walk.</summary>
internal sealed class ModelTable(DatabaseState state, Network network, Schedule schedule, VirtualProcess process) : ITable<Item>
{
    public async ValueTask<IBatchTransaction<Item>> BeginAsync(CancellationToken cancellationToken)
    {
        var transaction = new ModelTransaction(state, network, schedule, process);
        await network.SendAsync(process, state.Service, "begin", transaction.Begin, cancellationToken, () => state.CanWrite()).ConfigureAwait(false);
        return transaction;
    }

    public Task<long> CountAsync(string run, CancellationToken cancellationToken) =>
        network.SendAsync(process, state.Service, "count", () => Count(run), cancellationToken).AsTask();

    public ValueTask<bool> HasAnyAsync(KeyRange range, CancellationToken cancellationToken) =>
        network.SendAsync(process, state.Service, "any", () => state.KeysIn(range).Any(), cancellationToken);

    public ValueTask<IReadOnlyList<Key>> DivideAsync(int parts, CancellationToken cancellationToken) =>
        network.SendAsync(process, state.Service, "divide", () => Divide(parts), cancellationToken);

    public ValueTask<Cursor?> StealAsync(string run, long least, LeaseClaim claim, CancellationToken cancellationToken) =>
        network.SendAsync(process, state.Service, "steal", () => Steal(run, least, claim), cancellationToken, () => state.CanChangeCursors(run));

    public ValueTask DisposeAsync() => default;

    private long Count(string run)
    {
        var cursors = state.CursorsOf(run);
        return cursors.Count == 0 ? state.Keys.Count : cursors.Sum(cursor => cursor.Scanned + (cursor.IsDone ? 0 : state.KeysIn(cursor.Rest).Count()));
    }

    private IReadOnlyList<Key> Divide(int parts) => state.Keys.Count < parts
        ? [.. state.Keys.Take(parts - 1).Select(key => (Key)key)]
        : [.. Enumerable.Range(1, parts - 1).Select(part => (Key)state.Keys[(part * state.Keys.Count / parts) - 1])];

    private Cursor? Steal(string run, long least, LeaseClaim claim)
    {
        var cursors = state.CursorsOf(run);
        var victim = cursors.Where(cursor => !cursor.IsDone && cursor.RunEpoch <= claim.RunEpoch).MaxBy(cursor => state.KeysIn(cursor.Rest).Count());
        if (victim is null || state.KeysIn(victim.Rest).ToArray() is var rest && rest.Length < Math.Max(2, least)) return null;
        Key middle = rest[(rest.Length / 2) - 1];
        var number = cursors[^1].Partition + 1;
        state.SetCursors(
            [
                victim with { Upper = middle },
                new Cursor(run, number, 1) { RunEpoch = claim.RunEpoch, Lower = middle, Upper = victim.Upper, Owner = claim.Owner, LeaseUntil = claim.Until },
            ],
            "stolen");
        return state.CursorOf(run, number);
    }
}
