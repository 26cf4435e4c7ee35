using System.Text;
using Drip.Data;
using Drip.Runs;
using Drip.Simulation.Checks;
using Drip.Simulation.Jobs;
using Drip.Simulation.Model;
using Drip.Simulation.Scheduling;
using Drip.Store;

namespace Drip.Simulation.Worlds;

/// <summary>What became of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Digest">The same for each simulation of the seed.</param>
/// <param name="Steps">How many events there were.</param>
/// <param name="Commits">How many batches committed.</param>
/// <param name="Problem">The invariant that does not hold, with the end of the trace; null if all do.</param>
internal sealed record Outcome(int Seed, ulong Digest, long Steps, int Commits, string? Problem);

/// <summary>One world from its beginning to its end.</summary>
internal static class SeedRun
{
    private const int LinesShown = 60;
    private const long MostSteps = 1_000_000;
    private static readonly TimeSpan MostTimeWhenWell = TimeSpan.FromHours(4);

    /// <summary>Simulates a seed on a thread of its own, where no context of the caller changes the order of anything.</summary>
    public static Outcome Of(int seed, int linesShown = LinesShown)
    {
        Outcome? outcome = null;
        var thread = new Thread(() => outcome = Simulate(seed, linesShown), maxStackSize: 16 << 20);
        thread.Start();
        thread.Join();
        return outcome!;
    }

    private static Outcome Simulate(int seed, int linesShown)
    {
        var random = new Random(seed);
        var trace = new Trace(linesShown);
        var world = new World(Plan.Draw(random), random, trace);
        string? problem = null;
        try
        {
            Live(world);
            CheckEnd(world);
        }
        catch (SimulationFailure failure)
        {
            problem = Describe(seed, world.Plan, trace, failure);
        }

        return new Outcome(seed, trace.Digest, world.Schedule.Steps, world.Checks.Commits, problem);
    }

    private static void Live(World world)
    {
        var people = new People(world);
        var workers = new Workers(world);
        var healer = new Healer(world, workers, people);
        for (var runs = world.Random.Next(1, 3); runs > 0; runs--) people.Enqueue();
        workers.StartAll();
        new Chaos(world, workers, people).Begin();
        healer.Begin();

        while (!healer.IsDone)
        {
            if (!world.Schedule.Step()) throw new SimulationFailure("Nothing happens any more.");
            if (world.Schedule.Steps > MostSteps || world.Schedule.Now > world.Plan.Chaos + MostTimeWhenWell) throw new SimulationFailure($"It does not end: {Left(world)}.");
        }
    }

    private static void CheckEnd(World world)
    {
        // What a dead person's last message creates when all workers have left, nobody has begun.
        foreach (var run in world.Store.Runs.Where(run => run.StartedAt is not null))
        {
            var cursors = world.Database.CursorsOf(run.Id);
            var quarantine = world.Database.QuarantineOf(run.Id);
            var history = SimulatedStore.Now(world.Store.Inner.ListBatchesAsync(new BatchFilter(run.Id, Limit: int.MaxValue)));
            var events = SimulatedStore.Now(world.Store.Inner.ListEventsAsync(run.Id, limit: int.MaxValue));
            world.Checks.Ended(run, cursors, quarantine);
            RunChecks.HistoryIsWhole(run, cursors, history);
            var stored = new StringBuilder($"{run}").AppendJoin('\n', cursors).AppendJoin('\n', quarantine).AppendJoin('\n', history).AppendJoin('\n', events).ToString();
            if (stored.Contains(Secret.Value, StringComparison.Ordinal)) throw new SimulationFailure($"What is stored of run {run.Id} holds a secret.");
        }
    }

    private static string Left(World world) => string.Join(", ",
        world.Store.Runs.Where(run => run.Status != RunStatus.Completed).Select(run => $"run {run.Id} is {run.Status}").Concat(world.Living.Select(process => $"{process.Name} lives")));

    private static string Describe(int seed, Plan plan, Trace trace, SimulationFailure failure)
    {
        var text = new StringBuilder();
        foreach (var line in trace.Last) text.AppendLine(line);
        text.AppendLine($"seed {seed}: {failure.Message}");
        text.AppendLine($"{plan.Locking}, {plan.Workers} workers{(plan.OneMachine ? " of one machine" : "")}, {plan.Keys.Count} rows, {plan.Rates}");
        if (failure.InnerException is { } inner) text.AppendLine(inner.ToString());
        return text.Append($"Repeat it with: eng/chaos --from {seed} --seeds 1").ToString();
    }
}
