namespace Drip.Store;

/// <summary>The time that a run with a rate reserves for rows, one reservation behind the other; the same in every store.</summary>
internal static class Pacing
{
    /// <summary>How many reservations like this one may lie ahead: more than there are workers.</summary>
    private const int MostAhead = 1000;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>When the time of a reservation begins.</summary>
    /// <param name="reserved">Until when time is reserved already; null where none is.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="perSecond">How many of them a second.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset Begin(DateTimeOffset? reserved, int rows, double perSecond, DateTimeOffset now)
    {
        if (reserved is not { } until || until <= now) return now;

        // Further ahead lies only what was reserved before the machine's clock was set back.
        return until - now > Length(Math.Max(1, rows) * (double)MostAhead, perSecond) ? now : until;
    }

    /// <summary>When it ends.</summary>
    public static DateTimeOffset End(DateTimeOffset begin, int rows, double perSecond) => begin + Length(rows, perSecond);

    private static TimeSpan Length(double rows, double perSecond)
    {
        var seconds = rows / perSecond;
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
    }
}
