namespace Drip.Simulation.Model;

/// <summary>A row of the one table there is.</summary>
internal sealed record Item(long Id, long Touches) : IModel<Item>
{
    public static ModelSchema Schema { get; } = new(
        "Item", "items", [new ModelColumn("id", "Id", ColumnType.Int64, false), new ModelColumn("touches", "Touches", ColumnType.Int64, false)], [0], isMutable: false);

    public static Item Read<TReader>(ref TReader reader) where TReader : struct, IRowReader => new(reader.GetInt64(0), reader.GetInt64(1));

    public static void Write<TWriter>(ref TWriter writer, Item row, ColumnSet columns) where TWriter : struct, IRowWriter
    {
        if (columns.Contains(0)) writer.Write(0, row.Id);
        if (columns.Contains(1)) writer.Write(1, row.Touches);
    }

    public static void WriteKey<TWriter>(ref TWriter writer, Item row) where TWriter : struct, IRowWriter => writer.Write(0, row.Id);

    public static ColumnSet Diff(Item before, Item after)
    {
        var set = default(ColumnSet);
        if (before.Id != after.Id) set.Add(0);
        if (before.Touches != after.Touches) set.Add(1);
        return set;
    }

    public static bool SameKey(Item left, Item right) => left.Id == right.Id;

    public static Key KeyOf(Item row) => row.Id;

    public static Item Copy(Item row) => row;
}
