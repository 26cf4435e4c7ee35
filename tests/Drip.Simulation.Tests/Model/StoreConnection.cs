using System.Data.Common;
using Drip.Data;
using Drip.Hooks;
using Drip.Runs;
using Drip.Simulation.Faults;
using Drip.Simulation.Scheduling;
using Drip.Store;

namespace Drip.Simulation.Model;

/// <summary>The store as one process reaches it.</summary>
internal sealed class StoreConnection(SimulatedStore store, Network network, Schedule schedule, VirtualProcess process) : IRunStore
{
    private InMemoryStore Inner => store.Inner;

    public string Description => "model";

    public ValueTask<IReadOnlyList<MigrationStatus>> GetMigrationsAsync(CancellationToken cancellationToken = default) => Inner.GetMigrationsAsync(cancellationToken);

    public ValueTask<IReadOnlyList<MigrationStatus>> MigrateAsync(CancellationToken cancellationToken = default) => Inner.MigrateAsync(cancellationToken);

    public ValueTask<Run?> CreateAsync(Run run, CancellationToken cancellationToken = default) =>
        WriteAsync($"create {run.Job}", run.Id, () => Inner.CreateAsync(run), cancellationToken);

    public ValueTask<Run?> FindAsync(string id, CancellationToken cancellationToken = default) => ReadAsync("find", () => Inner.FindAsync(id), cancellationToken);

    public ValueTask<IReadOnlyList<Run>> ListAsync(RunFilter filter, CancellationToken cancellationToken = default) => ReadAsync("list", () => Inner.ListAsync(filter), cancellationToken);

