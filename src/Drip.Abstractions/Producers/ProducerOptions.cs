namespace Drip;

/// <summary>When a version of a producer's run is on the disk.</summary>
public enum Durability
{
    /// <summary>Together with others: at the latest after 5 ms or 256 versions. A crash can lose the last of them; their steps run again.</summary>
    Group,
    /// <summary>Before the steps that wait for it start.</summary>
    Strict,
    /// <summary>When the operating system writes it: a crash of the process loses nothing that was handed over, a loss of power may.</summary>
    Relaxed,
}

/// <summary>How a producer runs.</summary>
public sealed record ProducerOptions
{
    /// <summary>Where the versions are written; default: a new directory for temporary files. Several runs may share one.</summary>
    public string? Directory { get; init; }

    /// <summary>Keeps versions in memory only, and writes no file.</summary>
    public bool InMemory { get; init; }

    /// <summary>When a version is on the disk.</summary>
    public Durability Durability { get; init; }

    /// <summary>How many steps run at a time, over all pipelines; 0, the default, is no limit.</summary>
    public int Concurrency { get; init; }

    /// <summary>Runs one step after the other on the caller, in the order of the graph, for debugging.</summary>
    public bool Synchronous { get; init; }

    /// <summary>Only this step runs, with what it needs taken as it is; as <c>Pipeline/Step</c>, or the step's name where one pipeline has it.</summary>
    public string? Only { get; init; }

    /// <summary>This step and those before it run, nothing else; as <c>Pipeline/Step</c>, or the step's name where one pipeline has it.</summary>
    public string? Until { get; init; }

    /// <summary>Repeats steps marked <see cref="NonIdempotentAttribute"/> whose outcome is unknown.</summary>
    public bool RepeatUnknown { get; init; }

    /// <summary>A stream with handlers of its own; those of the producer are called as well.</summary>
    public ProducerStream? Stream { get; init; }

    /// <summary>The services that steps ask for.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes what happens, step by step, as it happens; called by one thread at a time.</summary>
    public IProducerObserver? Observer { get; init; }
}

/// <summary>Watches a run. Called under the scheduler's lock: it must not wait.</summary>
public interface IProducerObserver
{
    /// <summary>A step has started; <paramref name="record"/> is the record of a pipeline that runs for each.</summary>
    void Started(string pipeline, string step, RecordId? record, int attempt);

    /// <summary>A step said what it is doing.</summary>
    void Labelled(string pipeline, string step, RecordId? record, string text);

    /// <summary>A try of a step has ended; <paramref name="retry"/> is the pause before the next one, where there is one.</summary>
    void Ended(string pipeline, string step, RecordId? record, StepOutcome outcome, string? error, TimeSpan? retry);
}

/// <summary>How it went with a step, or with a run.</summary>
public enum StepOutcome
{
    /// <summary>It has not run.</summary>
    NotRun,
    /// <summary>It succeeded.</summary>
    Succeeded,
    /// <summary>It failed, and no further try follows.</summary>
    Failed,
    /// <summary>It was passed over, because it or a step before it may be skipped.</summary>
    Skipped,
    /// <summary>The gate of its pipeline is closed.</summary>
    Closed,
    /// <summary>It waited for what did not come.</summary>
    Stalled,
    /// <summary>The run was cancelled before the step had ended.</summary>
    Cancelled,
    /// <summary>The process died while the step ran, and the step must not run twice.</summary>
    Unknown,
}

/// <summary>Where a run stands; what a method with <see cref="EveryAttribute"/> gets.</summary>
/// <param name="Elapsed">The time since the run began.</param>
/// <param name="Waiting">How many steps are ready and wait for their turn, records that wait for their pipeline included.</param>
/// <param name="Running">How many steps run.</param>
/// <param name="Completed">How many steps have ended.</param>
/// <param name="Failed">How many of them failed for good.</param>
/// <param name="Version">The number of the last version.</param>
public sealed record ProducerStats(TimeSpan Elapsed, long Waiting, int Running, long Completed, long Failed, long Version);
