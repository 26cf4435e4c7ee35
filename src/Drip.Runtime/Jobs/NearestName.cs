namespace Drip.Jobs;

/// <summary>Guesses which name a person meant.</summary>
public static class NearestName
{
    /// <summary>The candidate with the smallest edit distance to what was typed, if that is at most a third of its length and one; else null.</summary>
    public static string? Find(string typed, IEnumerable<string> candidates)
    {
        var (best, bestDistance) = ((string?)null, int.MaxValue);
        foreach (var candidate in candidates)
        {
            var distance = Distance(typed.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance && distance <= Math.Max(typed.Length, candidate.Length) / 3 + 1) (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    // Levenshtein's distance, one row of the matrix at a time.
    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
