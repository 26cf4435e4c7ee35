using Drip.Data;
using Drip.Simulation.Faults;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Model;

/// <summary>The cursors of the model database, as one process reaches them.</summary>
internal sealed class ModelCursors(DatabaseState state, Network network, VirtualProcess process) : ICursors
{
    public ValueTask<IReadOnlyList<Cursor>> ListAsync(string run, CancellationToken cancellationToken) =>
        network.SendAsync(process, state.Service, "cursors", () => state.CursorsOf(run), cancellationToken);

    public ValueTask<IReadOnlyList<Cursor>> PlanAsync(string run, IReadOnlyList<Key> bounds, LeaseClaim? claim, CancellationToken cancellationToken) =>
        network.SendAsync(process, state.Service, "plan", () => Plan(run, bounds, claim), cancellationToken, () => state.CanChangeCursors(run));

    public ValueTask<Cursor?> ClaimAsync(string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken) =>
        network.SendAsync(process, state.Service, $"claim p{partition} e{epoch}", () => Claim(run, partition, epoch, claim), cancellationToken, () => state.CanChangeCursor(run, partition));

    public ValueTask<bool> RenewAsync(string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken) =>
        network.SendAsync(process, state.Service, $"renew p{partition} e{epoch}", () => Renew(run, partition, epoch, claim), cancellationToken, () => state.CanChangeCursor(run, partition));

    public async ValueTask ReleaseAsync(string run, int partition, long epoch, CancellationToken cancellationToken) =>
        await network.SendAsync(process, state.Service, $"release p{partition} e{epoch}", () => Release(run, partition, epoch), cancellationToken, () => state.CanChangeCursor(run, partition)).ConfigureAwait(false);

    public async ValueTask FenceAsync(string run, long runEpoch, CancellationToken cancellationToken) =>
        await network.SendAsync(process, state.Service, "fence", () => Fence(run, runEpoch), cancellationToken, () => state.CanChangeCursors(run)).ConfigureAwait(false);

    public async ValueTask ReopenAsync(string run, CancellationToken cancellationToken) =>
        await network.SendAsync(process, state.Service, "reopen cursors", () => Reopen(run), cancellationToken, () => state.CanChangeCursors(run)).ConfigureAwait(false);

    private IReadOnlyList<Cursor> Plan(string run, IReadOnlyList<Key> bounds, LeaseClaim? claim)
    {
        if (state.CursorsOf(run) is { Count: > 0 } planned) return planned;
        var cursors = Enumerable.Range(0, bounds.Count + 1).Select(i => new Cursor(run, i, i == 0 && claim is not null ? 1 : 0)
        {
            RunEpoch = claim?.RunEpoch ?? 0,
            Owner = i == 0 ? claim?.Owner : null,
            LeaseUntil = i == 0 ? claim?.Until : null,
            Lower = i == 0 ? null : bounds[i - 1],
            Upper = i == bounds.Count ? null : bounds[i],
        });
        state.SetCursors(cursors, "planned");
        return state.CursorsOf(run);
    }

    private Cursor? Claim(string run, int partition, long epoch, LeaseClaim claim)
    {
        if (state.CursorOf(run, partition) is not { } cursor || cursor.Epoch != epoch || cursor.RunEpoch > claim.RunEpoch) return null;
        state.SetCursor(
            cursor with { Epoch = epoch + 1, RunEpoch = claim.RunEpoch, Owner = claim.Owner, LeaseUntil = claim.Until, Rescues = cursor.Rescues + (cursor.Owner is null || cursor.Owner == claim.Owner ? 0 : 1) },
            "claimed");
        return state.CursorOf(run, partition);
    }

    private bool Renew(string run, int partition, long epoch, LeaseClaim claim)
    {
        if (state.CursorOf(run, partition) is not { } cursor || cursor.Epoch != epoch || cursor.Owner != claim.Owner) return false;
        state.SetCursor(cursor with { LeaseUntil = claim.Until }, "renewed");
        return true;
    }

    private bool Release(string run, int partition, long epoch)
    {
        if (state.CursorOf(run, partition) is not { } cursor || cursor.Epoch != epoch) return false;
        state.SetCursor(cursor with { Owner = null, LeaseUntil = null, Rescues = 0 }, "released");
        return true;
    }

    private int Fence(string run, long runEpoch)
    {
        var cursors = state.CursorsOf(run);
        var fenced = cursors.Select(cursor => cursor with { Epoch = cursor.Epoch + 1, RunEpoch = Math.Max(cursor.RunEpoch, runEpoch), Owner = null, LeaseUntil = null });
        state.SetCursors(cursors.Count == 0 ? [new Cursor(run, 0, 0) { RunEpoch = runEpoch }] : fenced, "fenced");
        return cursors.Count;
    }

    private int Reopen(string run)
    {
        var open = state.QuarantineOf(run).Where(row => row.State == QuarantineState.Open).ToArray();
        foreach (var row in open) state.SetQuarantined(run, row.Key, row with { State = QuarantineState.Retry });
        state.SetCursors(
            state.CursorsOf(run).Select(cursor => cursor.IsDone ? cursor with { Rescues = 0, Owner = null, LeaseUntil = null } : cursor with { Rescues = 0 }), "reopened");
        return open.Length;
    }
}
