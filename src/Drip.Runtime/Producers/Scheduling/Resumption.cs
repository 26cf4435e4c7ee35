using Drip.Producers.Records;
using Drip.Producers.Versions;

namespace Drip.Producers.Scheduling;

/// <summary>Tells the pipelines what was done before, from the records of steps, and which records wait for them. Under the lock.</summary>
internal sealed class Resumption(Scheduler scheduler)
{
    private RecordTables Tables => scheduler.Context.Tables;

    public void Apply()
    {
        var begun = new Dictionary<RecordId, int[]>[scheduler.Pipelines.Count];
        for (var pipeline = 0; pipeline < begun.Length; pipeline++) begun[pipeline] = [];
        if (Tables.Steps.Slots > 0) Find(begun);
        foreach (var pipeline in scheduler.Pipelines)
        {
            if (pipeline.Each is null) Single(pipeline, begun[pipeline.Index]);
            else EachRecord(pipeline, begun[pipeline.Index]);
        }
    }

    private void Find(Dictionary<RecordId, int[]>[] begun)
    {
        // From here on an id can come again whose first record nobody remembers.
        Tables.Steps.Index();
        var names = new StepIndex(scheduler.Context.Plan);
        for (var slot = 0; slot < Tables.Steps.Slots; slot++)
        {
            if (Tables.Steps.At(slot, Tables.Version)?.Value is not StepRecord record) continue;
            var (pipeline, step) = names.Find(record.Pipeline, record.Step);
            var id = StepNames.Parse(record.Record) ?? default;
            if (!begun[pipeline].TryGetValue(id, out var slots))
            {
                slots = new int[scheduler.Context.Plan.Pipelines[pipeline].Steps.Count];
                Array.Fill(slots, -1);
                begun[pipeline].Add(id, slots);
            }

            slots[step] = slot;
        }
    }

    private void Single(PipelineRun pipeline, Dictionary<RecordId, int[]> begun)
    {
        if (!begun.TryGetValue(default, out var slots)) return;
        Take(pipeline, pipeline.MakeInstance(null, -1), slots, isGone: false);
    }

    private void EachRecord(PipelineRun pipeline, Dictionary<RecordId, int[]> begun)
    {
        var table = pipeline.Each!;
        for (var slot = 0; slot < table.Slots; slot++)
        {
            if (table.At(slot, Tables.Version) is not { } record) continue;
            var id = table.IdOf(record.Value);
            if (begun.Remove(id, out var slots)) Take(pipeline, pipeline.MakeInstance(id, slot), slots, isGone: false);
            else pipeline.Join(slot);
        }

        // Their records were deleted.
        foreach (var (id, slots) in begun) Take(pipeline, pipeline.MakeInstance(id, -1), slots, isGone: true);
    }

    private void Take(PipelineRun pipeline, Instance instance, int[] slots, bool isGone)
    {
        if (!pipeline.IsSelected) return;
        var steps = pipeline.Plan.Steps;
        var outcomes = new StepOutcome[steps.Count];
        var waits = (int[])pipeline.Waits.Clone();
        var isFinished = true;
        for (var step = 0; step < steps.Count; step++)
        {
            outcomes[step] = slots[step] < 0 ? StepOutcome.NotRun : OutcomeOf(pipeline, slots[step], instance.Record, step);
            if (outcomes[step] is StepOutcome.Succeeded or StepOutcome.Skipped)
            {
                foreach (var next in steps[step].Before) waits[next]--;
            }
            else if (pipeline.Selected[step])
            {
                isFinished = false;
            }
        }

        instance.Resume(slots, outcomes, waits);
        if (isFinished || isGone) pipeline.Finished(instance);
        else pipeline.Resume(instance);
    }

    private StepOutcome OutcomeOf(PipelineRun pipeline, int slot, RecordId? record, int step)
    {
        var outcome = ((StepRecord)Tables.Steps.Newest(slot)!.Value).Outcome;
        switch (outcome)
        {
            case StepOutcome.Succeeded or StepOutcome.Skipped:
                return outcome;
            case StepOutcome.Unknown when !scheduler.Context.Options.RepeatUnknown:
                if (pipeline.Selected[step]) scheduler.Outcomes.AddUnknown(new UnknownStep(pipeline.Plan.Name, pipeline.Plan.Steps[step].Name, record));
                return outcome;
            default:
                return StepOutcome.NotRun;
        }
    }
}
