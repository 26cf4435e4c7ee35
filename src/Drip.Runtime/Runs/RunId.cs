namespace Drip.Runs;

/// <summary>
/// Makes the ids of runs: ten characters that sort by the time of creation (to the millisecond) and are short enough to
/// type. The alphabet is Crockford's base 32 in lower case, which has no letters that look like digits.
/// </summary>
public static class RunId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private static readonly DateTimeOffset Origin = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A new id: eight characters of time, two of chance. A store refuses the rare id that exists already.</summary>
    public static string Create(TimeProvider time) => Create(time, Random.Shared);

    internal static string Create(TimeProvider time, Random random)
    {
        var value = ((long)(time.GetUtcNow() - Origin).TotalMilliseconds << 10) | (uint)random.Next(1 << 10);
        return string.Create(10, value, static (id, rest) =>
        {
            for (var i = id.Length - 1; i >= 0; i--, rest >>= 5) id[i] = Alphabet[(int)(rest & 31)];
        });
    }
}
