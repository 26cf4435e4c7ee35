using Drip.Producers.Versions;

namespace Drip.Sqlite.Versions;

/// <summary>
/// Writes changes one after the other: the model and the kind in one number; of a record that was created or deleted all values; of an
/// update the id, which columns changed, their new values and their old ones.
/// </summary>
internal sealed class ChangeEncoder(RecordCodec[] codecs)
{
    private readonly ByteWriter _values = new();
    private readonly ColumnSet[] _all = Array.ConvertAll(codecs, codec => ColumnSet.First(codec.Schema.Columns.Count));

    public void Write(ByteWriter target, in RecordChange change)
    {
        var codec = codecs[change.Model];
        target.Varint(((ulong)change.Model << 2) | (ulong)change.Kind);
        switch (change.Kind)
        {
            case RecordChangeKind.Create:
                codec.Write(target, _values, change.After!, _all[change.Model]);
                break;
            case RecordChangeKind.Delete:
                codec.Write(target, _values, change.Before!, _all[change.Model]);
                break;
            default:
                StoredId.Write(target, codec.IdKind, change.Id);
                target.Columns(change.Columns);
                codec.Write(target, _values, change.After!, change.Columns);
                codec.Write(target, _values, change.Before!, change.Columns);
                break;
        }
    }

    /// <summary>Writes a whole record, as in a snapshot.</summary>
    public void Write(ByteWriter target, int model, object record) => codecs[model].Write(target, _values, record, _all[model]);
}
