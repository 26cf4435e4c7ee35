using Drip.Generated;
using Drip.Sqlite.Tests.Versions.Harness;

namespace Drip.Sqlite.Tests.Codec;

// The rows that the codec is tested with, as records of a producer. A log merges nothing.
internal partial record Everything : IRecord<Everything>
{
    static RecordIdKind IRecord<Everything>.IdKind => RecordIdKind.Number;

    static RecordId IRecord<Everything>.IdOf(Everything record) => record.Id;

    static bool IRecord<Everything>.HasId(Everything record) => true;

    static Everything IRecord<Everything>.WithId(Everything record, RecordId id) => record with { Id = id.Number };

    static Everything IRecord<Everything>.Merge(Everything current, Everything before, Everything after, ColumnSet columns) => throw new NotMergedException();
}

internal partial record Optionals : IRecord<Optionals>
{
    static RecordIdKind IRecord<Optionals>.IdKind => RecordIdKind.Number;

    static RecordId IRecord<Optionals>.IdOf(Optionals record) => record.Id;

    static bool IRecord<Optionals>.HasId(Optionals record) => true;

    static Optionals IRecord<Optionals>.WithId(Optionals record, RecordId id) => record with { Id = id.Number };

    static Optionals IRecord<Optionals>.Merge(Optionals current, Optionals before, Optionals after, ColumnSet columns) => throw new NotMergedException();
}

internal partial record Document : IRecord<Document>
{
    static RecordIdKind IRecord<Document>.IdKind => RecordIdKind.Number;

    static RecordId IRecord<Document>.IdOf(Document record) => record.Id;

    static bool IRecord<Document>.HasId(Document record) => true;

    static Document IRecord<Document>.WithId(Document record, RecordId id) => record with { Id = id.Number };

    static Document IRecord<Document>.Merge(Document current, Document before, Document after, ColumnSet columns) => throw new NotMergedException();
}

internal partial record Wide : IRecord<Wide>
{
    static RecordIdKind IRecord<Wide>.IdKind => RecordIdKind.Number;

    static RecordId IRecord<Wide>.IdOf(Wide record) => record.Id;

    static bool IRecord<Wide>.HasId(Wide record) => true;

    static Wide IRecord<Wide>.WithId(Wide record, RecordId id) => record with { Id = id.Number };

    static Wide IRecord<Wide>.Merge(Wide current, Wide before, Wide after, ColumnSet columns) => throw new NotMergedException();
}
