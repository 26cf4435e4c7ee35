using System.Collections.Concurrent;
using Drip.Generated;
using Drip.Producers.Versions;

namespace Drip.Producers.Records;

/// <summary>
/// All records of a run, the steps' own included, with what they were at every version that somebody still looks at. A view of a version is
/// a number; while it is pinned, nothing that it sees is let go.
/// </summary>
internal sealed class RecordTables
{
    private readonly bool _keepsAll;
    private readonly RecordTable[] _tables;
    private readonly Dictionary<Type, RecordTable> _byType = [];
    private readonly Queue<Superseded> _superseded = [];
    private readonly ConcurrentQueue<ViewPin> _released = [];
    private ViewPin? _oldest;
    private ViewPin? _newest;
    private ViewPin? _unused;

    /// <param name="plan">The producer.</param>
    /// <param name="version">The version that the tables begin with; -1 before the first.</param>
    /// <param name="keepsAll">Whether every version stays, so that each can be looked at later.</param>
    public RecordTables(ProducerPlan plan, long version, bool keepsAll)
    {
        (_keepsAll, Version) = (keepsAll, version);
        var models = new ProducerModels(plan);
        _tables = new RecordTable[models.All.Count];
        for (var model = 0; model < _tables.Length; model++)
        {
            _tables[model] = models.All[model].Accept(new TableMaker(model, model != models.Steps));
            _byType.Add(models.All[model].Type, _tables[model]);
        }
    }

    /// <summary>Held by whoever writes, and to pin a view.</summary>
    public Lock Sync { get; } = new();

    /// <summary>The version that was written last.</summary>
    public long Version { get; private set; }

    public int Count => _tables.Length;

    /// <summary>The records of steps. They are found by slot, and by id only once <see cref="RecordTable.Index"/> was called.</summary>
    public RecordTable Steps => _tables[^1];

    public RecordTable this[int model] => _tables[model];

    /// <summary>The table of a model.</summary>
    /// <exception cref="DripException">The type is no model of the producer.</exception>
    public RecordTable Of(Type type) => _byType.TryGetValue(type, out var table)
        ? table
        : throw new DripException(
            DripErrorKind.Usage, "unknown-model", $"{type.Name} is not a model of this producer.", "Declare it as a [Model] inside the producer.");

    /// <summary>Fills a table with the records that the tables begin with.</summary>
    public void Load(int model, IReadOnlyList<object> records)
    {
        foreach (var record in records) _tables[model].Add(record, Version);
    }

    /// <summary>Begins the next version. Under the lock.</summary>
    public long Begin() => ++Version;

    /// <summary>Writes a change of the version that has begun; returned is the record's slot. Under the lock.</summary>
    public int Write(in RecordChange change, int slot)
    {
        var table = _tables[change.Model];
        if (change.Kind == RecordChangeKind.Create)
        {
            slot = table.Add(change.After!, Version);
            if (!_keepsAll && table.Newest(slot) is { Older: not null } again) _superseded.Enqueue(new Superseded(table, slot, again));
            return slot;
        }

        var kind = change.Kind == RecordChangeKind.Delete ? RecordEntryKind.Deleted : RecordEntryKind.Updated;
        var entry = table.Write(slot, change.After ?? change.Before!, Version, kind);
        if (!_keepsAll) _superseded.Enqueue(new Superseded(table, slot, entry));
        return slot;
    }

    /// <summary>Holds on to what the newest version shows. Under the lock.</summary>
    public ViewPin Pin()
    {
        var pin = _unused ?? new ViewPin();
        _unused = pin.Newer;
        (pin.Version, pin.Older, pin.Newer) = (Version, _newest, null);
        if (_newest is null) _oldest = pin;
        else _newest.Newer = pin;
        return _newest = pin;
    }

    /// <summary>Lets go of it. Under the lock.</summary>
    public void Unpin(ViewPin pin)
    {
        if (pin.Older is null) _oldest = pin.Newer;
        else pin.Older.Newer = pin.Newer;
        if (pin.Newer is null) _newest = pin.Older;
        else pin.Newer.Older = pin.Older;
        pin.Newer = _unused;
        _unused = pin;
        while (_released.TryDequeue(out var released)) Unpin(released);
        LetGo();
    }

    /// <summary>
    /// Lets go of it without waiting for the lock: the log's writer may do so while whoever holds the lock waits for the writer.
    /// </summary>
    public void Release(ViewPin pin)
    {
        _released.Enqueue(pin);
        if (!Sync.TryEnter()) return;
        try
        {
            while (_released.TryDequeue(out var released)) Unpin(released);
        }
        finally
        {
            Sync.Exit();
        }
    }

    /// <summary>The oldest version that somebody looks at; the newest where nobody does. Under the lock.</summary>
    public long OldestPinned => _oldest?.Version ?? Version;

    /// <summary>Holds on to the newest version, for a snapshot.</summary>
    public IRecordView Capture()
    {
        lock (Sync) return new RecordCapture(this, Pin());
    }

    private void LetGo()
    {
        while (_superseded.TryPeek(out var next) && next.Entry.Version <= OldestPinned)
        {
            _superseded.Dequeue();
            next.Entry.Older = null;
            if (next.Entry.Kind == RecordEntryKind.Deleted) next.Table.Forget(next.Slot, next.Entry);
        }
    }

    private readonly record struct Superseded(RecordTable Table, int Slot, RecordEntry Entry);

    private sealed class TableMaker(int model, bool indexed) : IModelVisitor<RecordTable>
    {
        public RecordTable Visit<T>(ModelPlan<T> plan) where T : class, IRecord<T> => new RecordTable<T>(model, plan, indexed);
    }
}
