namespace Drip.Hosting.Tests.Harness;

/// <summary>A model as the generator would make it.</summary>
internal sealed record Person(long Id, string Name, string? Role) : IModel<Person>
{
    public static ModelSchema Schema { get; } = new(
        "Person", "people",
        [new("id", "Id", ColumnType.Int64, false), new("name", "Name", ColumnType.Text, false), new("role", "Role", ColumnType.Text, true)],
        [0], isMutable: false);

    public static Person Read<TReader>(ref TReader reader) where TReader : struct, IRowReader =>
        new(reader.GetInt64(0), reader.GetString(1), reader.IsNull(2) ? null : reader.GetString(2));

    public static void Write<TWriter>(ref TWriter writer, Person row, ColumnSet columns) where TWriter : struct, IRowWriter
    {
        if (columns.Contains(0)) writer.Write(0, row.Id);
        if (columns.Contains(1)) writer.Write(1, row.Name);
        if (!columns.Contains(2)) return;
        if (row.Role is null) writer.WriteNull(2);
        else writer.Write(2, row.Role);
    }

    public static void WriteKey<TWriter>(ref TWriter writer, Person row) where TWriter : struct, IRowWriter => writer.Write(0, row.Id);

    public static ColumnSet Diff(Person before, Person after)
    {
        var columns = default(ColumnSet);
        if (before.Id != after.Id) columns.Add(0);
        if (before.Name != after.Name) columns.Add(1);
        if (before.Role != after.Role) columns.Add(2);
        return columns;
    }

    public static bool SameKey(Person left, Person right) => left.Id == right.Id;

    public static Key KeyOf(Person row) => row.Id;

    public static Person Copy(Person row) => row;
}
