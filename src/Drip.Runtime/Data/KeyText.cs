using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Drip.Data;

/// <summary>
/// How a key stands in <c>drip_cursor</c>: a JSON array with one element per part. Integers and texts are themselves; what
/// JSON has no form for is an object with one member that names the type.
/// </summary>
internal static class KeyText
{
    public static string Write(Key key)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var part in key.Parts) WritePart(json, part);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static Key Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        var parts = new object?[json.RootElement.GetArrayLength()];
        var i = 0;
        foreach (var element in json.RootElement.EnumerateArray()) parts[i++] = ReadPart(element);
        return Key.Of(parts);
    }

    private static void WritePart(Utf8JsonWriter json, object part)
    {
        switch (part)
        {
            case long value: json.WriteNumberValue(value); break;
            case string value: json.WriteStringValue(value); break;
            case double value: WriteTagged(json, "real", value.ToString("R", CultureInfo.InvariantCulture)); break;
            case byte[] value: WriteTagged(json, "blob", Convert.ToBase64String(value)); break;
            case Guid value: WriteTagged(json, "uuid", value.ToString()); break;
            case DateTime value: WriteTagged(json, "time", value.ToString("O", CultureInfo.InvariantCulture)); break;
            default: throw new InvalidOperationException($"A key cannot hold a {part.GetType()}.");
        }
    }

    private static void WriteTagged(Utf8JsonWriter json, string type, string value)
    {
        json.WriteStartObject();
        json.WriteString(type, value);
        json.WriteEndObject();
    }

    private static object ReadPart(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number) return element.GetInt64();
        if (element.ValueKind == JsonValueKind.String) return element.GetString()!;
        foreach (var member in element.EnumerateObject())
        {
            var value = member.Value.GetString()!;
            return member.Name switch
            {
                "real" => double.Parse(value, CultureInfo.InvariantCulture),
                "blob" => Convert.FromBase64String(value),
                "uuid" => Guid.Parse(value),
                "time" => DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                var other => throw new FormatException($"A cursor has a part of the unknown type '{other}'."),
            };
        }

        throw new FormatException("A cursor has an empty part.");
    }
}
