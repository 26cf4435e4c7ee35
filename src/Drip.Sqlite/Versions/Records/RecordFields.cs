namespace Drip.Sqlite.Versions;

/// <summary>Where the values of one record are, by the ordinals of its model as it is now.</summary>
internal sealed class RecordFields(ModelSchema schema)
{
    private const int Absent = -1;
    private const int Null = -2;

    private readonly Place[] _places = new Place[schema.Columns.Count];

    /// <summary>The model.</summary>
    public ModelSchema Schema { get; } = schema;

    /// <summary>Forgets all values; a column that is not set afterwards is absent.</summary>
    public void Clear() => Array.Fill(_places, new Place([], Absent));

    public void SetNull(int ordinal) => _places[ordinal] = new Place([], Null);

    public void Set(int ordinal, byte[] bytes, int position) => _places[ordinal] = new Place(bytes, position);

    /// <summary>Takes from another record what this one has no value of.</summary>
    public void FillFrom(RecordFields other)
    {
        for (var ordinal = 0; ordinal < _places.Length; ordinal++)
        {
            if (IsAbsent(ordinal)) _places[ordinal] = other._places[ordinal];
        }
    }

    /// <summary>Whether the column is not in the record: an update holds only what changed.</summary>
    public bool IsAbsent(int ordinal) => _places[ordinal].Position == Absent;

    public bool IsNull(int ordinal) => _places[ordinal].Position == Null;

    /// <summary>The value of a column that is neither absent nor null.</summary>
    public ByteReader At(int ordinal)
    {
        var place = _places[ordinal];
        return new ByteReader(place.Bytes, place.Position, place.Bytes.Length);
    }

    private readonly record struct Place(byte[] Bytes, int Position);
}
