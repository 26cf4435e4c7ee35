using Drip.Producers.Versions;

namespace Drip.Sqlite.Versions;

/// <summary>Goes through the changes that <see cref="ChangeEncoder"/> wrote, and says of each where its values are.</summary>
internal sealed class ChangeScan(StoredModel[] models)
{
    private readonly RecordFields[] _after = Array.ConvertAll(models, model => new RecordFields(model.Codec.Schema));
    private readonly RecordFields[] _before = Array.ConvertAll(models, model => new RecordFields(model.Codec.Schema));
    private ByteReader _source;
    private int _position;

    /// <summary>The current change's model.</summary>
    public StoredModel Model => models[_position];

    public RecordChangeKind Kind { get; private set; }

    /// <summary>The id of the record, which an update has apart from the values.</summary>
    public RecordId Id { get; private set; }

    /// <summary>Which columns an update changed, by their ordinals as they are now.</summary>
    public ColumnSet Columns { get; private set; }

    /// <summary>The values after the change; of a record that was deleted those before.</summary>
    public RecordFields After => _after[_position];

    /// <summary>The values before an update.</summary>
    public RecordFields Before => _before[_position];

    /// <summary>The version that the changes are of.</summary>
    public long Number { get; private set; }

    public void Begin(long number, ByteReader source) => (Number, _source) = (number, source);

    /// <summary>Moves to the next change; false at the end.</summary>
    public bool Next()
    {
        if (_source.IsAtEnd) return false;
        var head = _source.Varint();
        Kind = (RecordChangeKind)(head & 3);
        if (Kind > RecordChangeKind.Delete || head >> 2 >= (ulong)models.Length)
        {
            throw new InvalidDataException("A change is of no kind, or of a model that the run has not.");
        }

        _position = (int)(head >> 2);
        (Id, Columns) = (default, default);
        if (Kind != RecordChangeKind.Update)
        {
            Model.FindAll(ref _source, After);
            return true;
        }

        Id = StoredId.Read(ref _source, Model.Codec.IdKind);
        var columns = _source.Columns();
        Columns = Model.Translate(columns);
        Model.Find(ref _source, columns, After);
        Model.Find(ref _source, columns, Before);
        return true;
    }

    /// <summary>The current change. The records of an update have only what changed, and the id.</summary>
    public RecordChange Change()
    {
        var codec = Model.Codec;
        if (Kind == RecordChangeKind.Update)
        {
            return new RecordChange(Model.Index, Kind, Id, Columns, codec.Read(Before, Id), codec.Read(After, Id));
        }

        var record = codec.Read(After);
        return Kind == RecordChangeKind.Create
            ? new RecordChange(Model.Index, Kind, codec.IdOf(record), default, null, record)
            : new RecordChange(Model.Index, Kind, codec.IdOf(record), default, record, null);
    }
}
