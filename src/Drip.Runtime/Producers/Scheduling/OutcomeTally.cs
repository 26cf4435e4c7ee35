namespace Drip.Producers.Scheduling;

/// <summary>Counts how the steps of a pipeline went, over all its records.</summary>
internal sealed class OutcomeTally(int steps)
{
    private const int Outcomes = (int)StepOutcome.Unknown + 1;
    private readonly long[] _counts = new long[steps * Outcomes];

    public long this[int step, StepOutcome outcome] => _counts[(step * Outcomes) + (int)outcome];

    /// <summary>Counts what became of an instance's steps.</summary>
    public void Add(Instance instance, bool[] selected)
    {
        for (var step = 0; step < instance.Outcomes.Length; step++)
        {
            if (selected[step]) Add(step, instance.Outcomes[step], 1);
        }
    }

    public void Add(int step, StepOutcome outcome, long count) => _counts[(step * Outcomes) + (int)outcome] += count;

    public long Total(StepOutcome outcome)
    {
        var total = 0L;
        for (var step = 0; step < steps; step++) total += this[step, outcome];
        return total;
    }
}
