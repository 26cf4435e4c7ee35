using Drip.Generated;

namespace Drip.Producers.Records;

/// <summary>The records at a version. Whoever made it sees to it that the version stays pinned as long as it is read.</summary>
internal sealed class RecordView(RecordTables tables, long version) : RecordStore
{
    public override IReadOnlyCollection<T> All<T>() => new RecordCollection<T>(tables, tables.Of(typeof(T)), version);

    public override T? Find<T>(RecordId id) where T : class => (T?)tables.Of(typeof(T)).Find(id, version)?.Value;
}
