namespace Drip.Producers.Scheduling;

/// <summary>A step that failed and waits to be tried again. Under the lock.</summary>
internal sealed class PendingRetry(StepRun run)
{
    /// <summary>The try that failed.</summary>
    public StepRun Run => run;

    /// <summary>Ends the pause.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>Whether the pause is over.</summary>
    public bool IsOver { get; set; }
}
