using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Drip.Generated;

/// <summary>Reads and compares the columns with <see cref="JsonAttribute"/>, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonColumn
{
    /// <summary>
    /// What a reader returns, this very object, for a column that is not in its record, as in a stored change of other columns; such a column
    /// reads as its type's default value.
    /// </summary>
    internal static readonly string Absent = new('?', 1);

    /// <summary>Reads a value that may not be null.</summary>
    /// <exception cref="ColumnException">The text is not JSON of the type, or is <c>null</c>.</exception>
    public static T Read<T>(int ordinal, string text, JsonTypeInfo<T> type) where T : notnull =>
        ReferenceEquals(text, Absent)
            ? default!
            : Parse(ordinal, text, type) ?? throw new ColumnException(ordinal, "the JSON text 'null'", $"a {typeof(T).Name}");

    /// <summary>Reads a value that may be null.</summary>
    /// <exception cref="ColumnException">The text is not JSON of the type.</exception>
    public static T? ReadOrNull<T>(int ordinal, string text, JsonTypeInfo<T> type) where T : class =>
        Parse(ordinal, text, type);

    /// <inheritdoc cref="ReadOrNull{T}(int, string, JsonTypeInfo{T})"/>
    public static T? ReadValueOrNull<T>(int ordinal, string text, JsonTypeInfo<T> type) where T : struct =>
        text.AsSpan().Trim() is "null" ? null : Parse(ordinal, text, type);

    /// <summary>Whether two values that may be null would be stored alike.</summary>
    public static bool AreSame<T>(T? left, T? right, JsonTypeInfo<T> type) where T : struct =>
        left.HasValue == right.HasValue && Same.Json(left.GetValueOrDefault(), right.GetValueOrDefault(), type);

    private static T? Parse<T>(int ordinal, string text, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException error)
        {
            throw new ColumnException(ordinal, $"text that is not valid JSON ({error.Message})", $"JSON of a {typeof(T).Name}");
        }
    }
}
