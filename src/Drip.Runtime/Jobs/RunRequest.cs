using Drip.Options;
using Drip.Runs;

namespace Drip.Jobs;

/// <summary>What a person asks for with <c>run</c>; everything is checked before a run is created.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Options">The checked options.</param>
public sealed record RunRequest(string Job, ParsedOptions Options)
{
    /// <summary>Rows per batch; null for the job's own.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The most rows to scan; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>The pause between batches; null for the job's own.</summary>
    public TimeSpan? Sleep { get; init; }

    /// <summary>How many rows a second all workers of the run handle together at most; null for the job's own limit.</summary>
    public double? Rate { get; init; }

    /// <summary>Into how many ranges of keys the scope is divided; null for the job's own number.</summary>
    public int? Partitions { get; init; }

    /// <summary>Who asks.</summary>
    public string? CreatedBy { get; init; }
}

/// <summary>In which way a run that was begun before is gone on with.</summary>
public enum TakeKind
{
    /// <summary>It was paused or stopped, or left by its worker.</summary>
    Resume,
    /// <summary>It failed, or completed with rows in quarantine.</summary>
    Retry,
}

/// <summary>What a person asks for with <c>resume</c> and <c>retry</c>: the options are those that the run has.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Kind">Which of the two.</param>
public sealed record TakeRequest(string Run, TakeKind Kind)
{
    /// <summary>The values of secret options, which the store does not hold, by the option's name.</summary>
    public IReadOnlyDictionary<string, string?> Secrets { get; init; } = new Dictionary<string, string?>();

    /// <summary>Who asks.</summary>
    public string? Who { get; init; }
}

/// <summary>A run that this worker holds.</summary>
/// <param name="Run">The run, as claimed.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="TakenUp">Whether it had been begun before, by a worker that is gone or that left it, or had failed, or was paused or stopped.</param>
public sealed record HeldRun(Run Run, RunRequest Request, bool TakenUp)
{
    /// <summary>Whether its partitions were planned when it was claimed, because hooks look at that.</summary>
    internal bool IsPlanned { get; init; }
}
