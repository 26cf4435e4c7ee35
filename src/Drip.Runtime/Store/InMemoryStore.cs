using System.Data.Common;
using Drip.Runs;

namespace Drip.Store;

/// <summary>Keeps runs in this process's memory, for tests and for work that needs no trace. Safe for any number of threads.</summary>
public sealed class InMemoryStore : IRunStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<long, BatchRecord>> _batches = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Description => "memory";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MigrationStatus>> GetMigrationsAsync(CancellationToken cancellationToken = default) => new([]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MigrationStatus>> MigrateAsync(CancellationToken cancellationToken = default) => new([]);

    /// <inheritdoc/>
    public ValueTask<Run?> CreateAsync(Run run, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!run.Status.IsTerminal() && _runs.Values.FirstOrDefault(other => IsDuplicate(run, other)) is { } live) return new(live);
            if (!_runs.TryAdd(run.Id, run)) throw SqlStore.IdIsTaken(run.Id);
            return new((Run?)null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Run?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        lock (_lock) return new(_runs.GetValueOrDefault(id));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Run>> ListAsync(RunFilter filter, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_runs.Values.Reverse()
                .Where(run => filter.Job is null || run.Job == filter.Job)
                .Where(run => filter.Status is null || run.Status == filter.Status)
                .Where(run => filter.IdPrefix is null || run.Id.StartsWith(filter.IdPrefix, StringComparison.Ordinal))
                .Where(run => filter.Before is null || string.CompareOrdinal(run.Id, filter.Before) < 0)
                .Take(filter.Limit).ToArray());
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BatchRecord>> ListBatchesAsync(BatchFilter filter, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_batches.TryGetValue(filter.RunId, out var batches)) return new([]);
            return new(batches.Values.Reverse()
                .Where(batch => filter.Status is null || batch.Status == filter.Status)
                .Where(batch => filter.Before is null || batch.Number < filter.Before)
                .Take(filter.Limit).ToArray());
        }
    }

    /// <inheritdoc/>
    public ValueTask<Run?> ClaimAsync(string id, long epoch, string owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(id, out var run) || run.Epoch != epoch || !RunTransitions.CanClaim(run.Status)) return new((Run?)null);
            return new(_runs[id] = run with
            {
                Status = RunStatus.Running,
                Epoch = epoch + 1,
                Owner = owner,
                StartedAt = run.StartedAt ?? now,
                Error = null,
            });
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(string id, long epoch, RunStatus status, RunCounters counters, RunError? error, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Held(id, epoch) is not { } run || !RunTransitions.IsAllowed(run.Status, status)) return new(false);
            _runs[id] = run with
            {
                Status = status,
                Owner = null,
                Counters = counters,
                Error = error,
                FinishedAt = status.IsTerminal() ? now : run.FinishedAt,
            };
            return new(true);
        }
    }

    /// <inheritdoc/>
    public bool IsIn(DbConnection connection) => false;

    /// <inheritdoc/>
    public ValueTask<bool> RecordBatchAsync(BatchRecord batch, RunCounters counters, long epoch, DbTransaction? transaction, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Held(batch.RunId, epoch) is not { } run) return new(false);
            _runs[run.Id] = run with { Counters = counters };
            if (!_batches.TryGetValue(run.Id, out var batches)) _batches[run.Id] = batches = [];
            batches[batch.Number] = batch;
            if (BatchHistory.PruneUpTo(batch.Number) is { } last) Prune(batches, last);
            return new(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private static bool IsDuplicate(Run run, Run other) =>
        other.Job == run.Job && other.Options == run.Options && other.Limit == run.Limit && !other.Status.IsTerminal();

    private static void Prune(SortedDictionary<long, BatchRecord> batches, long last)
    {
        var old = batches.Values.TakeWhile(batch => batch.Number <= last);
        foreach (var batch in old.Where(batch => batch.Status == RunStatus.Completed).ToArray()) batches.Remove(batch.Number);
    }

    private Run? Held(string id, long epoch) =>
        _runs.TryGetValue(id, out var run) && run.Epoch == epoch && RunTransitions.IsHeld(run.Status) ? run : null;
}
