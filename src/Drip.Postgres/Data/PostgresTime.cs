namespace Drip.Postgres.Data;

/// <summary>
/// Timestamps as the server sends them: microseconds since 2000. They are taken apart here and not by the driver, which would
/// give infinity for the first and last moment of .NET's calendar, so that a walk over them would not end.
/// </summary>
internal static class PostgresTime
{
    private const long Epoch = 630_822_816_000_000_000;
    private const int FirstDay = 730_119;
    private const long Least = -Epoch / TimeSpan.TicksPerMicrosecond;
    private const long Most = (3_155_378_975_999_999_999 - Epoch) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The moment; null for infinity and for what is before the year 1 or after the year 9999.</summary>
    public static DateTime? TryRead(long microseconds, DateTimeKind kind) =>
        microseconds is < Least or > Most ? null : new DateTime((microseconds * TimeSpan.TicksPerMicrosecond) + Epoch, kind);

    /// <summary>The digits of a moment as the server stores them; what is finer than a microsecond is cut off.</summary>
    public static long Microseconds(DateTime moment)
    {
        var ticks = moment.Ticks - Epoch;
        // Towards the past, also before 2000, so that an order stays an order.
        return (ticks / TimeSpan.TicksPerMicrosecond) - (ticks % TimeSpan.TicksPerMicrosecond < 0 ? 1 : 0);
    }

    /// <summary>The date of so many days since 2000; null for infinity and for what is before the year 1 or after the year 9999.</summary>
    public static DateOnly? TryReadDate(int days) =>
        days + (long)FirstDay is >= 0 and var number && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : null;

    /// <summary>The days since 2000.</summary>
    public static int Days(DateOnly date) => date.DayNumber - FirstDay;

    /// <summary>The microseconds of a duration or a time of day; what is finer is cut off.</summary>
    public static long Microseconds(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;
}
