namespace Drip.Producers.Scheduling;

/// <summary>Collects what a run's result tells beside the counts. Failures beyond a hundred are counted only.</summary>
internal sealed class RunOutcomes
{
    private const int FailuresKept = 100;
    private readonly Lock _lock = new();
    private readonly List<StepFailure> _failures = [];
    private readonly List<UnknownStep> _unknown = [];
    private readonly List<Exception> _streamErrors = [];
    private readonly List<Exception> _timerErrors = [];

    public IReadOnlyList<StepFailure> Failures => _failures;

    public long FailureCount { get; private set; }

    public long Completed { get; private set; }

    public IReadOnlyList<UnknownStep> Unknown => _unknown;

    public IReadOnlyList<Exception> StreamErrors
    {
        get
        {
            lock (_lock) return [.. _streamErrors];
        }
    }

    public IReadOnlyList<Exception> TimerErrors
    {
        get
        {
            lock (_lock) return [.. _timerErrors];
        }
    }

    /// <summary>A step has ended for good.</summary>
    public void Add(StepRun run, StepOutcome outcome, string? error)
    {
        Completed++;
        if (outcome == StepOutcome.Failed) Add(new StepFailure(run.Pipeline.Plan.Name, run.Plan.Name, run.Instance!.Record, run.Attempt, error!));
    }

    /// <summary>A gate threw.</summary>
    public void GateFailed(PipelineRun pipeline, RecordId? record, Exception error) =>
        Add(new StepFailure(pipeline.Plan.Name, StepFailure.Gate, record, 1, ErrorTexts.Of(error)));

    public void AddUnknown(UnknownStep step) => _unknown.Add(step);

    public void AddStreamError(Exception error)
    {
        lock (_lock) _streamErrors.Add(error);
    }

    public void AddTimerError(Exception error)
    {
        lock (_lock) _timerErrors.Add(error);
    }

    private void Add(StepFailure failure)
    {
        FailureCount++;
        if (_failures.Count < FailuresKept) _failures.Add(failure);
    }
}
