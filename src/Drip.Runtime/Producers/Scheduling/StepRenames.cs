using Drip.Generated;
using Drip.Producers.Versions;

namespace Drip.Producers.Scheduling;

/// <summary>Brings the records of steps that were written under former names up to the plan.</summary>
internal sealed class StepRenames(ProducerPlan plan)
{
    private readonly StepIndex _steps = new(plan);

    /// <summary>The record under the step's present name; the same where nothing was renamed.</summary>
    public StepRecord Rename(StepRecord record)
    {
        var (pipeline, step) = _steps.Find(record.Pipeline, record.Step);
        var now = plan.Pipelines[pipeline];
        if (now.Name == record.Pipeline && now.Steps[step].Name == record.Step) return record;
        return record with
        {
            Id = StepNames.IdOf(now.Name, now.Steps[step].Name, StepNames.Parse(record.Record)),
            Pipeline = now.Name,
            Step = now.Steps[step].Name,
        };
    }

    /// <summary>Checks that the plan has every step that is on record.</summary>
    /// <exception cref="DripException">It lacks some.</exception>
    public void Check(IReadOnlyList<object> records)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (StepRecord record in records)
        {
            if (_steps.Find(record.Pipeline, record.Step).Step < 0) missing.Add($"{record.Pipeline}/{record.Step}");
        }

        if (missing.Count == 0) return;
        throw new DripException(
            DripErrorKind.Usage, "steps-missing",
            $"The version was written by a producer with {(missing.Count == 1 ? "a step" : "steps")} that {plan.Name} does not have: {string.Join(", ", missing)}.",
            "Say with [Renamed(\"old name\")] on the step or the pipeline what became of it, or run without the version.");
    }
}
