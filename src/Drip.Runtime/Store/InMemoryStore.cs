using System.Data.Common;
using Drip.Data;
using Drip.Hooks;
using Drip.Runs;

namespace Drip.Store;

/// <summary>Keeps runs in this process's memory, for tests and for work that needs no trace. Safe for any number of threads.</summary>
public sealed class InMemoryStore : IRunStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private readonly List<RunEvent> _events = [];
    private readonly InMemoryOutbox _outbox = new();
    private readonly Dictionary<string, DateTimeOffset> _paced = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<(int Partition, long Number), BatchRecord>> _batches = new(StringComparer.Ordinal);

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
            if (!run.Status.IsTerminal() && FindLive(run) is { } live) return new(live);
            if (!_runs.TryAdd(run.Id, run)) throw SqlStore.IdIsTaken(run.Id);
            Log(RunChanges.Created(run));
            AddEntry(HookContexts.EntryOf(null, run, run.CreatedAt));
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
            return new(batches.Values
                .OrderByDescending(Place)
                .Where(batch => filter.Status is null || batch.Status == filter.Status)
                .Where(batch => filter.Before is not { } before || Place(batch).CompareTo(Place(before)) < 0)
                .Take(filter.Limit).ToArray());
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RunEvent>> ListEventsAsync(string run, long afterId = 0, int limit = 100, CancellationToken cancellationToken = default)
    {
        lock (_lock) return new(_events.Where(happened => happened.RunId == run && happened.Id > afterId).Take(limit).ToArray());
    }

    /// <inheritdoc/>
    public ValueTask<Run?> ClaimAsync(string id, long epoch, LeaseClaim claim, string? who = null, CancellationToken cancellationToken = default) =>
        new(Change(id, run => RunChanges.Claim(run, epoch, claim, who)));

    /// <inheritdoc/>
    public ValueTask<BatchReceipt> RenewAsync(string id, long epoch, LeaseClaim claim, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Held(id, epoch) is not { } run || run.Owner != claim.Owner) return new(BatchReceipt.Lost);
            _runs[id] = run with { LeaseUntil = claim.Until };
            return new(new BatchReceipt(true, run.Request));
        }
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset> ReserveAsync(string id, int rows, double perSecond, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var begin = Pacing.Begin(_paced.TryGetValue(id, out var until) ? until : null, rows, perSecond, now);
            if (_runs.ContainsKey(id)) _paced[id] = Pacing.End(begin, rows, perSecond);
            return new(begin);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Run>> FindWorkAsync(string? after = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_runs.Values
                .Where(RunTransitions.IsWork)
                .Where(run => after is null || string.CompareOrdinal(run.Id, after) > 0)
                .Take(limit).ToArray());
        }
    }

    /// <inheritdoc/>
    public ValueTask LogAsync(RunEvent happened, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_runs.ContainsKey(happened.RunId)) Log(happened);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask SetQuarantinedAsync(string id, long quarantined, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_runs.TryGetValue(id, out var run) && !RunTransitions.IsHeld(run.Status)) _runs[id] = run with { Counters = run.Counters with { Quarantined = quarantined } };
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(string id, long epoch, RunStatus status, RunCounters counters, RunError? error, DateTimeOffset now, bool exactly = false, CancellationToken cancellationToken = default) =>
        new(Change(id, run => RunChanges.Release(run, epoch, status, counters, error, now, exactly)) is not null);

    /// <inheritdoc/>
    public ValueTask<bool> LetGoAsync(string id, long epoch, RunCounters counters, string why, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        new(Change(id, run => RunChanges.LetGo(run, epoch, counters, why, now)) is not null);

    /// <inheritdoc/>
    public ValueTask<Run?> EnqueueAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        new(Change(id, run => RunChanges.Enqueue(run, who, now)));

    /// <inheritdoc/>
    public ValueTask<Run?> FailAsync(string id, long epoch, RunError error, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        new(Change(id, run => RunChanges.Fail(run, epoch, error, now)));

    /// <inheritdoc/>
    public IOutbox Outbox => _outbox;

    /// <inheritdoc/>
    public ValueTask<Run?> RequestAsync(
        string id, long epoch, RunRequestKind kind, bool ownerIsGone, bool force, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        new(Change(id, run => RunChanges.Request(run, epoch, kind, ownerIsGone, force, who, now)));

    /// <inheritdoc/>
    public ValueTask<Run?> ReopenAsync(string id, string? who, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        new(Change(id, run =>
        {
            var change = RunChanges.Reopen(run, who, now);
            return change is not null && FindLive(run) is { } live ? throw RunChanges.InTheWay(live) : change;
        }));

    /// <inheritdoc/>
    public bool IsIn(DbConnection connection) => false;

    /// <inheritdoc/>
    public ValueTask<BatchReceipt> RecordBatchesAsync(IReadOnlyList<BatchRecord> batches, RunCounters counters, long epoch, DateTimeOffset? leaseUntil, DbTransaction? transaction, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Held(batches[0].RunId, epoch) is not { } run) return new(BatchReceipt.Lost);
            _runs[run.Id] = run with
            {
                Counters = RunChanges.Count(run.Counters, counters),
                LeaseUntil = leaseUntil ?? run.LeaseUntil,
            };
            if (!_batches.TryGetValue(run.Id, out var recorded)) _batches[run.Id] = recorded = [];
            foreach (var batch in batches)
            {
                recorded[(batch.Partition, batch.Number)] = batch;
                if (BatchHistory.PruneUpTo(batch.Number) is { } last) Prune(recorded, batch.Partition, last);
            }

            return new(new BatchReceipt(true, run.Request));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private Run? Change(string id, Func<Run, RunChange?> change)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(id, out var run) || change(run) is not { } changed) return null;
            Log(changed.Event);
            AddEntry(HookContexts.EntryOf(run.Status, changed.Run, changed.Event.At));
            return _runs[id] = changed.Run;
        }
    }

    private void AddEntry(OutboxEntry? entry)
    {
        if (entry is not null) _outbox.Add(entry);
    }

    private void Log(RunEvent happened) => _events.Add(happened with { Id = _events.Count + 1 });

    private Run? FindLive(Run run) => _runs.Values.FirstOrDefault(other => IsDuplicate(run, other));

    private static bool IsDuplicate(Run run, Run other) =>
        other.Job == run.Job && other.Options == run.Options && other.Limit == run.Limit && !other.Status.IsTerminal();

    private static (DateTimeOffset, int, long) Place(BatchRecord batch) => (batch.FinishedAt, batch.Partition, batch.Number);

    private static void Prune(Dictionary<(int Partition, long Number), BatchRecord> batches, int partition, long last)
    {
        var old = batches.Values.Where(batch => batch.Partition == partition && batch.Number <= last && batch.Status == RunStatus.Completed);
        foreach (var batch in old.ToArray()) batches.Remove((partition, batch.Number));
    }

    private Run? Held(string id, long epoch) =>
        _runs.TryGetValue(id, out var run) && run.Epoch == epoch && RunTransitions.IsHeld(run.Status) ? run : null;
}
