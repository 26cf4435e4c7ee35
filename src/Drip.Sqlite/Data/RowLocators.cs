namespace Drip.Sqlite.Data;

/// <summary>
/// Where each row of a page is stored: its row number, which is exact and the fastest way back to it; or, for tables
/// that have none, its key as it is stored (a Guid may be stored in lower case, and would not be found in upper case).
/// </summary>
internal sealed class RowLocators(bool hasRowId)
{
    public bool HasRowId => hasRowId;

    public List<long> RowIds { get; } = [];

    public List<Key> Keys { get; } = [];

    public void Add(long rowId) => RowIds.Add(rowId);

    public void Add(Key key) => Keys.Add(key);

    public void Clear()
    {
        RowIds.Clear();
        Keys.Clear();
    }
}
