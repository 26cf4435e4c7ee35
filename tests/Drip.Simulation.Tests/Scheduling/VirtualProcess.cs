using Drip.Runs;

namespace Drip.Simulation.Scheduling;

/// <summary>A process of a simulated machine: it can be stopped, go on, and die at any event.</summary>
internal sealed class VirtualProcess(int id, string name)
{
    private readonly List<Event> _missed = [];

    public int Id => id;

    public string Name => name;

    /// <summary>How stores name it.</summary>
    public string Identity { get; } = new WorkerIdentity("m", "b", id, "s").ToString();

    /// <summary>How far its wall clock is from the true time.</summary>
    public TimeSpan Skew { get; set; }

    public bool IsPaused { get; set; }

    public bool IsDead { get; private set; }

    /// <summary>Told when it dies: its connections break.</summary>
    public event Action? Died;

    public void Die()
    {
        if (IsDead) return;
        IsDead = true;
        _missed.Clear();
        Died?.Invoke();
    }

    public void Miss(Event missed) => _missed.Add(missed);

    public Event[] TakeMissed()
    {
        var missed = _missed.ToArray();
        _missed.Clear();
        return missed;
    }
}
