using Drip.Simulation.Scheduling;
using Drip.Workers;

namespace Drip.Simulation.Worlds;

/// <summary>The processes that wait for runs, and whatever starts another one when one of them ends.</summary>
internal sealed class Workers(World world)
{
    private readonly Dictionary<VirtualProcess, CancellationTokenSource> _drains = [];

    public IEnumerable<VirtualProcess> Living => _drains.Keys.Where(worker => !worker.IsDead);

    public void StartAll()
    {
        for (var i = 0; i < world.Plan.Workers; i++) Start();
    }

    /// <summary>Asks a worker to leave, as SIGTERM does.</summary>
    public void Drain(VirtualProcess worker)
    {
        world.Schedule.Tell(worker, "is told to leave");
        _drains[worker].Cancel();
    }

    /// <summary>Nobody starts workers again, and those that are there leave.</summary>
    public void DrainAll()
    {
        _isClosing = true;
        foreach (var worker in Living.ToArray()) Drain(worker);
    }

    private bool _isClosing;

    private void Start()
    {
        var drain = new CancellationTokenSource();
        var worker = world.Start("w", (_, engine) => engine.WorkAsync(new WorkSettings(world.Plan.Concurrency), null, drain.Token, CancellationToken.None));
        worker.Died += StartAnother;
        _drains.Add(worker, drain);
    }

    private void StartAnother()
    {
        if (_isClosing) return;
        world.Schedule.After(TimeSpan.FromSeconds(world.IsWell ? 1 : world.Random.NextDouble() * 30), null, () =>
        {
            if (!_isClosing) Start();
        });
    }
}
