using System.Globalization;
using System.Text.Json;
using Drip.Generated;

namespace Drip.Producers.Versions;

/// <summary>Writes a record as a JSON object, one member for each column. What JSON has no form for is text that <see cref="JsonRecordReader"/> reads.</summary>
internal sealed class JsonRecordWriter(Utf8JsonWriter json, object record) : IModelVisitor<bool>
{
    public bool Visit<T>(ModelPlan<T> model) where T : class, IRecord<T>
    {
        json.WriteStartObject();
        var writer = new Writer(json, model.Schema);
        T.Write(ref writer, (T)record, ColumnSet.First(model.Schema.Columns.Count));
        json.WriteEndObject();
        return true;
    }

    private readonly struct Writer(Utf8JsonWriter json, ModelSchema schema) : IRowWriter
    {
        public void WriteNull(int ordinal) => json.WriteNull(Name(ordinal));

        public void Write(int ordinal, bool value) => json.WriteBoolean(Name(ordinal), value);

        public void Write(int ordinal, long value) => json.WriteNumber(Name(ordinal), value);

        public void Write(int ordinal, ulong value) => json.WriteNumber(Name(ordinal), value);

        public void Write(int ordinal, double value)
        {
            if (double.IsFinite(value)) json.WriteNumber(Name(ordinal), value);
            else json.WriteString(Name(ordinal), value.ToString("R", CultureInfo.InvariantCulture));
        }

        public void Write(int ordinal, decimal value) => json.WriteNumber(Name(ordinal), value);

        public void Write(int ordinal, char value) => json.WriteNumber(Name(ordinal), (int)value);

        public void Write(int ordinal, string value)
        {
            if (IsWhole(value)) json.WriteString(Name(ordinal), value);
            else WriteUnits(ordinal, value);
        }

        public void Write(int ordinal, Guid value) => json.WriteString(Name(ordinal), value);

        public void Write(int ordinal, DateTime value) => json.WriteString(Name(ordinal), value.ToString("O", CultureInfo.InvariantCulture));

        public void Write(int ordinal, DateTimeOffset value) => json.WriteString(Name(ordinal), value.ToString("O", CultureInfo.InvariantCulture));

        public void Write(int ordinal, DateOnly value) => json.WriteString(Name(ordinal), value.ToString("O", CultureInfo.InvariantCulture));

        public void Write(int ordinal, TimeOnly value) => json.WriteString(Name(ordinal), value.ToString("O", CultureInfo.InvariantCulture));

        public void Write(int ordinal, TimeSpan value) => json.WriteString(Name(ordinal), value.ToString("c", CultureInfo.InvariantCulture));

        public void Write(int ordinal, byte[] value) => json.WriteBase64String(Name(ordinal), value);

        private string Name(int ordinal) => schema.Columns[ordinal].Member;

        // Half a surrogate pair is a text in .NET and none in UTF-8: it would come back as something else.
        private static bool IsWhole(string value)
        {
            for (var i = 0; i < value.Length; i++)
            {
                if (!char.IsSurrogate(value[i])) continue;
                if (!char.IsSurrogatePair(value, i)) return false;
                i++;
            }

            return true;
        }

        private void WriteUnits(int ordinal, string value)
        {
            json.WriteStartArray(Name(ordinal));
            foreach (var unit in value) json.WriteNumberValue((int)unit);
            json.WriteEndArray();
        }
    }
}
