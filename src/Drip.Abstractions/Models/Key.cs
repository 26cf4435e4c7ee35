using System.Globalization;

namespace Drip;

/// <summary>
/// The key of one row: one part per key column, each a value as the database holds it (<see cref="long"/>,
/// <see cref="double"/>, <see cref="string"/>, <see cref="Guid"/>, <see cref="DateTime"/> or bytes).
/// Keys are compared for equality only; their order is the database's own.
/// </summary>
public sealed class Key : IEquatable<Key>
{
    private readonly object[] _parts;

    private Key(object[] parts) => _parts = parts;

    /// <summary>The parts, in key order.</summary>
    public IReadOnlyList<object> Parts => _parts;

    /// <summary>A key of the given parts, in key order. Integers of any width become <see cref="long"/>.</summary>
    /// <exception cref="ArgumentException">There is no part, or a part is null or of a type that keys cannot have.</exception>
    public static Key Of(params ReadOnlySpan<object?> parts)
    {
        if (parts.IsEmpty) throw new ArgumentException("A key has at least one part.", nameof(parts));
        var values = new object[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            values[i] = parts[i] switch
            {
                int value => (long)value,
                long or double or string or Guid or DateTime or byte[] => parts[i]!,
                null => throw new ArgumentException("A part of a key cannot be null.", nameof(parts)),
                var other => throw new ArgumentException($"A key cannot hold a {other.GetType().Name}.", nameof(parts)),
            };
        }

        return new Key(values);
    }

    /// <summary>A key of one integer.</summary>
    public static implicit operator Key(long value) => new([value]);

    /// <summary>A key of one text.</summary>
    public static implicit operator Key(string value) => Of(value);

    /// <summary>A key of one Guid.</summary>
    public static implicit operator Key(Guid value) => new([value]);

    /// <summary>A key of one date and time.</summary>
    public static implicit operator Key(DateTime value) => new([value]);

    /// <summary>How people see the key: <c>42</c>, or <c>(eu, 42)</c> for several parts.</summary>
    public override string ToString() =>
        _parts.Length == 1 ? Text(_parts[0]) : $"({string.Join(", ", Array.ConvertAll(_parts, Text))})";

    /// <inheritdoc/>
    public bool Equals(Key? other)
    {
        if (other is null || other._parts.Length != _parts.Length) return false;
        for (var i = 0; i < _parts.Length; i++)
        {
            var same = (_parts[i], other._parts[i]) switch
            {
                (byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right),
                var (left, right) => left.Equals(right),
            };
            if (!same) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Key);

    /// <summary>Whether both keys have the same parts.</summary>
    public static bool operator ==(Key? left, Key? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the keys differ in a part.</summary>
    public static bool operator !=(Key? left, Key? right) => !(left == right);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var part in _parts)
        {
            if (part is byte[] bytes) hash.AddBytes(bytes);
            else hash.Add(part);
        }

        return hash.ToHashCode();
    }

    private static string Text(object part) => part switch
    {
        DateTime value => value.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        byte[] value => "x'" + Convert.ToHexString(value) + "'",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => value.ToString()!,
    };
}
