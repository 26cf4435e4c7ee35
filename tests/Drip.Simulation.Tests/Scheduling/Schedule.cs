namespace Drip.Simulation.Scheduling;

/// <summary>
/// Virtual time, and what happens next in it. Everything that a simulation does is an event here and runs on the one thread
/// that calls <see cref="Step"/>: what an event wakes up runs inside it, until it waits for another event. Events of
/// the same moment come in the order that the seed draws.
/// </summary>
internal sealed class Schedule(Random random, Trace trace)
{
    private readonly PriorityQueue<Event, (long At, int Draw, long Number)> _events = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _number;
    private Exception? _failure;

    /// <summary>The time since the simulation began.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How many events there were.</summary>
    public long Steps { get; private set; }

    /// <summary>Lets something happen later.</summary>
    /// <param name="delay">How much later.</param>
    /// <param name="process">The process in which it happens: not while that is stopped, and never once it is dead. Null for the world outside.</param>
    /// <param name="act">What happens.</param>
    public void After(TimeSpan delay, VirtualProcess? process, Action act) => Add(new Event(process, act), delay);

    /// <summary>A process goes on after it was stopped; what it has missed happens to it now.</summary>
    public void Wake(VirtualProcess process)
    {
        foreach (var missed in process.TakeMissed()) Add(missed, TimeSpan.FromMilliseconds(random.NextDouble() * 5));
    }

    /// <summary>Time that a process spends without waiting for anything.</summary>
    public void Pass(TimeSpan time) => Now += time;

    /// <summary>Writes a line of the trace.</summary>
    public void Tell(VirtualProcess? who, string what) => trace.Add(Now, who?.Name ?? "-", what);

    /// <summary>An invariant does not hold: the simulation ends when this event is over.</summary>
    public void Fail(Exception failure) => _failure ??= failure;

    /// <summary>Lets the next event happen; false if there is none.</summary>
    public bool Step()
    {
        if (!_events.TryDequeue(out var next, out var place)) return false;
        if (place.At > Now.Ticks) Now = TimeSpan.FromTicks(place.At);
        if (next.Process is { IsDead: true }) return true;
        if (next.Process is { IsPaused: true } stopped)
        {
            stopped.Miss(next);
            return true;
        }

        Steps++;
        next.Act();
        if (_failure is not null) throw _failure;
        return true;
    }

    /// <summary>Makes sure that the engine has not gone to another thread, where no seed decides what comes first.</summary>
    public void CheckThread()
    {
        if (Environment.CurrentManagedThreadId != _thread) throw new SimulationFailure("The engine has left the thread of the simulation.");
    }

    private void Add(Event added, TimeSpan delay) =>
        _events.Enqueue(added, ((Now + (delay < TimeSpan.Zero ? TimeSpan.Zero : delay)).Ticks, random.Next(), _number++));
}

/// <summary>Something that happens to a process, or to the world.</summary>
internal sealed record Event(VirtualProcess? Process, Action Act);
