using System.Globalization;
using System.Text.Json;
using Drip.Generated;

namespace Drip.Producers.Versions;

/// <summary>Reads what <see cref="JsonRecordWriter"/> wrote. A member that is missing is null; one that the model does not have is refused.</summary>
internal sealed class JsonRecordReader(string file, JsonElement record) : IModelVisitor<object>
{
    public object Visit<T>(ModelPlan<T> model) where T : class, IRecord<T>
    {
        var values = new JsonElement[model.Schema.Columns.Count];
        foreach (var member in record.EnumerateObject()) values[OrdinalOf(model.Schema, member.Name)] = member.Value;
        var reader = new Reader(values);
        try
        {
            return T.Read(ref reader);
        }
        catch (ColumnException error)
        {
            throw Unreadable(model, error.Ordinal, error.Problem, error.Expected, error);
        }
    }

    private int OrdinalOf(ModelSchema schema, string member)
    {
        for (var ordinal = 0; ordinal < schema.Columns.Count; ordinal++)
        {
            if (schema.Columns[ordinal].Member == member) return ordinal;
        }

        throw new DripException(
            DripErrorKind.Usage, "member-missing", $"The file {file} has a member {member} in its records of {schema.Model}, which the model does not have.",
            $"Give {schema.Model} the member back, or take it out of the file.");
    }

    private DripException Unreadable(ModelPlan model, int ordinal, string problem, string expected, Exception error) => new(
        DripErrorKind.Usage, "member-unreadable",
        $"The file {file} holds {problem} in {model.Name}.{model.Schema.Columns[ordinal].Member} of a record, not {expected}.",
        "Mend the value in the file, or give the member a type that can hold it.", error);

    private readonly struct Reader(JsonElement[] values) : IRowReader
    {
        public bool IsNull(int ordinal) => values[ordinal].ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

        public bool GetBoolean(int ordinal) => values[ordinal].ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(ordinal, "true or false"),
        };

        public sbyte GetSByte(int ordinal) => Number(ordinal).TryGetSByte(out var value) ? value : throw Wrong(ordinal, "a whole number of 8 bits");

        public byte GetByte(int ordinal) => Number(ordinal).TryGetByte(out var value) ? value : throw Wrong(ordinal, "a whole number from 0 to 255");

        public short GetInt16(int ordinal) => Number(ordinal).TryGetInt16(out var value) ? value : throw Wrong(ordinal, "a whole number of 16 bits");

        public ushort GetUInt16(int ordinal) => Number(ordinal).TryGetUInt16(out var value) ? value : throw Wrong(ordinal, "a whole number of 16 bits, not negative");

        public int GetInt32(int ordinal) => Number(ordinal).TryGetInt32(out var value) ? value : throw Wrong(ordinal, "a whole number of 32 bits");

        public uint GetUInt32(int ordinal) => Number(ordinal).TryGetUInt32(out var value) ? value : throw Wrong(ordinal, "a whole number of 32 bits, not negative");

        public long GetInt64(int ordinal) => Number(ordinal).TryGetInt64(out var value) ? value : throw Wrong(ordinal, "a whole number of 64 bits");

        public ulong GetUInt64(int ordinal) => Number(ordinal).TryGetUInt64(out var value) ? value : throw Wrong(ordinal, "a whole number of 64 bits, not negative");

        public float GetSingle(int ordinal) => (float)GetDouble(ordinal);

        public double GetDouble(int ordinal)
        {
            if (values[ordinal].ValueKind == JsonValueKind.Number) return values[ordinal].GetDouble();
            return double.TryParse(Text(ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(ordinal, "a number");
        }

        public decimal GetDecimal(int ordinal) => Number(ordinal).TryGetDecimal(out var value) ? value : throw Wrong(ordinal, "a decimal number");

        public char GetChar(int ordinal) => (char)GetUInt16(ordinal);

        public string GetString(int ordinal)
        {
            if (values[ordinal].ValueKind != JsonValueKind.Array) return Text(ordinal);
            var units = new char[values[ordinal].GetArrayLength()];
            var place = 0;
            foreach (var unit in values[ordinal].EnumerateArray())
            {
                units[place++] = unit.ValueKind == JsonValueKind.Number && unit.TryGetUInt16(out var value) ? (char)value : throw Wrong(ordinal, "a text");
            }

            return new string(units);
        }

        public Guid GetGuid(int ordinal) => Guid.TryParse(Text(ordinal), out var value) ? value : throw Wrong(ordinal, "a Guid");

        public DateTime GetDateTime(int ordinal) =>
            DateTime.TryParse(Text(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value) ? value : throw Wrong(ordinal, "a date and time");

        public DateTimeOffset GetDateTimeOffset(int ordinal) =>
            DateTimeOffset.TryParse(Text(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value) ? value : throw Wrong(ordinal, "a date and time with an offset");

        public DateOnly GetDate(int ordinal) =>
            DateOnly.TryParse(Text(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : throw Wrong(ordinal, "a date");

        public TimeOnly GetTime(int ordinal) =>
            TimeOnly.TryParse(Text(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : throw Wrong(ordinal, "a time of day");

        public TimeSpan GetDuration(int ordinal) =>
            TimeSpan.TryParse(Text(ordinal), CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(ordinal, "a duration");

        public byte[] GetBytes(int ordinal) =>
            values[ordinal].ValueKind == JsonValueKind.String && values[ordinal].TryGetBytesFromBase64(out var value) ? value : throw Wrong(ordinal, "bytes in base 64");

        private JsonElement Number(int ordinal) =>
            values[ordinal].ValueKind == JsonValueKind.Number ? values[ordinal] : throw Wrong(ordinal, "a number");

        private string Text(int ordinal) =>
            values[ordinal].ValueKind == JsonValueKind.String ? values[ordinal].GetString()! : throw Wrong(ordinal, "a text");

        private ColumnException Wrong(int ordinal, string expected) => new(
            ordinal, values[ordinal].ValueKind switch
            {
                JsonValueKind.Undefined => "nothing",
                JsonValueKind.Null => "null",
                _ => values[ordinal].GetRawText(),
            },
            expected);
    }
}
