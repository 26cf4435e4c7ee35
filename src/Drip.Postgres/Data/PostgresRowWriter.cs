namespace Drip.Postgres.Data;

/// <summary>Adds a row's columns to the buffers of their ordinals.</summary>
/// <param name="buffers">By ordinal; one for each column that is written.</param>
internal readonly struct PostgresRowWriter(ColumnBuffer?[] buffers) : IRowWriter
{
    public void WriteNull(int ordinal) => buffers[ordinal]!.AddNull();

    public void Write(int ordinal, bool value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, long value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, ulong value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, double value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, decimal value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, char value) => buffers[ordinal]!.Add(value.ToString());

    // A text that is null against its type becomes NULL, so that the table's own rule decides.
    public void Write(int ordinal, string value)
    {
        if (value is null) buffers[ordinal]!.AddNull();
        else buffers[ordinal]!.Add(value);
    }

    public void Write(int ordinal, Guid value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, DateTime value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, DateTimeOffset value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, DateOnly value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, TimeOnly value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, TimeSpan value) => buffers[ordinal]!.Add(value);

    public void Write(int ordinal, byte[] value)
    {
        if (value is null) buffers[ordinal]!.AddNull();
        else buffers[ordinal]!.Add(value);
    }
}
