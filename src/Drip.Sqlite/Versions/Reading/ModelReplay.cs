namespace Drip.Sqlite.Versions;

/// <summary>The records of one model while changes are applied to them.</summary>
internal sealed class ModelReplay(RecordCodec codec)
{
    private readonly StoredModel _now = StoredModel.Now(0, codec);
    private readonly RecordFields _before = new(codec.Schema);
    private readonly ByteWriter _bytes = new();
    private readonly ByteWriter _values = new();
    // In the order of creation; null where a record was deleted.
    private readonly List<object?> _records = [];
    private Dictionary<RecordId, int>? _places;
    private int _deleted;

    public void Add(object record)
    {
        if (_places is not null && !_places.TryAdd(codec.IdOf(record), _records.Count)) throw Damaged("created");
        _records.Add(record);
    }

    public void Remove(RecordId id)
    {
        if (!Places.Remove(id, out var place)) throw Damaged("deleted");
        _records[place] = null;
        _deleted++;
    }

    /// <summary>Gives a record the values that changed.</summary>
    public void Update(RecordId id, RecordFields changed)
    {
        if (!Places.TryGetValue(id, out var place)) throw Damaged("updated");
        _bytes.Clear();
        codec.Write(_bytes, _values, _records[place]!, _now.All);
        var source = new ByteReader(_bytes.Array, 0, _bytes.Length);
        _now.FindAll(ref source, _before);
        changed.FillFrom(_before);
        _records[place] = codec.Read(changed);
    }

    public IReadOnlyList<object> Records()
    {
        var records = new object[_records.Count - _deleted];
        var count = 0;
        foreach (var record in _records)
        {
            if (record is not null) records[count++] = record;
        }

        return records;
    }

    // Made when a record is first looked for: a snapshot alone needs none.
    private Dictionary<RecordId, int> Places
    {
        get
        {
            if (_places is not null) return _places;
            _places = new Dictionary<RecordId, int>(_records.Count);
            for (var place = 0; place < _records.Count; place++)
            {
                if (!_places.TryAdd(codec.IdOf(_records[place]!), place)) throw Damaged("created");
            }

            return _places;
        }
    }

    private InvalidDataException Damaged(string what) =>
        new($"A {codec.Schema.Model} is {what} that {(what == "created" ? "is there already" : "is not there")}.");
}
