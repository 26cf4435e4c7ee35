namespace Drip.Producers.Scheduling;

/// <summary>
/// A pipeline's <c>Open()</c>, or that of one record where its answer depends on the record. What wants to start is held here until the gate has
/// been asked about the records as they are then; after a no it is asked again when a model that it reads has changed. Under the lock.
/// </summary>
internal sealed class Gate(Scheduler scheduler, PipelineRun pipeline, Instance? instance)
{
    private List<StepRun> _held = [];
    private List<StepRun> _asked = [];
    private bool _wantsToOpen;
    private bool _askedToOpen;
    private bool _isAsking;

    public PipelineRun Pipeline => pipeline;

    /// <summary>The record's instance, where each record has a gate of its own.</summary>
    public Instance? Instance => instance;

    /// <summary>The version that the gate saw when it said no; null where the last answer was yes.</summary>
    public long? ClosedAt { get; private set; }

    /// <summary>What it threw.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The steps that wait for the gate.</summary>
    public int Held => _held.Count + _asked.Count;

    /// <summary>The instances whose steps wait for the gate.</summary>
    public IEnumerable<Instance> Waiting => _held.Concat(_asked).Select(step => step.Instance!).Distinct();

    /// <summary>Lets a step wait for the gate.</summary>
    public void Hold(StepRun step)
    {
        if (Failure is not null)
        {
            Refuse(step);
            return;
        }

        _held.Add(step);
        Ask();
    }

    /// <summary>Lets what has not begun wait for the gate.</summary>
    public void HoldOpening()
    {
        if (_wantsToOpen || _askedToOpen) return;
        _wantsToOpen = true;
        Ask();
    }

    /// <summary>A model that the gate reads has changed.</summary>
    public void AskAgain()
    {
        if (ClosedAt is not null && (_held.Count > 0 || _wantsToOpen)) Ask();
    }

    /// <summary>Takes the answer.</summary>
    /// <param name="isOpen">What it said.</param>
    /// <param name="seen">The version that it saw.</param>
    public void Answer(bool isOpen, long seen)
    {
        _isAsking = false;
        if (isOpen)
        {
            ClosedAt = null;
            foreach (var step in _asked) scheduler.Enqueue(step);
            _asked.Clear();
            if (_askedToOpen)
            {
                _askedToOpen = false;
                pipeline.GateOpened(instance);
            }

            if (_held.Count > 0 || _wantsToOpen) Ask();
            return;
        }

        ClosedAt = seen;
        var isAskedAnew = _held.Count > 0 || _wantsToOpen || pipeline.ReadChangedAt > seen;
        TakeBack();
        DropHalted();
        if (isAskedAnew) Ask();
        else if (instance is not null) pipeline.GateClosed(instance);
    }

    /// <summary>The gate threw: nothing of its pipeline, or of its record, starts any more.</summary>
    public void Fail(Exception error)
    {
        _isAsking = false;
        Failure = error;
        TakeBack();
        _wantsToOpen = false;
        pipeline.GateFailed(instance, error);
        var held = _held;
        _held = [];
        foreach (var step in held) Refuse(step);
    }

    /// <summary>Lets go of the steps of what has halted meanwhile.</summary>
    public void DropHalted()
    {
        for (var i = _held.Count - 1; i >= 0; i--)
        {
            var step = _held[i];
            if (!step.Instance!.IsHalted) continue;
            _held.RemoveAt(i);
            step.Dropped();
        }
    }

    /// <summary>The run was stopped.</summary>
    public void Drop()
    {
        _isAsking = false;
        TakeBack();
        if (instance is not null) pipeline.GateDropped(instance);
    }

    private void Ask()
    {
        if (_isAsking || Failure is not null) return;
        _isAsking = true;
        (_asked, _held) = (_held, _asked);
        (_askedToOpen, _wantsToOpen) = (_wantsToOpen, false);
        scheduler.Enqueue(new GateAsk(scheduler, this));
    }

    private static void Refuse(StepRun step)
    {
        step.Instance!.IsHalted = true;
        step.Dropped();
    }

    private void TakeBack()
    {
        _held.InsertRange(0, _asked);
        _asked.Clear();
        _wantsToOpen |= _askedToOpen;
        _askedToOpen = false;
    }
}
