namespace Drip.Producers.Scheduling;

/// <summary>A pipeline as it runs: once, or for one record. Under the lock.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="record">The record's id, of a pipeline that runs for each.</param>
/// <param name="recordSlot">The record's slot; -1 where there is none.</param>
/// <param name="number">Counts the instances of the pipeline, in the order of their making.</param>
internal sealed class Instance(PipelineRun pipeline, RecordId? record, int recordSlot, long number)
{
    private int _firstSlot;
    private int[]? _slots;

    public PipelineRun Pipeline => pipeline;

    public RecordId? Record => record;

    public int RecordSlot => recordSlot;

    public long Number => number;

    /// <summary>For each step how many it still waits for.</summary>
    public int[] Waits { get; private set; } = [];

    /// <summary>For each step how it went.</summary>
    public StepOutcome[] Outcomes { get; private set; } = [];

    /// <summary>The gate of its own, where the answer depends on the record.</summary>
    public Gate? Gate { get; set; }

    /// <summary>How many tries are ready, held by the gate, running, or waiting for their turn to be repeated.</summary>
    public int Busy { get; set; }

    /// <summary>Whether nothing of it starts any more.</summary>
    public bool IsHalted { get; set; }

    /// <summary>Whether its first steps have been let go.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Whether a former run began it.</summary>
    public bool IsResumed => _slots is not null;

    /// <summary>Whether all that is left to do is held by its own gate.</summary>
    public bool IsHeld => Gate is { Held: > 0 } gate && gate.Held == Busy;

    /// <summary>Begins; the records of its steps are in the slots from <paramref name="firstSlot"/> on.</summary>
    public void Open(int firstSlot)
    {
        _firstSlot = firstSlot;
        Outcomes = new StepOutcome[pipeline.Plan.Steps.Count];
        Waits = (int[])pipeline.Waits.Clone();
    }

    /// <summary>Goes on where a former run stopped.</summary>
    /// <param name="slots">The slots of the steps' records.</param>
    /// <param name="outcomes">How the steps went so far.</param>
    /// <param name="waits">For each step how many it still waits for.</param>
    public void Resume(int[] slots, StepOutcome[] outcomes, int[] waits) => (_slots, Outcomes, Waits) = (slots, outcomes, waits);

    /// <summary>The slot of a step's record; -1 where a former run did not know the step.</summary>
    public int SlotOf(int step) => _slots is null ? _firstSlot + step : _slots[step];

    /// <summary>Gives a step that a former run did not know the slot of its record.</summary>
    public void SetSlot(int step, int slot) => _slots![step] = slot;
}
