using Drip.Generated;

namespace Drip.Runtime.Tests.Producers.Harness;

/// <summary>A model with a text as its id.</summary>
internal sealed record Tag(string Id, string Text) : IRecord<Tag>
{
    public static ModelSchema Schema { get; } = new("Tag", "tag",
        [new("id", "Id", ColumnType.Text, false), new("text", "Text", ColumnType.Text, false)], [0], isMutable: false);

    public static ModelPlan Plan { get; } = new ModelPlan<Tag>("Tag");

    public static RecordIdKind IdKind => RecordIdKind.Text;

    public static RecordId IdOf(Tag record) => record.Id;

    public static bool HasId(Tag record) => !string.IsNullOrEmpty(record.Id);

    public static Tag WithId(Tag record, RecordId id) => record with { Id = id.Text! };

    public static Tag Merge(Tag current, Tag before, Tag after, ColumnSet columns) => new(
        columns.Contains(0) ? after.Id : current.Id, columns.Contains(1) ? after.Text : current.Text);

    public static Tag Read<TReader>(ref TReader reader) where TReader : struct, IRowReader => new(reader.GetString(0), reader.GetString(1));

    public static void Write<TWriter>(ref TWriter writer, Tag row, ColumnSet columns) where TWriter : struct, IRowWriter
    {
        if (columns.Contains(0)) writer.Write(0, row.Id);
        if (columns.Contains(1)) writer.Write(1, row.Text);
    }

    public static void WriteKey<TWriter>(ref TWriter writer, Tag row) where TWriter : struct, IRowWriter => writer.Write(0, row.Id);

    public static ColumnSet Diff(Tag before, Tag after)
    {
        var columns = default(ColumnSet);
        if (before.Id != after.Id) columns.Add(0);
        if (before.Text != after.Text) columns.Add(1);
        return columns;
    }

    public static bool SameKey(Tag left, Tag right) => left.Id == right.Id;

    public static Key KeyOf(Tag row) => row.Id;

    public static Tag Copy(Tag row) => row;
}
