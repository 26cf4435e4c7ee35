using Drip.Generated;

namespace Drip.Runtime.Tests.Producers.Harness;

/// <summary>A model with a number as its id and a column for each policy of conflicts; what the generator writes for one, by hand.</summary>
internal sealed record Item(long Id, string Status, string? Note = null, int Best = 0, int Least = 0, int Hits = 0) : IRecord<Item>
{
    public static ModelSchema Schema { get; } = new("Item", "item",
        [
            new("id", "Id", ColumnType.Int64, false), new("status", "Status", ColumnType.Text, false), new("note", "Note", ColumnType.Text, true),
            new("best", "Best", ColumnType.Int32, false), new("least", "Least", ColumnType.Int32, false), new("hits", "Hits", ColumnType.Int32, false),
        ],
        [0], isMutable: false);

    public static ModelPlan Plan { get; } = new ModelPlan<Item>("Item")
    {
        Conflicts = [Conflict.Reject, Conflict.Reject, Conflict.LastWriter, Conflict.Max, Conflict.Min, Conflict.Sum],
    };

    public static RecordIdKind IdKind => RecordIdKind.Number;

    public static RecordId IdOf(Item record) => record.Id;

    public static bool HasId(Item record) => record.Id != 0;

    public static Item WithId(Item record, RecordId id) => record with { Id = id.Number };

    public static Item Merge(Item current, Item before, Item after, ColumnSet columns) => new(
        columns.Contains(0) ? after.Id : current.Id,
        columns.Contains(1) ? after.Status : current.Status,
        columns.Contains(2) ? after.Note : current.Note,
        !columns.Contains(3) ? current.Best : current.Best == before.Best ? after.Best : Math.Max(current.Best, after.Best),
        !columns.Contains(4) ? current.Least : current.Least == before.Least ? after.Least : Math.Min(current.Least, after.Least),
        !columns.Contains(5) ? current.Hits : current.Hits + (after.Hits - before.Hits));

    public static Item Read<TReader>(ref TReader reader) where TReader : struct, IRowReader => new(
        reader.GetInt64(0), reader.GetString(1), reader.IsNull(2) ? null : reader.GetString(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5));

    public static void Write<TWriter>(ref TWriter writer, Item row, ColumnSet columns) where TWriter : struct, IRowWriter
    {
        if (columns.Contains(0)) writer.Write(0, row.Id);
        if (columns.Contains(1)) writer.Write(1, row.Status);
        if (columns.Contains(2) && row.Note is { } note) writer.Write(2, note);
        else if (columns.Contains(2)) writer.WriteNull(2);
        if (columns.Contains(3)) writer.Write(3, (long)row.Best);
        if (columns.Contains(4)) writer.Write(4, (long)row.Least);
        if (columns.Contains(5)) writer.Write(5, (long)row.Hits);
    }

    public static void WriteKey<TWriter>(ref TWriter writer, Item row) where TWriter : struct, IRowWriter => writer.Write(0, row.Id);

    public static ColumnSet Diff(Item before, Item after)
    {
        var columns = default(ColumnSet);
        if (before.Id != after.Id) columns.Add(0);
        if (before.Status != after.Status) columns.Add(1);
        if (before.Note != after.Note) columns.Add(2);
        if (before.Best != after.Best) columns.Add(3);
        if (before.Least != after.Least) columns.Add(4);
        if (before.Hits != after.Hits) columns.Add(5);
        return columns;
    }

    public static bool SameKey(Item left, Item right) => left.Id == right.Id;

    public static Key KeyOf(Item row) => row.Id;

    public static Item Copy(Item row) => row;
}
