namespace Drip.Postgres;

/// <summary>
/// The server's clock, as this process knows it: what it said last, carried on by this machine's clock that never jumps. So
/// all workers of one database judge leases by one clock, whatever the clocks of their machines say. It is off by at most
/// half the time that the question took, which is why the quickest of the latest answers counts.
/// </summary>
/// <param name="local">The machine's clock; until the server was asked it is this one.</param>
internal sealed class PostgresClock(TimeProvider local) : TimeProvider
{
    /// <summary>How long an answer counts before a slower one may take its place: machines' clocks drift by some 50 µs per second.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(1);

    private Answer? _answer;

    /// <summary>Whether the server has to be asked again.</summary>
    public bool IsOld => Volatile.Read(ref _answer) is not { } answer || local.GetElapsedTime(answer.At) > Keep / 2;

    public override long TimestampFrequency => local.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _answer) is { } answer ? answer.Time + local.GetElapsedTime(answer.At) : local.GetUtcNow();

    public override long GetTimestamp() => local.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        local.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes over what the server said.</summary>
    /// <param name="sent">The timestamp of this machine when it was asked.</param>
    /// <param name="server">The server's time.</param>
    public void Heard(long sent, DateTimeOffset server)
    {
        var now = local.GetTimestamp();
        var took = local.GetElapsedTime(sent, now);
        var before = Volatile.Read(ref _answer);
        if (before is null || took <= before.Took || local.GetElapsedTime(before.At, now) > Keep)
            Volatile.Write(ref _answer, new Answer(now, server + (took / 2), took));
    }

    private sealed record Answer(long At, DateTimeOffset Time, TimeSpan Took);
}
