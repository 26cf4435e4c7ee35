namespace Drip.Tests.Time;

/// <summary>A clock that stands still until it is told to go on; then its timers fire, in order, on the thread that tells it.</summary>
internal sealed class SteppedTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp());

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <summary>Goes on by so much.</summary>
    public void Advance(TimeSpan time)
    {
        var end = GetTimestamp() + time.Ticks;
        while (NextUntil(end) is { } due) due();
        Interlocked.Exchange(ref _ticks, end);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private Action? NextUntil(long end)
    {
        lock (_lock)
        {
            var next = _timers.MinBy(timer => timer.Due);
            if (next is null || next.Due > end) return null;
            if (next.Due > _ticks) Interlocked.Exchange(ref _ticks, next.Due);
            if (next.Period > 0) next.Due += next.Period;
            else _timers.Remove(next);
            return next.Fire;
        }
    }

    private sealed class Timer(SteppedTimeProvider clock, Action fire) : ITimer
    {
        public long Due { get; set; }

        public long Period { get; private set; }

        public Action Fire => fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                (Due, Period) = (clock._ticks + dueTime.Ticks, period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks);
                clock._timers.Add(this);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
