using Drip.Generated;

namespace Drip.Producers.Records;

/// <summary>Takes a record apart into the values of its columns, by ordinal. Numbers come as <see cref="long"/>, <see cref="ulong"/> or <see cref="double"/>.</summary>
internal static class FieldValues
{
    public static object?[] Of(ModelPlan model, object record, ColumnSet columns) => model.Accept(new Taker(record, columns));

    /// <summary>All of them.</summary>
    public static object?[] Of(ModelPlan model, object record) => Of(model, record, ColumnSet.First(model.Schema.Columns.Count));

    /// <summary>Whether two values of a column are the same.</summary>
    public static bool AreSame(object? left, object? right) =>
        left is byte[] bytes && right is byte[] others ? bytes.AsSpan().SequenceEqual(others) : Equals(left, right);

    private sealed class Taker(object record, ColumnSet columns) : IModelVisitor<object?[]>
    {
        public object?[] Visit<T>(ModelPlan<T> model) where T : class, IRecord<T>
        {
            var writer = new Writer(new object?[model.Schema.Columns.Count]);
            T.Write(ref writer, (T)record, columns);
            return writer.Values;
        }
    }

    private readonly struct Writer(object?[] values) : IRowWriter
    {
        public object?[] Values => values;

        public void WriteNull(int ordinal) => values[ordinal] = null;

        public void Write(int ordinal, bool value) => values[ordinal] = value;

        public void Write(int ordinal, long value) => values[ordinal] = value;

        public void Write(int ordinal, ulong value) => values[ordinal] = value;

        public void Write(int ordinal, double value) => values[ordinal] = value;

        public void Write(int ordinal, decimal value) => values[ordinal] = value;

        public void Write(int ordinal, char value) => values[ordinal] = value;

        public void Write(int ordinal, string value) => values[ordinal] = value;

        public void Write(int ordinal, Guid value) => values[ordinal] = value;

        public void Write(int ordinal, DateTime value) => values[ordinal] = value;

        public void Write(int ordinal, DateTimeOffset value) => values[ordinal] = value;

        public void Write(int ordinal, DateOnly value) => values[ordinal] = value;

        public void Write(int ordinal, TimeOnly value) => values[ordinal] = value;

        public void Write(int ordinal, TimeSpan value) => values[ordinal] = value;

        public void Write(int ordinal, byte[] value) => values[ordinal] = value;
    }
}
