using System.Runtime.InteropServices;
using Drip.Producers.Versions;

namespace Drip.Producers.Records;

/// <summary>What a step changes, against the records as it sees them.</summary>
/// <param name="tables">The records.</param>
/// <param name="version">The version that the step sees.</param>
internal sealed class ChangeSet(RecordTables tables, long version) : RecordChanges
{
    // Most steps change a record or two: a search is cheaper than an index then.
    private const int IndexedFrom = 8;

    private readonly List<PendingChange> _pending = [];
    private Dictionary<RecordId, int>?[]? _byId;
    private NumberRange[]? _numbers;

    /// <summary>The changes in their order.</summary>
    public ReadOnlySpan<PendingChange> Pending => CollectionsMarshal.AsSpan(_pending);

    public override T Create<T>(T record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var table = tables.Of(typeof(T));
        var created = T.HasId(record) ? record : T.WithId(record, NewId(table));
        var id = T.IdOf(created);
        var at = IndexOf(table, id);
        if (at < 0 ? table.Find(id, version) is not null : _pending[at] is not { Kind: RecordChangeKind.Delete }) throw Mistakes.Exists(table, id, by: null);
        if (at >= 0 && _pending[at].Seen is { } seen)
        {
            // Deleted and made again by one step: for everybody else it is an update.
            _pending[at] = new PendingChange(table, RecordChangeKind.Update, id, seen, created, table.Diff(seen.Value, created));
        }
        else if (at >= 0)
        {
            _pending[at] = new PendingChange(table, RecordChangeKind.Create, id, null, created, default);
        }
        else
        {
            Add(new PendingChange(table, RecordChangeKind.Create, id, null, created, default));
        }

        return created;
    }

    public override void Update<T>(T record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var table = tables.Of(typeof(T));
        var id = T.IdOf(record);
        var at = IndexOf(table, id);
        if (at >= 0) UpdateAgain(at, table, id, record);
        else
        {
            var seen = table.Find(id, version) ?? throw Mistakes.Missing(table, id, "updated");
            var columns = T.Diff((T)seen.Value, record);
            if (!columns.IsEmpty) Add(new PendingChange(table, RecordChangeKind.Update, id, seen, record, columns));
        }
    }

    public override void Delete<T>(T record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Delete<T>(T.IdOf(record));
    }

    public override void Delete<T>(RecordId id)
    {
        var table = tables.Of(typeof(T));
        var at = IndexOf(table, id);
        if (at >= 0)
        {
            if (_pending[at].Kind == RecordChangeKind.Delete) throw Mistakes.Missing(table, id, "deleted");
            _pending[at] = new PendingChange(table, RecordChangeKind.Delete, id, _pending[at].Seen, null, default);
            return;
        }

        var seen = table.Find(id, version) ?? throw Mistakes.Missing(table, id, "deleted");
        Add(new PendingChange(table, RecordChangeKind.Delete, id, seen, null, default));
    }

    /// <summary>Gives back the numbers that were taken for records that will not be.</summary>
    public void Drop()
    {
        foreach (var range in _numbers ?? [])
        {
            if (range.Last - range.First == range.Count - 1) range.Table?.ReturnNumbers(range.First, range.Last);
        }
    }

    private void UpdateAgain(int at, RecordTable table, RecordId id, object record)
    {
        var before = _pending[at];
        if (before.Kind == RecordChangeKind.Delete) throw Mistakes.Missing(table, id, "updated");
        if (before.Seen is null)
        {
            _pending[at] = before with { After = record };
            return;
        }

        var columns = table.Diff(before.Seen.Value, record);
        if (columns.IsEmpty) return;
        var after = table.Merge(before.After!, before.After!, record, columns);
        _pending[at] = before with { After = after, Columns = table.Diff(before.Seen.Value, after) };
    }

    private RecordId NewId(RecordTable table)
    {
        switch (table.IdKind)
        {
            case Generated.RecordIdKind.Guid: return Guid.CreateVersion7();
            case Generated.RecordIdKind.Text: return Guid.CreateVersion7().ToString();
            default:
                var number = table.TakeNumber();
                _numbers ??= new NumberRange[tables.Count];
                ref var range = ref _numbers[table.Model];
                range = range.Table is null
                    ? new NumberRange(table, number, number, 1)
                    : range with { Last = number, Count = range.Count + 1 };
                return number;
        }
    }

    private int IndexOf(RecordTable table, RecordId id)
    {
        if (_byId is not null) return _byId[table.Model] is { } places && places.TryGetValue(id, out var place) ? place : -1;
        for (var at = 0; at < _pending.Count; at++)
        {
            if (_pending[at].Table == table && _pending[at].Id == id) return at;
        }

        return -1;
    }

    private void Add(PendingChange change)
    {
        _pending.Add(change);
        if (_byId is not null)
        {
            Index(_pending.Count - 1);
        }
        else if (_pending.Count >= IndexedFrom)
        {
            _byId = new Dictionary<RecordId, int>?[tables.Count];
            for (var at = 0; at < _pending.Count; at++) Index(at);
        }
    }

    private void Index(int at) => (_byId![_pending[at].Table.Model] ??= []).Add(_pending[at].Id, at);

    private readonly record struct NumberRange(RecordTable? Table, long First, long Last, long Count);
}
