using Drip.Generated;

namespace Drip.Producers.Records;

/// <summary>The records as they are when they are asked for.</summary>
internal sealed class NewestRecords(RecordTables tables) : RecordStore
{
    public override IReadOnlyCollection<T> All<T>()
    {
        using var view = tables.Capture();
        return [.. new RecordView(tables, view.Version).All<T>()];
    }

    public override T? Find<T>(RecordId id) where T : class
    {
        using var view = tables.Capture();
        return new RecordView(tables, view.Version).Find<T>(id);
    }
}
