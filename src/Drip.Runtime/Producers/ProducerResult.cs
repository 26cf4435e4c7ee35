namespace Drip;

/// <summary>How a producer's run went.</summary>
public sealed class ProducerResult
{
    internal ProducerResult(string run, StepOutcome outcome) => (Run, Outcome) = (run, outcome);

    /// <summary>The run's id.</summary>
    public string Run { get; }

    /// <summary>
    /// How it went with the whole: the first of cancelled, failed, unknown, stalled and skipped that holds for a step; closed if no gate let
    /// anything begin; else succeeded.
    /// </summary>
    public StepOutcome Outcome { get; }

    /// <summary>Whether every step of every pipeline that opened succeeded.</summary>
    public bool Succeeded => Outcome == StepOutcome.Succeeded;

    /// <summary>How many versions there are, those before a branch included.</summary>
    public long Versions { get; internal init; }

    /// <summary>For each step and outcome how many there were; what was not asked for with Only or Until is left out.</summary>
    public IReadOnlyList<StepCount> Steps { get; internal init; } = [];

    /// <summary>The steps, and gates, that failed; the first hundred.</summary>
    public IReadOnlyList<StepFailure> Failures { get; internal init; } = [];

    /// <summary>How many failed in all.</summary>
    public long FailureCount { get; internal init; }

    /// <summary>The pipelines that a gate kept closed, wholly or for some records.</summary>
    public IReadOnlyList<ClosedPipeline> Closed { get; internal init; } = [];

    /// <summary>For each pipeline that had opened and could not go on, what it waited for.</summary>
    public IReadOnlyList<StalledPipeline> Stalled { get; internal init; } = [];

    /// <summary>The steps marked <see cref="NonIdempotentAttribute"/> that a former run began and did not end; they were not repeated.</summary>
    public IReadOnlyList<UnknownStep> Unknown { get; internal init; } = [];

    /// <summary>What handlers of the stream threw, in order.</summary>
    public IReadOnlyList<Exception> StreamErrors { get; internal init; } = [];

    /// <summary>What timers threw, and what was registered with the cancellation of a step.</summary>
    public IReadOnlyList<Exception> TimerErrors { get; internal init; } = [];

    /// <summary>How many steps ended with this outcome.</summary>
    public long Count(StepOutcome outcome)
    {
        var total = 0L;
        foreach (var step in Steps)
        {
            if (step.Outcome == outcome) total += step.Count;
        }

        return total;
    }
}

/// <summary>How often a step ended with an outcome, over all records.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Count">How often.</param>
public sealed record StepCount(string Pipeline, string Step, StepOutcome Outcome, long Count);

/// <summary>A step, or a gate, that failed.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Step">The step's name; <see cref="Gate"/> for a gate.</param>
/// <param name="Record">The record of a pipeline that runs for each.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">Class, message and stack.</param>
public sealed record StepFailure(string Pipeline, string Step, RecordId? Record, int Attempts, string Error)
{
    /// <summary>What stands for the step where a gate failed.</summary>
    public const string Gate = "Open()";
}

/// <summary>A pipeline whose gate stayed closed.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Records">For how many records it did not begin; 0 for a pipeline that runs once.</param>
public sealed record ClosedPipeline(string Pipeline, long Records);

/// <summary>A pipeline that could not go on.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Explanation">What it waited for, in a sentence.</param>
public sealed record StalledPipeline(string Pipeline, string Explanation);

/// <summary>A step whose outcome nobody knows.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Record">The record of a pipeline that runs for each.</param>
public sealed record UnknownStep(string Pipeline, string Step, RecordId? Record);