    public ValueTask<IReadOnlyList<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken = default) =>
        ReadAsync("batches", () => Inner.ListBatchesAsync(filter), cancellationToken);

    public ValueTask<IReadOnlyList<RunEvent>> ListEventsAsync(string run, long afterId = 0, int limit = 100, CancellationToken cancellationToken = default) =>
        ReadAsync("events", () => Inner.ListEventsAsync(run, afterId, limit), cancellationToken);

    public ValueTask<IReadOnlyList<Run>> FindWorkAsync(string? after = null, int limit = 100, CancellationToken cancellationToken = default) =>
        ReadAsync("work", () => Inner.FindWorkAsync(after, limit), cancellationToken);

    public ValueTask<Run?> ClaimAsync(string id, long epoch, LeaseClaim claim, string? who = null, CancellationToken cancellationToken = default) =>
        WriteAsync($"claim run {id} e{epoch}", id, () => Inner.ClaimAsync(id, epoch, claim, who), cancellationToken);

    public ValueTask<Run?> TakeAsync(TakeFilter filter, LeaseClaim claim, CancellationToken cancellationToken = default) => store.File is null
        ? network.SendAsync(process, store.Service, $"take behind {filter.After}", () => Take(filter, claim), cancellationToken)
        : new((Run?)null);

    public ValueTask<IAsyncDisposable?> ListenAsync(Action wake, CancellationToken cancellationToken = default) =>
        new(store.File is null ? new Listener(store, () => schedule.After(TimeSpan.FromMilliseconds(2), process, wake)) : null);

    public ValueTask<DateTimeOffset> ReserveAsync(string id, int rows, double perSecond, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        WriteAsync($"reserve {rows} at {perSecond}", id, () => Inner.ReserveAsync(id, rows, perSecond, now), cancellationToken);

    public ValueTask<BatchReceipt> RenewAsync(string id, long epoch, LeaseClaim claim, CancellationToken cancellationToken = default) =>
        WriteAsync($"renew run e{epoch}", id, () => Inner.RenewAsync(id, epoch, claim), cancellationToken);

    public async ValueTask LogAsync(RunEvent happened, CancellationToken cancellationToken = default) =>
        await WriteAsync($"log {happened.Kind}", happened.RunId, () => Unit(Inner.LogAsync(happened)), cancellationToken).ConfigureAwait(false);

    public async ValueTask SetQuarantinedAsync(string id, long quarantined, CancellationToken cancellationToken = default) =>
        await WriteAsync($"set quarantined {quarantined}", id, () => Unit(Inner.SetQuarantinedAsync(id, quarantined)), cancellationToken).ConfigureAwait(false);

    public ValueTask<bool> ReleaseAsync(string id, long epoch, RunStatus status, RunCounters counters, RunError? error, DateTimeOffset now, bool exactly = false, CancellationToken cancellationToken = default) =>
        WriteAsync($"release run {id} e{epoch} {status} at {counters.Scanned}", id, () => Inner.ReleaseAsync(id, epoch, status, counters, error, now, exactly), cancellationToken);

    public ValueTask<bool> LetGoAsync(string id, long epoch, RunCounters counters, string why, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        WriteAsync($"let go of run {id} e{epoch}", id, () => Inner.LetGoAsync(id, epoch, counters, why, now), cancellationToken);

    public ValueTask<Run?> EnqueueAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        WriteAsync("enqueue", id, () => Inner.EnqueueAsync(id, who, now), cancellationToken);

    public ValueTask<Run?> FailAsync(string id, long epoch, RunError error, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        WriteAsync($"fail run e{epoch}", id, () => Inner.FailAsync(id, epoch, error, now), cancellationToken);

    public IOutbox Outbox => Inner.Outbox;

    public ValueTask<Run?> RequestAsync(
        string id, long epoch, RunRequestKind kind, bool ownerIsGone, bool force, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        WriteAsync($"ask {kind}{(force ? " by force" : "")} e{epoch}", id, () => Inner.RequestAsync(id, epoch, kind, ownerIsGone, force, who, now), cancellationToken);

    public ValueTask<Run?> ReopenAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        WriteAsync("reopen", id, () => Inner.ReopenAsync(id, who, now), cancellationToken);

    public bool IsIn(DbConnection connection) => store.File is not null;

    public ValueTask<BatchReceipt> RecordBatchesAsync(
        IReadOnlyList<BatchRecord> batches, RunCounters counters, long epoch, DateTimeOffset? leaseUntil, DbTransaction? transaction, CancellationToken cancellationToken = default)
    {
        var id = batches[0].RunId;
        if (transaction is not ModelDbTransaction { Model: var model }) return WriteAsync($"tell {id} {batches.Count} e{epoch}", id, Record, cancellationToken);

        // Nobody else writes to the file until the batch commits, so what holds now holds then.
        return model.SendAsync($"tell {id} {batches.Count} e{epoch} inside", () => LookAndRecord(model, id, epoch, Record), cancellationToken);

        ValueTask<BatchReceipt> Record() => Inner.RecordBatchesAsync(batches, counters, epoch, leaseUntil, null, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => default;

    private Run? Take(TakeFilter filter, LeaseClaim claim)
    {
        var next = store.Runs
            .Where(run => run.Status == RunStatus.Enqueued && filter.Jobs.Contains(run.Job) && string.CompareOrdinal(run.Id, filter.After ?? "") > 0)
            .MinBy(run => run.Id, StringComparer.Ordinal);
        return next is null ? null : store.Change(next.Id, () => Inner.ClaimAsync(next.Id, next.Epoch, claim));
    }

    private BatchReceipt LookAndRecord(ModelTransaction model, string id, long epoch, Func<ValueTask<BatchReceipt>> record)
    {
        var run = SimulatedStore.Now(Inner.FindAsync(id));
        if (run?.Epoch != epoch || !RunTransitions.IsHeld(run.Status)) return BatchReceipt.Lost;
        model.OnCommit(() => store.Change(id, record));
        return new BatchReceipt(true, run.Request);
    }

    private ValueTask<T> ReadAsync<T>(string what, Func<ValueTask<T>> read, CancellationToken cancellationToken) =>
        network.SendAsync(process, store.Service, what, () => SimulatedStore.Now(read()), cancellationToken);

    private ValueTask<T> WriteAsync<T>(string what, string id, Func<ValueTask<T>> write, CancellationToken cancellationToken) =>
        network.SendAsync(process, store.Service, what, () => store.Change(id, write), cancellationToken, store.File is null ? null : () => store.File.CanWrite());

    private sealed class Listener : IAsyncDisposable
    {
        private readonly SimulatedStore _store;
        private readonly Action _hint;

        public Listener(SimulatedStore store, Action hint)
        {
            (_store, _hint) = (store, hint);
            store.Listeners.Add(hint);
        }

        public ValueTask DisposeAsync()
        {
            _store.Listeners.Remove(_hint);
            return default;
        }
    }

    private static ValueTask<bool> Unit(ValueTask done)
    {
        done.GetAwaiter().GetResult();
        return new ValueTask<bool>(true);
    }
}
