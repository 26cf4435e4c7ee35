using System.ComponentModel;

namespace Drip.Generated;

/// <summary>How the values that two steps gave to one field become one, where the field's policy is the larger or the smaller. Null gives way to any value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FieldMerge
{
    /// <summary>The larger value.</summary>
    public static T Larger<T>(T left, T right) where T : struct, IComparable<T> => left.CompareTo(right) >= 0 ? left : right;

    /// <summary>The larger value.</summary>
    public static T? Larger<T>(T? left, T? right) where T : struct, IComparable<T> =>
        left is { } one && right is { } other ? Larger(one, other) : left ?? right;

    /// <summary>The text that comes later by its UTF-16 units.</summary>
    public static string Larger(string left, string right) => string.CompareOrdinal(left, right) >= 0 ? left : right;

    /// <summary>The text that comes later by its UTF-16 units.</summary>
    public static string? LargerOrNull(string? left, string? right) =>
        left is not null && right is not null ? Larger(left, right) : left ?? right;

    /// <summary>The smaller value.</summary>
    public static T Smaller<T>(T left, T right) where T : struct, IComparable<T> => left.CompareTo(right) <= 0 ? left : right;

    /// <summary>The smaller value.</summary>
    public static T? Smaller<T>(T? left, T? right) where T : struct, IComparable<T> =>
        left is { } one && right is { } other ? Smaller(one, other) : left ?? right;

    /// <summary>The text that comes earlier by its UTF-16 units.</summary>
    public static string Smaller(string left, string right) => string.CompareOrdinal(left, right) <= 0 ? left : right;

    /// <summary>The text that comes earlier by its UTF-16 units.</summary>
    public static string? SmallerOrNull(string? left, string? right) =>
        left is not null && right is not null ? Smaller(left, right) : left ?? right;
}
