using System.Data.Common;
using Drip.Generated;

namespace Drip.Hooks;

/// <summary>An outbox in this process's memory.</summary>
internal sealed class InMemoryOutbox : IOutbox
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<(string Run, HookPoint Point, int Partition, long Number), OutboxEntry> _entries = [];

    public ValueTask AddAsync(OutboxEntry entry, DbTransaction? transaction, CancellationToken cancellationToken = default)
    {
        Add(entry);
        return default;
    }

    public void Add(OutboxEntry entry)
    {
        lock (_lock) _entries[KeyOf(entry)] = entry;
    }

    public ValueTask<IReadOnlyList<OutboxEntry>> ListAsync(string run, CancellationToken cancellationToken = default) =>
        new(Where(entry => entry.Run == run));

    public ValueTask<IReadOnlyList<OutboxEntry>> FindAsync(DateTimeOffset now, int limit = 100, CancellationToken cancellationToken = default) =>
        new([.. Where(entry => entry.Due <= now || entry.Owner is not null).Take(limit)]);

    public ValueTask<bool> ClaimAsync(OutboxEntry entry, string owner, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(KeyOf(entry), out var now) || now.Owner != entry.Owner || now.Due != entry.Due) return new(false);
            _entries[KeyOf(entry)] = now with { Owner = owner, Due = until };
            return new(true);
        }
    }

    public ValueTask PostponeAsync(OutboxEntry entry, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_entries.ContainsKey(KeyOf(entry))) _entries[KeyOf(entry)] = entry with { Owner = null };
        }

        return default;
    }

    public ValueTask SettleAsync(OutboxEntry entry, CancellationToken cancellationToken = default)
    {
        lock (_lock) _entries.Remove(KeyOf(entry));
        return default;
    }

    private OutboxEntry[] Where(Func<OutboxEntry, bool> condition)
    {
        lock (_lock) return [.. _entries.Values.Where(condition).OrderBy(entry => entry.At)];
    }

    private static (string, HookPoint, int, long) KeyOf(OutboxEntry entry) => (entry.Run, entry.Point, entry.Partition, entry.Number);
}
