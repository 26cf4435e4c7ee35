using Drip.Data;
using Drip.Hooks;
using Drip.Jobs;
using Drip.Leases;
using Drip.Runs;
using Drip.Store;
using Drip.Workers;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>What the execution of one run in one process needs, gathered once.</summary>
internal sealed record RunExecution(
    HeldRun Held,
    IDatabase Database,
    IRunStore Store,
    IServiceProvider Services,
    EngineParts Parts,
    Action<RunProgress>? Progress,
    CancellationToken Drain,
    CancellationToken Abort)
{
    private static int _executions;

    public Run Run => Held.Run;

    public TimeProvider Time => Parts.Time;

    public ILogger Log => Parts.Log;

    public LeaseSettings Leases => Parts.Leases;

    /// <summary>Rows per batch: not more than are handled in about a second, so that a run with a rate goes on evenly and obeys soon.</summary>
    public int BatchSize => Math.Min(Held.Request.BatchSize ?? Held.Run.BatchSize, MostRows);

    public TimeSpan Sleep => Held.Request.Sleep ?? Held.Run.Sleep;

    /// <summary>How many rows a second all workers of the run handle together at most; null for no limit.</summary>
    public double? Rate => Held.Request.Rate ?? Held.Run.Rate;

    /// <summary>The most rows that are handled between two waits for the rate.</summary>
    public int MostRows => Rate is { } rate ? (int)Math.Clamp(rate, 1, int.MaxValue) : int.MaxValue;

    /// <summary>Calls the after-hooks of its batches.</summary>
    public required HookDelivery Hooks { get; init; }

    /// <summary>How many partitions are walked at the same time here.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>
    /// Under which name partitions are claimed: the process's with a number behind it, because one process may lead a run
    /// and help with it at the same time.
    /// </summary>
    public string Owner { get; } = $"{Parts.Worker}|{Interlocked.Increment(ref _executions)}";

    /// <summary>A lease of a partition that begins now.</summary>
    public LeaseClaim Claim => new(Owner, Time.GetUtcNow(), Leases.Duration);

    /// <summary>A claim of the run that is sent now.</summary>
    public LeaseClaim RunClaim => new(Parts.Worker, Time.GetUtcNow(), Leases.Duration);
}

/// <summary>What the executions of one engine share.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Log">Where warnings go.</param>
/// <param name="Worker">The name of this worker.</param>
/// <param name="Leases">How long claims last.</param>
/// <param name="Liveness">Who is gone.</param>
/// <param name="Random">Draws how long retries wait.</param>
/// <param name="Threads">Where work goes on.</param>
/// <param name="TellEvery">How long batches may go on before the store is told of them.</param>
internal sealed record EngineParts(
    TimeProvider Time, ILogger Log, string Worker, LeaseSettings Leases, Liveness Liveness, Random Random, Threads Threads, TimeSpan TellEvery)
{
    /// <summary>Tries again what meets a database that is busy, or away.</summary>
    public Retry RetryOn(IDatabase database) => new(database, Time, Random, Log) { Threads = Threads, Patience = Leases.Duration };

    /// <summary>Tries again what meets a store that is away.</summary>
    public Retry RetryOnStore() => new(null, Time, Random, Log) { Threads = Threads, Patience = Leases.Duration, BusyTries = 1 };
}

/// <summary>How an execution ended: the status that the run is left with, how far it is, and why.</summary>
/// <param name="Status">Completed or failed; running when it was left to be taken up; paused when it cannot go on now or was told to pause; stopped when it was told to.</param>
/// <param name="Counters">How far the run is.</param>
/// <param name="Error">Why it failed or was paused.</param>
/// <param name="Cause">What to tell the person who waits, beyond the run's own error: rethrown once the run is released.</param>
internal sealed record RunEnd(RunStatus Status, RunCounters Counters, RunError? Error = null, DripException? Cause = null);
