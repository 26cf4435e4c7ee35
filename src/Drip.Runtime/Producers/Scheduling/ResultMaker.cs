using Drip.Generated;

namespace Drip.Producers.Scheduling;

/// <summary>Says how a run went, after its end.</summary>
internal sealed class ResultMaker(Scheduler scheduler, string run)
{
    private static readonly StepOutcome[] AllOutcomes = Enum.GetValues<StepOutcome>();

    public ProducerResult Make()
    {
        var stalled = new List<StalledPipeline>();
        var closed = new List<ClosedPipeline>();
        foreach (var pipeline in scheduler.Pipelines)
        {
            if (!pipeline.IsSelected) continue;
            if (Explain(pipeline) is { } explanation) stalled.Add(new StalledPipeline(pipeline.Plan.Name, explanation));
            if (pipeline.IsClosed) closed.Add(new ClosedPipeline(pipeline.Plan.Name, pipeline.Closed));
            CountTheRest(pipeline);
        }

        var outcomes = scheduler.Outcomes;
        return new ProducerResult(run, OutcomeOf(stalled, closed))
        {
            Versions = scheduler.Context.Tables.Version + 1,
            Steps = CountSteps(),
            Failures = outcomes.Failures,
            FailureCount = outcomes.FailureCount,
            Closed = closed,
            Stalled = stalled,
            Unknown = outcomes.Unknown,
            StreamErrors = outcomes.StreamErrors,
            TimerErrors = outcomes.TimerErrors,
        };
    }

    private StepOutcome OutcomeOf(List<StalledPipeline> stalled, List<ClosedPipeline> closed)
    {
        if (scheduler.IsCancelled && (Total(StepOutcome.Cancelled) > 0 || Total(StepOutcome.NotRun) > 0)) return StepOutcome.Cancelled;
        if (scheduler.Outcomes.FailureCount > 0) return StepOutcome.Failed;
        if (Total(StepOutcome.Unknown) > 0) return StepOutcome.Unknown;
        if (stalled.Count > 0) return StepOutcome.Stalled;
        if (Total(StepOutcome.Skipped) > 0) return StepOutcome.Skipped;
        foreach (var pipeline in scheduler.Pipelines)
        {
            if (pipeline.Begun > 0) return StepOutcome.Succeeded;
        }

        return closed.Count > 0 ? StepOutcome.Closed : StepOutcome.Succeeded;
    }

    private string? Explain(PipelineRun pipeline)
    {
        if (scheduler.IsCancelled) return null;
        var held = pipeline.Held.ToList();
        if (held.Count > 0)
        {
            var at = (pipeline.Gate ?? held[0].Gate)!.ClosedAt;
            return pipeline.Each is null
                ? $"{pipeline.Plan.Name} waits for its gate, which said no at version {at}."
                : $"{pipeline.Plan.Name} waits for its gate, for {Records(held.Count)}, the first of them {held[0].Record}; it said no at version {at}.";
        }

        foreach (var unknown in scheduler.Outcomes.Unknown)
        {
            if (unknown.Pipeline != pipeline.Plan.Name || pipeline.Tally.Total(StepOutcome.NotRun) == 0) continue;
            return $"{pipeline.Plan.Name} waits for {unknown.Step}, whose outcome is unknown: run with RepeatUnknown if it may be repeated.";
        }

        return null;
    }

    private void CountTheRest(PipelineRun pipeline)
    {
        foreach (var instance in pipeline.Held)
        {
            for (var step = 0; step < instance.Outcomes.Length; step++)
            {
                if (!scheduler.IsCancelled && instance.Outcomes[step] == StepOutcome.NotRun) instance.Outcomes[step] = StepOutcome.Closed;
            }

            pipeline.Tally.Add(instance, pipeline.Selected);
        }

        // What never began: kept from it by the gate, or by the end of the run.
        var closed = pipeline.Each is null ? (pipeline.IsClosed ? 1 : 0) : pipeline.Closed;
        var never = pipeline.Each is null ? (pipeline.Begun == 0 ? 1 : 0) : pipeline.Records;
        for (var step = 0; step < pipeline.Plan.Steps.Count; step++)
        {
            if (!pipeline.Selected[step]) continue;
            pipeline.Tally.Add(step, StepOutcome.Closed, closed);
            pipeline.Tally.Add(step, StepOutcome.NotRun, Math.Max(0, never - closed));
        }
    }

    private List<StepCount> CountSteps()
    {
        var counts = new List<StepCount>();
        foreach (var pipeline in scheduler.Pipelines)
        {
            for (var step = 0; step < pipeline.Plan.Steps.Count; step++)
            {
                foreach (var outcome in AllOutcomes)
                {
                    if (pipeline.Tally[step, outcome] is > 0 and var count)
                    {
                        counts.Add(new StepCount(pipeline.Plan.Name, pipeline.Plan.Steps[step].Name, outcome, count));
                    }
                }
            }
        }

        return counts;
    }

    private long Total(StepOutcome outcome)
    {
        var total = 0L;
        foreach (var pipeline in scheduler.Pipelines) total += pipeline.Tally.Total(outcome);
        return total;
    }

    private static string Records(int count) => count == 1 ? "one record" : $"{count} records";
}
