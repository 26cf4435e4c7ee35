using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Drip.Generated;

/// <summary>
/// Whether two values would be stored alike: what generated <c>Diff</c> methods ask for types whose <c>==</c> means
/// something else (an instant, a number, a reference).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Same
{
    /// <summary>Equal to the bit, so that NaN equals itself and -0 differs from 0.</summary>
    public static bool Value(double left, double right) =>
        BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);

    /// <inheritdoc cref="Value(double, double)"/>
    public static bool Value(double? left, double? right) =>
        left.HasValue == right.HasValue && Value(left.GetValueOrDefault(), right.GetValueOrDefault());

    /// <summary>Equal ticks; the kind is not stored.</summary>
    public static bool Value(DateTimeOffset left, DateTimeOffset right) => left.EqualsExact(right);

    /// <inheritdoc cref="Value(DateTimeOffset, DateTimeOffset)"/>
    public static bool Value(DateTimeOffset? left, DateTimeOffset? right) =>
        left.HasValue == right.HasValue && left.GetValueOrDefault().EqualsExact(right.GetValueOrDefault());

    /// <summary>Equal bytes.</summary>
    public static bool Value(byte[]? left, byte[]? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.AsSpan().SequenceEqual(right));

    /// <summary>The same object, or equal JSON.</summary>
    public static bool Json<T>(T? left, T? right, JsonTypeInfo<T> type)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left is null || right is null) return false;
        return JsonSerializer.Serialize(left, type) == JsonSerializer.Serialize(right, type);
    }
}
