using Drip.Batches;
using Drip.Data;
using Drip.Leases;
using Drip.Runs;
using Drip.Simulation.Checks;
using Drip.Simulation.Faults;
using Drip.Simulation.Jobs;
using Drip.Simulation.Model;
using Drip.Simulation.Scheduling;
using Drip.Workers;

namespace Drip.Simulation.Worlds;

/// <summary>A store, a database, and the processes that use them.</summary>
internal sealed class World
{
    private readonly List<VirtualProcess> _processes = [];
    private readonly Service _outside;

    public World(Plan plan, Random random, Trace trace)
    {
        (Plan, Random) = (plan, random);
        Schedule = new Schedule(random, trace);
        Network = new Network(Schedule, random);
        Checks = new DataChecks(plan.Keys, Schedule, plan.TellEvery);
        var database = new Service("database", isRemote: plan.Locking == Locking.Rows, Schedule, random);
        Database = new DatabaseState(plan.Locking, database, plan.Keys, Checks);
        Store = plan.Locking == Locking.OneFile
            ? new SimulatedStore(database, Database, Checks)
            : new SimulatedStore(new Service("store", isRemote: true, Schedule, random), null, Checks);
        _outside = new Service("outside", isRemote: false, Schedule, random);
    }

    public Plan Plan { get; }

    public Random Random { get; }

    public Schedule Schedule { get; }

    public Network Network { get; }

    public DataChecks Checks { get; }

    public DatabaseState Database { get; }

    public SimulatedStore Store { get; }

    public BadRows Bad { get; } = new();

    /// <summary>Whether nothing goes wrong any more.</summary>
    public bool IsWell { get; set; }

    public IEnumerable<VirtualProcess> Living => _processes.Where(process => !process.IsDead);

    /// <summary>Whether the process that a stored text names is there.</summary>
    public bool IsAlive(string owner) => WorkerIdentity.TryParse(owner) is { } named && !_processes[named.ProcessId].IsDead;

    /// <summary>Starts a process that does one thing and ends.</summary>
    /// <param name="kind">What it is, for its name.</param>
    /// <param name="main">What it does. What people would be told is not an error of the simulation; everything else is.</param>
    public VirtualProcess Start(string kind, Func<VirtualProcess, Engine, Task> main)
    {
        var process = new VirtualProcess(_processes.Count, $"{kind}{_processes.Count}");
        _processes.Add(process);
        Schedule.After(TimeSpan.Zero, process, () => _ = MainAsync(process, main));
        return process;
    }

    public void Kill(VirtualProcess process)
    {
        if (process.IsDead) return;
        Schedule.Tell(process, "dies");
        process.Die();
    }

    private async Task MainAsync(VirtualProcess process, Func<VirtualProcess, Engine, Task> main)
    {
        try
        {
            await main(process, EngineOf(process)).ConfigureAwait(false);
            Schedule.Tell(process, "ends");
        }
        catch (DripException told)
        {
            Schedule.Tell(process, $"ends: {told.Message}");
        }
        catch (SimulationFailure failure)
        {
            Schedule.Fail(failure);
        }
        catch (Exception error)
        {
            Schedule.Fail(new SimulationFailure($"The process {process.Name} ends with {error.GetType().Name}: {error.Message}", error));
        }

        process.Die();
    }

    private Engine EngineOf(VirtualProcess process)
    {
        var clock = new ProcessClock(Schedule, process);
        var databases = new DatabaseSet();
        databases.Add("", new ModelDatabase(Database, Network, Schedule, process));
        return new Engine(
            JobKinds.Registry(), new StoreConnection(Store, Network, Schedule, process), databases, new JobHost(process, Bad, _outside, Network, Random, Kill), clock,
            new TraceLogger(Schedule, process))
        {
            Worker = process.Identity,
            Random = Random,
            Threads = new Threads(static work => work(), VirtualWait.For),
            TellEvery = Plan.TellEvery,
            Liveness = new Liveness(clock, owner => Plan.OneMachine && !IsAlive(owner)),
        };
    }
}
