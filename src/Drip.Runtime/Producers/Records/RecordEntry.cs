namespace Drip.Producers.Records;

/// <summary>What a record was from one version on. A deleted record keeps its last value, for its id.</summary>
internal sealed class RecordEntry(object value, long version, RecordEntryKind kind, RecordEntry? older)
{
    /// <summary>The record.</summary>
    public object Value => value;

    /// <summary>The version that wrote it.</summary>
    public long Version => version;

    /// <summary>What the version did.</summary>
    public RecordEntryKind Kind => kind;

    /// <summary>What the record was before; cut when nobody looks at a version that old any more.</summary>
    public RecordEntry? Older { get; set; } = older;

    /// <summary>The entry that a view of a version sees; null where there was none yet.</summary>
    public static RecordEntry? At(RecordEntry? newest, long version)
    {
        while (newest is not null && newest.Version > version) newest = newest.Older;
        return newest;
    }
}

/// <summary>What a version did to a record.</summary>
internal enum RecordEntryKind : byte
{
    /// <summary>It created the record. An older entry, where there is one, is of a record with the same id that was deleted.</summary>
    Created,
    /// <summary>It updated the record.</summary>
    Updated,
    /// <summary>It deleted the record.</summary>
    Deleted,
}
