using System;

namespace Drip.Generators.Analyzers.Hooks;

/// <summary>How often next may have been called when a place of the hook is reached: each number that some path yields.</summary>
[Flags]
internal enum NextCount
{
    /// <summary>The place is not reached.</summary>
    Unreached = 0,
    Never = 1,
    Once = 2,
    More = 4,
    /// <summary>Something else was given next, and may have called it.</summary>
    Unknown = 8,
}

internal static class NextCounts
{
    private const NextCount Called = NextCount.Once | NextCount.More;

    private static readonly NextCount[] s_all = [NextCount.Never, NextCount.Once, NextCount.More, NextCount.Unknown];

    /// <summary>Whether some path has called it before.</summary>
    public static bool HasCalled(this NextCount count) => (count & Called) != 0;

    /// <summary>The numbers after both, one behind the other.</summary>
    public static NextCount Then(this NextCount first, NextCount second)
    {
        var sum = NextCount.Unreached;
        foreach (var one in s_all)
        {
            foreach (var other in s_all)
            {
                if ((first & one) != 0 && (second & other) != 0) sum |= Sum(one, other);
            }
        }

        return sum;
    }

    private static NextCount Sum(NextCount one, NextCount other)
    {
        if (one == NextCount.Unknown || other == NextCount.Unknown) return NextCount.Unknown;
        if (one == NextCount.Never) return other;
        return other == NextCount.Never ? one : NextCount.More;
    }
}
