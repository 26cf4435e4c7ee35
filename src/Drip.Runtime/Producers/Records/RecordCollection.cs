using System.Collections;

namespace Drip.Producers.Records;

/// <summary>The records of a model at a version, in the order of their creation.</summary>
internal sealed class RecordCollection<T>(RecordTables tables, RecordTable table, long version) : IReadOnlyCollection<T> where T : class
{
    private readonly int _slots = table.Slots;
    private int _count = -1;

    public int Count => _count >= 0 ? _count : _count = CountThem();

    public IEnumerator<T> GetEnumerator()
    {
        for (var slot = 0; slot < _slots; slot++)
        {
            if (table.At(slot, version) is { } entry) yield return (T)entry.Value;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int CountThem()
    {
        lock (tables.Sync)
        {
            if (table.CountedAt <= version) return table.Live;
        }

        var count = 0;
        for (var slot = 0; slot < _slots; slot++)
        {
            if (table.At(slot, version) is not null) count++;
        }

        return count;
    }
}
