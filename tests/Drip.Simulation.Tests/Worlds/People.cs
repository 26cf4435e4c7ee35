using Drip.Batches;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;
using Drip.Simulation.Jobs;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Worlds;

/// <summary>What people do: each command is a process of its own.</summary>
internal sealed class People(World world)
{
    private static readonly string[] Queued = ["patient-batches", "strict-batches", "patient-each", "strict-each"];

    private Random Random => world.Random;

    /// <summary>Does something that people do, at random.</summary>
    public void DoSomething()
    {
        switch (Random.Next(8))
        {
            case 0: Enqueue(); break;
            case 1: Run(); break;
            case 2 or 3: Ask(RunRequestKind.Pause); break;
            case 4: Ask(RunRequestKind.Stop); break;
            case 5: TakeAny(); break;
            case 6: Skip(); break;
            default: Mend(); break;
        }
    }

    public void Enqueue()
    {
        var request = Request(Queued[Random.Next(Queued.Length)]);
        world.Start("q", (_, engine) => engine.EnqueueAsync(request).AsTask());
    }

    /// <summary>Takes up a run and works on it until it is over, or put aside.</summary>
    public VirtualProcess Take(Run run, TakeKind kind)
    {
        var secrets = run.Job.StartsWith(Secret.Name, StringComparison.Ordinal)
            ? new Dictionary<string, string?> { [JobKinds.Password] = Secret.Value }
            : [];
        return world.Start("t", async (_, engine) =>
            await ExecuteAsync(engine, await engine.TakeAsync(new TakeRequest(run.Id, kind) { Secrets = secrets, Who = "person" }).ConfigureAwait(false)).ConfigureAwait(false));
    }

    private void Run()
    {
        var request = Request(Random.Next(3) == 0 ? "secret-batches" : Queued[Random.Next(Queued.Length)]);
        world.Start("r", async (_, engine) => await ExecuteAsync(engine, await engine.StartAsync(request).ConfigureAwait(false)).ConfigureAwait(false));
    }

    private void Ask(RunRequestKind kind)
    {
        if (AnyRun() is not { } run) return;
        var force = Random.Next(3) == 0;
        world.Start("a", (_, engine) => engine.AskAsync(run.Id, kind, force, "person").AsTask());
    }

    private void TakeAny()
    {
        if (AnyRun() is { } run) Take(run, run.Status is RunStatus.Failed or RunStatus.Completed ? TakeKind.Retry : TakeKind.Resume);
    }

    private void Skip()
    {
        if (AnyRun() is not { } run || world.Database.QuarantineOf(run.Id) is not { Count: > 0 } rows) return;
        var row = rows[Random.Next(rows.Count)];
        world.Start("s", (_, engine) => engine.SkipAsync(row, "person").AsTask());
    }

    private void Mend()
    {
        if (world.Bad.Throwing.Count > 0) world.Bad.Throwing.Remove(world.Bad.Throwing.First());
        else if (world.Database.Refused.Count > 0) world.Database.Refused.Remove(world.Database.Refused.First());
        else if (world.Bad.Deadly.Count > 0) world.Bad.Deadly.Remove(world.Bad.Deadly.First());
    }

    private Run? AnyRun() => world.Store.Runs is { Count: > 0 } runs ? runs[Random.Next(runs.Count)] : null;

    private RunRequest Request(string job)
    {
        var given = new Dictionary<string, string?> { [JobKinds.Label] = $"{Random.Next(2)}" };
        if (job.StartsWith(Secret.Name, StringComparison.Ordinal)) given[JobKinds.Password] = Secret.Value;
        var isTrial = Random.Next(10) == 0;
        return new RunRequest(job, OptionParser.Parse(JobKinds.Registry().Find(job).Info, given))
        {
            BatchSize = Random.Next(1, 15),
            Sleep = Random.Next(3) == 0 ? TimeSpan.FromMilliseconds(Random.Next(5000)) : TimeSpan.Zero,
            Rate = Random.Next(4) == 0 ? Random.Next(1, 60) : null,
            Limit = isTrial ? Random.Next(1, 40) : null,
            Partitions = isTrial || Random.Next(2) == 0 ? 1 : Random.Next(2, 6),
            CreatedBy = "person",
        };
    }

    private static async Task ExecuteAsync(Engine engine, HeldRun held) =>
        await engine.ExecuteAsync(held, null, CancellationToken.None, CancellationToken.None).ConfigureAwait(false);
}
