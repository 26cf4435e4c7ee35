using System.Collections.Concurrent;

namespace Drip.Tests.Time;

/// <summary>
/// A clock that stands still until it is told to go on. Waits no longer than <see cref="SkipsWaitsUpTo"/> end at once and
/// move the clock by what they would have taken, so that a test sees every pause and waits for none.
/// </summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private long _ticks;

    /// <summary>Longer waits never end.</summary>
    public TimeSpan SkipsWaitsUpTo { get; init; }

    /// <summary>Told of each wait that is skipped.</summary>
    public Action<TimeSpan>? Skipping { get; set; }

    /// <summary>Told of each wait that begins and does not end.</summary>
    public Action<TimeSpan>? Waiting { get; set; }

    /// <summary>The waits that were skipped, in order.</summary>
    public IReadOnlyCollection<TimeSpan> Waits => _waits;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // What comes again and again, such as the renewal of a lease, is no wait.
        if (period > TimeSpan.Zero) return new SilentTimer();
        if (dueTime > TimeSpan.Zero && dueTime <= SkipsWaitsUpTo)
        {
            _waits.Enqueue(dueTime);
            Advance(dueTime);
            Skipping?.Invoke(dueTime);
            callback(state);
        }
        else
        {
            Waiting?.Invoke(dueTime);
        }

        return new SilentTimer();
    }

    private sealed class SilentTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
