using Drip.Producers.Versions;

namespace Drip.Sqlite.Versions;

/// <summary>The records of all models while a version is put together from a snapshot and changes.</summary>
internal sealed class Replay(RecordCodec[] codecs)
{
    private readonly ModelReplay[] _models = Array.ConvertAll(codecs, codec => new ModelReplay(codec));

    /// <summary>Adds a record of a snapshot.</summary>
    public void Add(int model, object record) => _models[model].Add(record);

    /// <summary>Applies the current change.</summary>
    public void Apply(ChangeScan change)
    {
        var model = _models[change.Model.Index];
        switch (change.Kind)
        {
            case RecordChangeKind.Create:
                model.Add(change.Model.Codec.Read(change.After));
                break;
            case RecordChangeKind.Delete:
                model.Remove(change.Model.Codec.IdOf(change.Model.Codec.Read(change.After)));
                break;
            default:
                model.Update(change.Id, change.After);
                break;
        }
    }

    /// <summary>The records, in the order of their creation.</summary>
    public IReadOnlyList<object>[] Records() => Array.ConvertAll(_models, model => model.Records());
}
