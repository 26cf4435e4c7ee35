namespace Drip.Producers.Records;

/// <summary>
/// Finds a record's slot by its id: a table of slots with open addressing, four bytes for a place, at most half full. Ids are asked of the
/// records themselves. One writer; readers need no lock, because a place is only ever filled or given to a newer slot of the same id.
/// </summary>
internal sealed class RecordIndex(RecordTable table)
{
    private const uint Fibonacci = 2654435769;
    private int[] _places = new int[16];
    private int _used;

    /// <summary>The newest slot with this id; -1 if there is none.</summary>
    public int Find(RecordId id)
    {
        var places = Volatile.Read(ref _places);
        for (var place = Start(id, places); ; place = (place + 1) & (places.Length - 1))
        {
            var slot = Volatile.Read(ref places[place]) - 1;
            if (slot < 0) return -1;
            if (table.Newest(slot) is { } entry && table.IdOf(entry.Value) == id) return slot;
        }
    }

    /// <summary>Makes the slot the one of this id.</summary>
    public void Set(RecordId id, int slot)
    {
        if (++_used * 2 > _places.Length) Grow();
        Put(_places, id, slot);
    }

    private void Put(int[] places, RecordId id, int slot)
    {
        var place = Start(id, places);
        while (places[place] is > 0 and var taken && !(table.Newest(taken - 1) is { } entry && table.IdOf(entry.Value) == id))
        {
            place = (place + 1) & (places.Length - 1);
        }

        Volatile.Write(ref places[place], slot + 1);
    }

    private void Grow()
    {
        var places = new int[_places.Length * 2];
        var used = 0;
        foreach (var taken in _places)
        {
            if (taken == 0 || table.Newest(taken - 1) is not { } entry) continue;
            used++;
            Put(places, table.IdOf(entry.Value), taken - 1);
        }

        _used = used + 1;
        Volatile.Write(ref _places, places);
    }

    private static int Start(RecordId id, int[] places) =>
        (int)(((uint)id.GetHashCode() * Fibonacci) >> 7) & (places.Length - 1);
}
