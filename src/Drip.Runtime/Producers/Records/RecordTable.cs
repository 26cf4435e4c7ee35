using Drip.Generated;

namespace Drip.Producers.Records;

/// <summary>
/// The records of one model with the versions of each: a slot for each record in the order of creation, which holds the newest entry.
/// One writer, under the lock of <see cref="RecordTables"/>; readers of a view need no lock.
/// </summary>
internal abstract class RecordTable
{
    private readonly RecordIndex _index;
    private RecordEntry?[] _slots = new RecordEntry?[16];
    private int _count;
    private bool _indexed;
    private long _lastNumber;

    protected RecordTable(int model, ModelPlan plan, bool indexed)
    {
        (Model, Plan, _indexed) = (model, plan, indexed);
        _index = new RecordIndex(this);
    }

    /// <summary>The model's index among all of the producer.</summary>
    public int Model { get; }

    public ModelPlan Plan { get; }

    /// <summary>How many slots there are.</summary>
    public int Slots => Volatile.Read(ref _count);

    /// <summary>How many records there are now.</summary>
    public int Live { get; private set; }

    /// <summary>The version that last created or deleted a record.</summary>
    public long CountedAt { get; private set; } = -1;

    /// <summary>Whether a record was ever deleted.</summary>
    public bool HasDeletions { get; private set; }

    /// <summary>Whether records can be found by their ids.</summary>
    public bool IsIndexed => _indexed;

    public abstract RecordIdKind IdKind { get; }

    public abstract RecordId IdOf(object record);

    public abstract bool HasId(object record);

    public abstract object WithId(object record, RecordId id);

    public abstract ColumnSet Diff(object before, object after);

    /// <summary><paramref name="current"/> with the columns changed as from <paramref name="before"/> to <paramref name="after"/>, by the columns' policies.</summary>
    public abstract object Merge(object current, object before, object after, ColumnSet columns);

    /// <summary>What happens when two steps update the column at the same time.</summary>
    public Conflict PolicyOf(int column) => column < Plan.Conflicts.Length ? Plan.Conflicts[column] : Conflict.Reject;

    /// <summary>The newest entry of a slot; null where the record was deleted and nobody looks at it any more.</summary>
    public RecordEntry? Newest(int slot) => Volatile.Read(ref _slots)[slot];

    /// <summary>The newest slot with this id; -1 if there is none.</summary>
    public int Find(RecordId id) => _index.Find(id);

    /// <summary>The record with this id as a view of a version sees it, or null.</summary>
    public RecordEntry? Find(RecordId id, long version)
    {
        var slot = Find(id);
        return slot >= 0 && RecordEntry.At(Newest(slot), version) is { Kind: not RecordEntryKind.Deleted } entry ? entry : null;
    }

    /// <summary>What a view of a version sees in a slot; null where it sees nothing.</summary>
    public RecordEntry? At(int slot, long version)
    {
        var entry = Newest(slot);
        while (entry is not null && entry.Version > version)
        {
            // What is older than the creation is another record, in an earlier slot.
            entry = entry.Kind == RecordEntryKind.Created ? null : entry.Older;
        }

        return entry is { Kind: not RecordEntryKind.Deleted } ? entry : null;
    }

    /// <summary>Takes the number after the largest one. May be called without the lock.</summary>
    public long TakeNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>Gives numbers back that were taken and not used, if nobody has taken one since.</summary>
    public void ReturnNumbers(long first, long last) => Interlocked.CompareExchange(ref _lastNumber, first - 1, last);

    /// <summary>Adds a record in a slot of its own; returned is the slot.</summary>
    public int Add(object record, long version)
    {
        var slot = _count;
        if (slot == _slots.Length)
        {
            var slots = new RecordEntry?[slot * 2];
            Array.Copy(_slots, slots, slot);
            Volatile.Write(ref _slots, slots);
        }

        RecordEntry? deleted = null;
        if (_indexed)
        {
            var id = IdOf(record);
            if (HasDeletions && Find(id) is >= 0 and var earlier) deleted = Newest(earlier);
            _slots[slot] = new RecordEntry(record, version, RecordEntryKind.Created, deleted);
            _index.Set(id, slot);
            RaiseNumber(id);
        }
        else
        {
            _slots[slot] = new RecordEntry(record, version, RecordEntryKind.Created, null);
        }

        Volatile.Write(ref _count, slot + 1);
        Live++;
        CountedAt = version;
        return slot;
    }

    /// <summary>Writes a slot's next entry.</summary>
    public RecordEntry Write(int slot, object record, long version, RecordEntryKind kind)
    {
        var entry = new RecordEntry(record, version, kind, _slots[slot]);
        _slots[slot] = entry;
        if (kind == RecordEntryKind.Deleted)
        {
            HasDeletions = true;
            Live--;
            CountedAt = version;
        }

        return entry;
    }

    /// <summary>Forgets a deleted record.</summary>
    public void Forget(int slot, RecordEntry deleted)
    {
        if (_slots[slot] == deleted) _slots[slot] = null;
    }

    /// <summary>Lets records be found by their ids from now on.</summary>
    public void Index()
    {
        if (_indexed) return;
        for (var slot = 0; slot < _count; slot++)
        {
            if (_slots[slot] is { } entry) _index.Set(IdOf(entry.Value), slot);
        }

        _indexed = true;
    }

    private void RaiseNumber(RecordId id)
    {
        if (IdKind != RecordIdKind.Number) return;
        var last = Interlocked.Read(ref _lastNumber);
        while (id.Number > last)
        {
            var seen = Interlocked.CompareExchange(ref _lastNumber, id.Number, last);
            if (seen == last) return;
            last = seen;
        }
    }
}

/// <summary>The same with the model's codec.</summary>
internal sealed class RecordTable<T>(int model, ModelPlan plan, bool indexed) : RecordTable(model, plan, indexed) where T : class, IRecord<T>
{
    public override RecordIdKind IdKind => T.IdKind;

    public override RecordId IdOf(object record) => T.IdOf((T)record);

    public override bool HasId(object record) => T.HasId((T)record);

    public override object WithId(object record, RecordId id) => T.WithId((T)record, id);

    public override ColumnSet Diff(object before, object after) => T.Diff((T)before, (T)after);

    public override object Merge(object current, object before, object after, ColumnSet columns) => T.Merge((T)current, (T)before, (T)after, columns);
}
