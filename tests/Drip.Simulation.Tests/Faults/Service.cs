using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Faults;

/// <summary>What processes send requests to: a store or a database. It can be away for a while, and make requests wait for a lock.</summary>
/// <param name="name">What people call it.</param>
/// <param name="isRemote">Whether requests and replies travel: then one can get lost, or arrive after its sender has died.</param>
/// <param name="schedule">What happens when.</param>
/// <param name="random">The seed's.</param>
internal sealed class Service(string name, bool isRemote, Schedule schedule, Random random)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    private readonly List<Waiter> _waiters = [];
    private TimeSpan _awayUntil;

    public string Name => name;

    public bool IsRemote => isRemote;

    public bool IsAway => schedule.Now < _awayUntil;

    public void GoAway(TimeSpan time) => _awayUntil = schedule.Now + time;

    public void ComeBack() => _awayUntil = default;

    /// <summary>A request waits for a lock, and gives up if that takes too long.</summary>
    public void Wait(VirtualProcess? process, Action tryAgain, Action giveUp)
    {
        var waiter = new Waiter(process, tryAgain);
        _waiters.Add(waiter);
        schedule.After(LockTimeout, process, () =>
        {
            if (_waiters.Remove(waiter)) giveUp();
        });
    }

    /// <summary>A lock is free: whoever waits tries again, in any order.</summary>
    public void Freed()
    {
        foreach (var waiter in _waiters) schedule.After(TimeSpan.FromMilliseconds(random.NextDouble() * 2), waiter.Process, waiter.TryAgain);
        _waiters.Clear();
    }

    /// <summary>What a sender learns that finds nobody there: a server may come back in a moment, and a file will not.</summary>
    public DripException Unreachable() => isRemote && random.Next(2) == 0
        ? new(DripErrorKind.Busy, "connection-lost", $"The {name} cannot be reached just now.", "Wait.")
        : new(DripErrorKind.Store, "unreachable", $"The {name} cannot be reached.", "Start it.");

    public DripException Busy() => new(DripErrorKind.Busy, "database-locked", $"The {name} is locked.", "Wait.");

    /// <summary>What a sender learns when its connection breaks: some drivers call that transient.</summary>
    public DripException ConnectionLost() =>
        new(random.Next(2) == 0 ? DripErrorKind.Busy : DripErrorKind.Store, "connection-lost", $"The connection to the {name} was lost.", "Try again.");

    private sealed record Waiter(VirtualProcess? Process, Action TryAgain);
}
