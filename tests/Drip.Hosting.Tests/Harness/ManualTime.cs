namespace Drip.Hosting.Tests.Harness;

/// <summary>A clock that stands still until it is told to go on.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private readonly Dictionary<TimeSpan, TaskCompletionSource> _waiting = [];
    private readonly List<(TimeSpan Least, TaskCompletionSource Waiter)> _waitingLong = [];
    private DateTimeOffset _now = new(2030, 1, 15, 10, 30, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public void Advance(TimeSpan by)
    {
        _now += by;
        ManualTimer[] timers;
        lock (_timers) timers = [.. _timers];
        foreach (var timer in timers) timer.RunIfDue(_now);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_timers) _timers.Add(timer);
        lock (_waiting)
        {
            Waiter(dueTime).TrySetResult();
            foreach (var (least, waiter) in _waitingLong)
            {
                if (dueTime >= least) waiter.TrySetResult();
            }
        }

        return timer;
    }

    /// <summary>Ends when somebody waits for exactly this long.</summary>
    public Task WhenSomebodyWaits(TimeSpan howLong) => Waiter(howLong).Task;

    /// <summary>Ends when somebody waits for this long or longer: for what waits with jitter.</summary>
    public Task WhenSomebodyWaitsAtLeast(TimeSpan least)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            _waitingLong.Add((least, waiter));
            lock (_timers)
            {
                if (_timers.Exists(timer => timer.IsDueIn(least))) waiter.TrySetResult();
            }
        }

        return waiter.Task;
    }

    private TaskCompletionSource Waiter(TimeSpan howLong)
    {
        lock (_waiting)
        {
            if (!_waiting.TryGetValue(howLong, out var waiter)) _waiting[howLong] = waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private DateTimeOffset? _due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
            return true;
        }

        public bool IsDueIn(TimeSpan least) => _due >= time._now + least;

        public void RunIfDue(DateTimeOffset now)
        {
            if (_due is not { } due || due > now) return;
            _due = null;
            callback(state);
        }

        public void Dispose() => _due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
