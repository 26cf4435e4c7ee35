using Drip.Simulation.Faults;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Worlds;

/// <summary>Makes things go wrong at random moments, until the time for that is over.</summary>
internal sealed class Chaos(World world, Workers workers, People people)
{
    private Random Random => world.Random;

    private FaultRates Rates => world.Plan.Rates;

    public void Begin()
    {
        world.Network.Rates = Rates;
        DrawBadRows();
        Repeat(Rates.KillsPerMinute, () => OnAny(world.Living, world.Kill));
        Repeat(Rates.StopsPerMinute, () => OnAny(world.Living.Where(process => !process.IsPaused), Stop));
        Repeat(Rates.ClockJumpsPerMinute, () => OnAny(world.Living, Jump));
        Repeat(Rates.DrainsPerMinute, () => OnAny(workers.Living, workers.Drain));
        Repeat(Rates.OutagesPerMinute, () => (Random.Next(2) == 0 ? world.Store.Service : world.Database.Service).GoAway(Seconds(40)));
        Repeat(Rates.PeoplePerMinute, people.DoSomething);
        world.Schedule.After(world.Plan.Chaos, null, End);
    }

    // From now on nothing goes wrong any more, so that everything has to come to its end.
    private void End()
    {
        world.Schedule.Tell(null, "all is well");
        world.IsWell = true;
        world.Network.Rates = FaultRates.None;
        world.Store.Service.ComeBack();
        world.Database.Service.ComeBack();
        world.Database.Refused.Clear();
        world.Bad.Throwing.Clear();
        world.Bad.Deadly.Clear();
        world.Bad.Flakiness = 0;
        foreach (var process in world.Living.ToArray())
        {
            if (!world.Plan.ClocksStayWrong) process.Skew = default;
            if (process.IsPaused) GoOn(process);
        }
    }

    private void DrawBadRows()
    {
        foreach (var key in world.Plan.Keys)
        {
            if (Random.NextDouble() >= world.Plan.Badness) continue;
            var (rows, share) = Random.Next(5) switch
            {
                0 => (world.Bad.Deadly, 0.2),
                1 or 2 => (world.Database.Refused, 1.0),
                _ => (world.Bad.Throwing, 1.0),
            };
            if (Random.NextDouble() < share) rows.Add(key);
        }

        if (Random.Next(4) == 0) world.Bad.Flakiness = 0.05;
    }

    private void Stop(VirtualProcess process)
    {
        world.Schedule.Tell(process, "is stopped");
        process.IsPaused = true;
        world.Schedule.After(Seconds(Random.Next(2) == 0 ? 5 : 100), null, () => GoOn(process));
    }

    private void GoOn(VirtualProcess process)
    {
        if (!process.IsPaused || process.IsDead) return;
        world.Schedule.Tell(process, "goes on");
        process.IsPaused = false;
        world.Schedule.Wake(process);
    }

    private void Jump(VirtualProcess process)
    {
        process.Skew = TimeSpan.FromMinutes((Random.NextDouble() * 120) - 60);
        world.Schedule.Tell(process, $"has a clock that is {process.Skew.TotalSeconds:F0} s off");
    }

    private void OnAny(IEnumerable<VirtualProcess> processes, Action<VirtualProcess> act)
    {
        var all = processes.ToArray();
        if (all.Length > 0) act(all[Random.Next(all.Length)]);
    }

    private void Repeat(double perMinute, Action act)
    {
        if (perMinute <= 0) return;
        world.Schedule.After(TimeSpan.FromMinutes(-Math.Log(1 - Random.NextDouble()) / perMinute), null, () =>
        {
            if (world.IsWell) return;
            act();
            Repeat(perMinute, act);
        });
    }

    private TimeSpan Seconds(double most) => TimeSpan.FromSeconds(Random.NextDouble() * most);
}
