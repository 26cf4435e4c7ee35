using Drip.Data;

namespace Drip.Tests.Partitions;

/// <summary>Whether partitions cover all keys and none twice; for tests on every engine.</summary>
internal static class Tiling
{
    /// <summary>From the beginning of the scope to its end each partition begins where another ends, and nobody has come beyond the end.</summary>
    /// <param name="keys">All keys, in the engine's order.</param>
    /// <param name="cursors">The partitions of a run.</param>
    public static void Assert(Key[] keys, IReadOnlyList<Cursor> cursors)
    {
        var seen = 0;
        Key? lower = null;
        do
        {
            var next = Xunit.Assert.Single(cursors, cursor => cursor.Lower == lower);
            if (next is { After: { } after, Upper: { } upper }) Xunit.Assert.True(Array.IndexOf(keys, after) <= Array.IndexOf(keys, upper));
            lower = next.Upper;
            seen++;
        }
        while (lower is not null);

        Xunit.Assert.Equal(cursors.Count, seen);
    }
}
