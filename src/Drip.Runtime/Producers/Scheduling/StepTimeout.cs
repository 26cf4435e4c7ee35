namespace Drip.Producers.Scheduling;

/// <summary>Ends a try that takes too long: it has failed at once, whether or not it heeds its token.</summary>
internal sealed class StepTimeout : IDisposable
{
    private readonly Scheduler _scheduler;
    private readonly StepRun _run;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenRegistration _link;
    private readonly ITimer _timer;

    public StepTimeout(Scheduler scheduler, StepRun run)
    {
        (_scheduler, _run) = (scheduler, run);
        _link = scheduler.Token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _cancellation);
        _timer = scheduler.Context.Options.Time.CreateTimer(static self => ((StepTimeout)self!).Elapsed(), this, run.Plan.Timeout, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _cancellation.Token;

    // Called under the scheduler's lock, so it must not wait for a cancellation that is just going on. The source itself holds nothing,
    // and a step that was given up may still look at its token.
    public void Dispose()
    {
        _timer.Dispose();
        _link.Unregister();
    }

    private void Elapsed()
    {
        if (!_scheduler.GiveUp(_run, new StepTimeoutException(_run.Pipeline.Plan.Name, _run.Plan.Name, _run.Plan.Timeout))) return;
        try
        {
            _cancellation.Cancel();
        }
        catch (AggregateException errors)
        {
            // What the author registered with the token threw; the step has failed already.
            _scheduler.Outcomes.AddTimerError(errors);
        }
    }
}

/// <summary>A try of a step took too long.</summary>
internal sealed class StepTimeoutException(string pipeline, string step, TimeSpan timeout)
    : Exception($"The step {pipeline}/{step} did not end within its timeout of {timeout:c}.");
