namespace Drip;

/// <summary>
/// Collects what a batch changes in one table. The changes are written after the batch's method has returned, in the
/// order of the calls, through prepared statements, inside the batch's transaction.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class Changes<T> where T : IModel<T>
{
    private readonly List<Change<T>> _list = [];
    private T[] _read = [];
    private T[] _originals = [];
    private int _count;
    private int _position;
    private int _mark;
    private Dictionary<Key, int>? _byKey;

    /// <summary>
    /// Writes the columns of <paramref name="row"/> that differ from what was read; nothing if none does.
    /// A row that this batch did not read is written whole, by its key.
    /// </summary>
    public void Update(T row)
    {
        var index = IndexOf(row);
        _list.Add(new Change<T>(ChangeKind.Update, row, index < 0 ? default : _originals[index], index, null, null));
    }

    /// <summary>Sets columns of the row with this key, for example <c>changes.Update(7, $"role = {"intern"}")</c>.</summary>
    public void Update(Key key, SqlHandler set) =>
        _list.Add(new Change<T>(ChangeKind.UpdateByKey, default, default, -1, key, set.ToSql()));

    /// <summary>Adds a row.</summary>
    public void Insert(T row) => _list.Add(new Change<T>(ChangeKind.Insert, row, default, -1, null, null));

    /// <summary>Deletes the row.</summary>
    public void Delete(T row) => _list.Add(new Change<T>(ChangeKind.Delete, row, default, IndexOf(row), null, null));

    /// <summary>Deletes the row with this key.</summary>
    public void Delete(Key key) => _list.Add(new Change<T>(ChangeKind.DeleteByKey, default, default, -1, key, null));

    internal IReadOnlyList<Change<T>> List => _list;

    /// <summary>The change that is being written; -1 before and after.</summary>
    internal int InHand { get; set; } = -1;

    /// <summary>The key of the row that is being written, for the error that it caused.</summary>
    internal Key? KeyInHand => InHand < 0 ? null : _list[InHand].Key ?? T.KeyOf(_list[InHand].Row!);

    /// <summary>Starts the next batch: <paramref name="read"/> holds its rows, <paramref name="originals"/> what they were when read.</summary>
    internal void Begin(T[] read, T[] originals, int count)
    {
        (_read, _originals, _count, _position, _byKey) = (read, originals, count, 0, null);
        _list.Clear();
        _mark = 0;
        InHand = -1;
    }

    /// <summary>The element that is being processed, where rows come one by one.</summary>
    internal void MoveTo(int position) => _position = position;

    /// <summary>Remembers what was collected before the next element.</summary>
    internal void Mark() => _mark = _list.Count;

    /// <summary>Forgets what was collected since <see cref="Mark"/>.</summary>
    internal void CutBack() => _list.RemoveRange(_mark, _list.Count - _mark);

    // Nearly every update is of the element at hand or follows the order of the rows, so that is tried before any lookup.
    private int IndexOf(T row)
    {
        for (var step = 0; step < 2 && _position + step < _count; step++)
        {
            if (T.SameKey(_originals[_position + step], row)) return _position += step;
        }

        if (_count == 0) return -1;
        _byKey ??= Index();
        return _byKey.TryGetValue(T.KeyOf(row), out var index) ? _position = index : -1;
    }

    private Dictionary<Key, int> Index()
    {
        var index = new Dictionary<Key, int>(_count);
        for (var i = 0; i < _count; i++) index.TryAdd(T.KeyOf(_originals[i]), i);
        return index;
    }
}

internal enum ChangeKind : byte { Update, UpdateByKey, Insert, Delete, DeleteByKey }

/// <summary>
/// One change. <see cref="Index"/> is the row's place in the page that was read, or -1; <see cref="Before"/> is what was read there.
/// </summary>
internal readonly record struct Change<T>(ChangeKind Kind, T? Row, T? Before, int Index, Key? Key, SqlText? Set);
