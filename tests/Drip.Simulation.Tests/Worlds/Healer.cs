using Drip.Jobs;
using Drip.Runs;
using Drip.Simulation.Jobs;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Worlds;

/// <summary>The people who, once all is well, go on with what was put aside until every run is complete; and the check that workers do their part.</summary>
internal sealed class Healer(World world, Workers workers, People people)
{
    /// <summary>A run may rest half a minute after it failed to begin; then each poll is a chance.</summary>
    private const int MostSecondsUnclaimed = 45;

    /// <summary>What was slow when all became well, and may hold a lock, has arrived by then.</summary>
    private static readonly TimeSpan LongestTravel = TimeSpan.FromSeconds(70);

    private readonly Dictionary<string, VirtualProcess> _tending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _unclaimed = new(StringComparer.Ordinal);

    /// <summary>Whether every run is complete, and every process has ended.</summary>
    public bool IsDone { get; private set; }

    public void Begin() => world.Schedule.After(world.Plan.Chaos + TimeSpan.FromSeconds(1), null, Look);

    private void Look()
    {
        var runs = world.Store.Runs;
        foreach (var run in runs.Where(run => !IsOver(run))) Tend(run);
        if (runs.All(IsOver) && world.Living.All(process => workers.Living.Contains(process)))
        {
            workers.DrainAll();
            AwaitEnd();
            return;
        }

        world.Schedule.After(TimeSpan.FromSeconds(1), null, Look);
    }

    private static bool IsOver(Run run) => run is { Status: RunStatus.Completed, Counters.Quarantined: 0 };

    private void Tend(Run run)
    {
        if (_tending.TryGetValue(run.Id, out var busy) && !busy.IsDead) return;
        var isSecret = run.Job.StartsWith(Secret.Name, StringComparison.Ordinal);
        TakeKind? kind = run.Status switch
        {
            RunStatus.Failed or RunStatus.Completed => TakeKind.Retry,
            RunStatus.Stopped => TakeKind.Resume,
            RunStatus.Paused when run.Request is not null || isSecret => TakeKind.Resume,
            RunStatus.Running or RunStatus.Stopping or RunStatus.Enqueued when isSecret => TakeKind.Resume,
            _ => null,
        };
        if (kind is { } needed) _tending[run.Id] = people.Take(run, needed);
        else if (world.Schedule.Now > world.Plan.Chaos + LongestTravel) CheckClaimed(run);
    }

    // While a worker has nothing to do, a run whose lease has run out is not left alone.
    private void CheckClaimed(Run run)
    {
        var now = new ProcessClock(world.Schedule, new VirtualProcess(-1, "clock")).GetUtcNow();
        var isUnclaimed = run.Status != RunStatus.Paused && (run.Owner is null || run.LeaseUntil <= now && !world.IsAlive(run.Owner));
        _unclaimed[run.Id] = isUnclaimed && workers.Living.Any(IsIdle) ? _unclaimed.GetValueOrDefault(run.Id) + 1 : 0;
        if (_unclaimed[run.Id] > MostSecondsUnclaimed)
            throw new SimulationFailure($"The run {run.Id} is {run.Status}, its lease has run out, and nobody claims it for {MostSecondsUnclaimed} s although a worker has nothing to do.");
    }

    private bool IsIdle(VirtualProcess worker) => worker.Skew == default && world.Store.Runs.All(run =>
        run.Owner != worker.Identity && world.Database.CursorsOf(run.Id).All(cursor => cursor.IsOver || cursor.Owner?.StartsWith(worker.Identity + "|", StringComparison.Ordinal) != true));

    private void AwaitEnd()
    {
        IsDone = !world.Living.Any();
        if (!IsDone) world.Schedule.After(TimeSpan.FromSeconds(1), null, AwaitEnd);
    }
}
