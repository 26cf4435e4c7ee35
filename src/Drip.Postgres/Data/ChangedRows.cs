namespace Drip.Postgres.Data;

/// <summary>Which rows were met since the last <see cref="Clear"/>: those of the page by their place, others by their key.</summary>
internal sealed class ChangedRows
{
    private readonly HashSet<Key> _keys = [];
    private int[] _places = [];
    private int _round = 1;

    /// <summary>Whether a row of the page was met.</summary>
    public bool Has(int place) => place < _places.Length && _places[place] == _round;

    /// <summary>Whether another row was met.</summary>
    public bool Has(Key key) => _keys.Contains(key);

    public void Add(int place)
    {
        if (_places.Length <= place) Array.Resize(ref _places, Math.Max(place + 1, Math.Max(_places.Length * 2, 64)));
        _places[place] = _round;
    }

    public void Add(Key key) => _keys.Add(key);

    public void Clear()
    {
        _round++;
        _keys.Clear();
    }
}
