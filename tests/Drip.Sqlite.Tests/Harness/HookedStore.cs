using System.Data.Common;
using Drip.Data;
using Drip.Hooks;
using Drip.Runs;
using Drip.Store;

namespace Drip.Sqlite.Tests.Harness;

/// <summary>A store that lets a test step in before a batch is recorded.</summary>
internal sealed class HookedStore(IRunStore store, Action<BatchRecord> beforeRecording) : IRunStore
{
    public string Description => store.Description;

    public ValueTask<IReadOnlyList<MigrationStatus>> GetMigrationsAsync(CancellationToken cancellationToken = default) => store.GetMigrationsAsync(cancellationToken);

    public ValueTask<IReadOnlyList<MigrationStatus>> MigrateAsync(CancellationToken cancellationToken = default) => store.MigrateAsync(cancellationToken);

    public ValueTask<Run?> CreateAsync(Run run, CancellationToken cancellationToken = default) => store.CreateAsync(run, cancellationToken);

    public ValueTask<Run?> FindAsync(string id, CancellationToken cancellationToken = default) => store.FindAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<Run>> ListAsync(RunFilter filter, CancellationToken cancellationToken = default) => store.ListAsync(filter, cancellationToken);

    public ValueTask<IReadOnlyList<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken = default) => store.ListBatchesAsync(filter, cancellationToken);

    public ValueTask<Run?> ClaimAsync(string id, long epoch, LeaseClaim claim, string? who = null, CancellationToken cancellationToken = default) => store.ClaimAsync(id, epoch, claim, who, cancellationToken);

    public ValueTask<BatchReceipt> RenewAsync(string id, long epoch, LeaseClaim claim, CancellationToken cancellationToken = default) => store.RenewAsync(id, epoch, claim, cancellationToken);

    public ValueTask<IReadOnlyList<Run>> FindWorkAsync(string? after = null, int limit = 100, CancellationToken cancellationToken = default) => store.FindWorkAsync(after, limit, cancellationToken);

    public ValueTask LogAsync(RunEvent happened, CancellationToken cancellationToken = default) => store.LogAsync(happened, cancellationToken);

    public ValueTask SetQuarantinedAsync(string id, long quarantined, CancellationToken cancellationToken = default) => store.SetQuarantinedAsync(id, quarantined, cancellationToken);

    public ValueTask<bool> ReleaseAsync(string id, long epoch, RunStatus status, RunCounters counters, RunError? error, DateTimeOffset now, bool exactly = false, CancellationToken cancellationToken = default) =>
        store.ReleaseAsync(id, epoch, status, counters, error, now, exactly, cancellationToken);

    public ValueTask<bool> LetGoAsync(string id, long epoch, RunCounters counters, string why, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        store.LetGoAsync(id, epoch, counters, why, now, cancellationToken);

    public ValueTask<Run?> EnqueueAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) => store.EnqueueAsync(id, who, now, cancellationToken);

    public ValueTask<Run?> FailAsync(string id, long epoch, RunError error, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        store.FailAsync(id, epoch, error, now, cancellationToken);

    public IOutbox Outbox => store.Outbox;

    public ValueTask<Run?> RequestAsync(
        string id, long epoch, RunRequestKind kind, bool ownerIsGone, bool force, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        store.RequestAsync(id, epoch, kind, ownerIsGone, force, who, now, cancellationToken);

    public ValueTask<Run?> ReopenAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) => store.ReopenAsync(id, who, now, cancellationToken);

    public ValueTask<IReadOnlyList<RunEvent>> ListEventsAsync(string run, long afterId = 0, int limit = 100, CancellationToken cancellationToken = default) =>
        store.ListEventsAsync(run, afterId, limit, cancellationToken);

    public bool IsIn(DbConnection connection) => store.IsIn(connection);

    public ValueTask<BatchReceipt> RecordBatchesAsync(IReadOnlyList<BatchRecord> batches, RunCounters counters, long epoch, DateTimeOffset? leaseUntil, DbTransaction? transaction, CancellationToken cancellationToken = default)
    {
        foreach (var batch in batches) beforeRecording(batch);
        return store.RecordBatchesAsync(batches, counters, epoch, leaseUntil, transaction, cancellationToken);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
