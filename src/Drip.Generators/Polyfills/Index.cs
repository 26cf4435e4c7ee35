// Lets list patterns and [^1] be used on netstandard2.0.
namespace System;

internal readonly struct Index(int value, bool fromEnd = false)
{
    public static Index Start => new(0);

    public static Index End => new(0, fromEnd: true);

    public int Value => value;

    public bool IsFromEnd => fromEnd;

    public static implicit operator Index(int value) => new(value);

    public int GetOffset(int length) => fromEnd ? length - value : value;
}

internal readonly struct Range(Index start, Index end)
{
    public Index Start => start;

    public Index End => end;
}
