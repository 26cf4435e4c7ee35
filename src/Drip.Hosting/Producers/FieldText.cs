using System.Globalization;
using System.Text.Json;

namespace Drip.Hosting.Producers;

/// <summary>The values of fields, as people and as programs read them.</summary>
internal static class FieldText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text.ReplaceLineEndings("\\n")}\"",
        byte[] bytes => "x'" + Convert.ToHexString(bytes) + "'",
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                return;
            case bool flag:
                json.WriteBoolean(name, flag);
                return;
            case long number:
                json.WriteNumber(name, number);
                return;
            case ulong number:
                json.WriteNumber(name, number);
                return;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                return;
            case decimal number:
                json.WriteNumber(name, number);
                return;
            case string text:
                json.WriteString(name, text);
                return;
            case byte[] bytes:
                json.WriteBase64String(name, bytes);
                return;
            default:
                json.WriteString(name, Of(value));
                return;
        }
    }
}
