namespace Drip.Simulation.Scheduling;

/// <summary>The clock of one process: its timestamps never jump, its wall clock does. Timers do not fire while it is stopped.</summary>
internal sealed class ProcessClock(Schedule schedule, VirtualProcess process) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + schedule.Now + process.Skew;

    public override long GetTimestamp()
    {
        // Who waits by looking at the clock again and again sees it go on.
        schedule.CheckThread();
        schedule.Pass(TimeSpan.FromMicroseconds(10));
        return schedule.Now.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(schedule, process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Schedule schedule, VirtualProcess process, TimerCallback callback, object? state) : ITimer
    {
        private int _setting;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Set(dueTime, ++_setting);
            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Set(TimeSpan due, int setting)
        {
            if (due == Timeout.InfiniteTimeSpan) return;
            schedule.After(due, process, () =>
            {
                if (setting != _setting) return;
                if (_period > TimeSpan.Zero) Set(_period, setting);
                callback(state);
            });
        }
    }
}
