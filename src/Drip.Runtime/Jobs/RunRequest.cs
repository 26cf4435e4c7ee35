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

    /// <summary>Who asks.</summary>
    public string? CreatedBy { get; init; }
}

/// <summary>A run that this worker holds.</summary>
/// <param name="Run">The run, as claimed.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="TakenUp">Whether it had been begun before, by a worker that is gone or that left it.</param>
public sealed record HeldRun(Run Run, RunRequest Request, bool TakenUp);
