using System.Globalization;

namespace Drip;

/// <summary>
/// The id of a producer's record: a whole number, a text or a <see cref="Guid"/>. Ids are ordered: numbers by size, texts by their
/// UTF-16 units, Guids as <see cref="Guid.CompareTo(Guid)"/> says; numbers before texts before Guids.
/// </summary>
public readonly struct RecordId : IEquatable<RecordId>, IComparable<RecordId>
{
    private readonly long _number;
    private readonly object? _other;

    /// <summary>The id of a number.</summary>
    public RecordId(long number) => _number = number;

    /// <summary>The id of a text.</summary>
    public RecordId(string text) => _other = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>The id of a Guid.</summary>
    public RecordId(Guid guid) => _other = guid;

    /// <summary>The number; 0 where the id is none.</summary>
    public long Number => _number;

    /// <summary>The text; null where the id is none.</summary>
    public string? Text => _other as string;

    /// <summary>The Guid; null where the id is none.</summary>
    public Guid? Guid => _other as Guid?;

    /// <summary>The id of a number.</summary>
    public static implicit operator RecordId(int number) => new(number);

    /// <summary>The id of a number.</summary>
    public static implicit operator RecordId(long number) => new(number);

    /// <summary>The id of a text.</summary>
    public static implicit operator RecordId(string text) => new(text);

    /// <summary>The id of a Guid.</summary>
    public static implicit operator RecordId(Guid guid) => new(guid);

    /// <inheritdoc/>
    public bool Equals(RecordId other) => _number == other._number && Equals(_other, other._other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RecordId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _other is null ? _number.GetHashCode() : _other.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(RecordId other) => (_other, other._other) switch
    {
        (null, null) => _number.CompareTo(other._number),
        (string left, string right) => string.CompareOrdinal(left, right),
        (Guid left, Guid right) => left.CompareTo(right),
        var (left, right) => Rank(left).CompareTo(Rank(right)),
    };

    /// <summary>How people see and type the id.</summary>
    public override string ToString() => _other?.ToString() ?? _number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether both are the same id.</summary>
    public static bool operator ==(RecordId left, RecordId right) => left.Equals(right);

    /// <summary>Whether the ids differ.</summary>
    public static bool operator !=(RecordId left, RecordId right) => !left.Equals(right);

    /// <summary>Whether the left id comes before the right one.</summary>
    public static bool operator <(RecordId left, RecordId right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left id comes after the right one.</summary>
    public static bool operator >(RecordId left, RecordId right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left id comes before the right one or is it.</summary>
    public static bool operator <=(RecordId left, RecordId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left id comes after the right one or is it.</summary>
    public static bool operator >=(RecordId left, RecordId right) => left.CompareTo(right) >= 0;

    private static int Rank(object? other) => other switch { null => 0, string => 1, _ => 2 };
}
