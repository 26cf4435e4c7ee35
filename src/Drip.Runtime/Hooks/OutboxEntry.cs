using Drip.Generated;

namespace Drip.Hooks;

/// <summary>
/// An after-hook that is to be called: written in the transaction of what it follows, and deleted when it was called. Run,
/// point, partition and number are what tells it apart.
/// </summary>
/// <param name="Run">The run's id.</param>
/// <param name="Job">The job's name.</param>
/// <param name="Point">Which hook.</param>
/// <param name="Partition">The batch's partition; 0 for a hook of the run.</param>
/// <param name="Number">The batch's number; for a hook of the run the epoch at which it entered the status.</param>
/// <param name="Context">What the hook is told, as text.</param>
/// <param name="At">When the status was entered, UTC.</param>
public sealed record OutboxEntry(string Run, string Job, HookPoint Point, int Partition, long Number, string Context, DateTimeOffset At)
{
    /// <summary>How long the worker that calls the hook has before another one does.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>How often it was called and failed.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it failed last.</summary>
    public string? Error { get; init; }

    /// <summary>When it is to be called, unless its owner does so before.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>The worker that is calling it; null when none is.</summary>
    public string? Owner { get; init; }

    /// <summary>The same, in the hands of a worker that calls it now.</summary>
    internal OutboxEntry HeldBy(string worker, DateTimeOffset now) => this with { Owner = worker, Due = now + Lease };
}
