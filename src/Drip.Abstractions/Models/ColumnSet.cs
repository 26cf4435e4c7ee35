using System.Numerics;

namespace Drip;

/// <summary>A set of a model's columns, one bit each by ordinal; at most <see cref="Capacity"/> columns.</summary>
public struct ColumnSet : IEquatable<ColumnSet>
{
    /// <summary>The most columns that a model can have.</summary>
    public const int Capacity = 256;

    private ulong _0, _1, _2, _3;

    /// <summary>The set of the first <paramref name="count"/> columns.</summary>
    public static ColumnSet First(int count)
    {
        var set = default(ColumnSet);
        for (var ordinal = 0; ordinal < count; ordinal++) set.Add(ordinal);
        return set;
    }

    /// <summary>Whether no column is in the set.</summary>
    public readonly bool IsEmpty => (_0 | _1 | _2 | _3) == 0;

    /// <summary>How many columns are in the set.</summary>
    public readonly int Count =>
        BitOperations.PopCount(_0) + BitOperations.PopCount(_1) + BitOperations.PopCount(_2) + BitOperations.PopCount(_3);

    /// <summary>Puts the column with this ordinal into the set.</summary>
    public void Add(int ordinal)
    {
        var bit = 1UL << (ordinal & 63);
        switch (ordinal >> 6)
        {
            case 0: _0 |= bit; break;
            case 1: _1 |= bit; break;
            case 2: _2 |= bit; break;
            case 3: _3 |= bit; break;
            default: throw new ArgumentOutOfRangeException(nameof(ordinal));
        }
    }

    /// <summary>Whether the column with this ordinal is in the set.</summary>
    public readonly bool Contains(int ordinal)
    {
        var bit = 1UL << (ordinal & 63);
        return (ordinal >> 6) switch
        {
            0 => (_0 & bit) != 0,
            1 => (_1 & bit) != 0,
            2 => (_2 & bit) != 0,
            3 => (_3 & bit) != 0,
            _ => false,
        };
    }

    /// <inheritdoc/>
    public readonly bool Equals(ColumnSet other) =>
        _0 == other._0 && _1 == other._1 && _2 == other._2 && _3 == other._3;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is ColumnSet other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(_0, _1, _2, _3);

    /// <summary>Whether both sets hold the same columns.</summary>
    public static bool operator ==(ColumnSet left, ColumnSet right) => left.Equals(right);

    /// <summary>Whether the sets differ.</summary>
    public static bool operator !=(ColumnSet left, ColumnSet right) => !left.Equals(right);
}
