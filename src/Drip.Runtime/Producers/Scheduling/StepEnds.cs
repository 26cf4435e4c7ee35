using System.Diagnostics.CodeAnalysis;
using Drip.Generated;
using Drip.Producers.Records;
using Drip.Producers.Versions;

namespace Drip.Producers.Scheduling;

/// <summary>Begins pipelines, and takes what becomes of their steps: writes it down, and lets go what waited for it. Under the lock.</summary>
internal sealed class StepEnds(Scheduler scheduler)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);
    private readonly ChangeResolver _resolver = new(scheduler.Context.Journal.NameOf);

    private RunEnvironment Context => scheduler.Context;

    /// <summary>Lets the first steps of an instance go; its gate has said yes.</summary>
    public void Begin(Instance instance)
    {
        var pipeline = instance.Pipeline;
        instance.IsStarted = true;
        pipeline.Begun++;
        WriteOpened(instance);
        instance.Busy++;
        for (var step = 0; step < instance.Waits.Length; step++)
        {
            if (!pipeline.Selected[step] || instance.Waits[step] > 0 || instance.Outcomes[step] != StepOutcome.NotRun) continue;
            instance.Busy++;
            scheduler.Enqueue(new StepRun(scheduler, instance, step, 1));
        }

        Leave(instance);
    }

    /// <summary>Whether a record with this id has gone through the pipeline before: then it was deleted and made again.</summary>
    public bool HasRun(PipelineRun pipeline, RecordId id)
    {
        var steps = Context.Tables.Steps;
        if (!pipeline.Each!.HasDeletions && !steps.IsIndexed) return false;
        steps.Index();
        return steps.Find(StepNames.IdOf(pipeline.Plan.Name, pipeline.Plan.Steps[0].Name, id)) >= 0;
    }

    /// <summary>A try begins.</summary>
    public void Started(StepRun run)
    {
        Context.Options.Observer?.Started(run.Pipeline.Plan.Name, run.Plan.Name, run.Instance!.Record, run.Attempt);
        if (!run.Plan.IsNonIdempotent) return;
        run.HasIntent = true;
        if (RecordOf(run.Instance!, run.Step).Outcome == StepOutcome.Unknown) return;
        var changes = new RecordChange[1];
        Change(run.Instance!, run.Step, StepOutcome.Unknown, run.Attempt, null, null, changes, 0);
        Write(VersionKind.Intent, run, Context.Journal.Now, changes, null);
    }

    /// <summary>A try has ended.</summary>
    public void Ended(StepRun run)
    {
        if (scheduler.Fatal is not null)
        {
            Leave(run.Instance!);
            return;
        }

        if (run.Error is null && TryResolve(run, out var changes, out var count))
        {
            Conclude(run, StepOutcome.Succeeded, null, changes, count);
            return;
        }

        run.Asked?.Drop();
        if (scheduler.IsCancelled && (run.Error is OperationCanceledException || run.Attempt <= run.Plan.Retries))
        {
            Conclude(run, StepOutcome.Cancelled);
        }
        else if (run.Attempt <= run.Plan.Retries)
        {
            var pause = PauseBefore(run.Attempt, run.Plan.Backoff);
            Context.Options.Observer?.Ended(
                run.Pipeline.Plan.Name, run.Plan.Name, run.Instance!.Record, StepOutcome.Failed, ErrorTexts.Of(run.Error!), pause);
            scheduler.Retries.Add(run, pause);
        }
        else
        {
            Conclude(run, run.Plan.OnFailure == OnFailure.Fail ? StepOutcome.Failed : StepOutcome.Skipped);
        }
    }

    /// <summary>The record of a step was deleted before the step's turn came.</summary>
    public void PassOver(StepRun run) => Conclude(
        run, StepOutcome.Skipped, $"It was skipped because {run.Pipeline.Each!.Plan.Name} {run.Instance!.Record} was deleted.", new RecordChange[1], 0);

    /// <summary>The run was cancelled before a failed step was tried again.</summary>
    public void GiveUpRetry(StepRun run) => Conclude(run, StepOutcome.Cancelled);

    /// <summary>A try of an instance is over and done with.</summary>
    public void Leave(Instance instance)
    {
        if (--instance.Busy == 0) instance.Pipeline.Retire(instance);
        else instance.Pipeline.Settle(instance);
    }

    private static TimeSpan PauseBefore(int attempt, TimeSpan backoff)
    {
        var factor = Math.Pow(2, Math.Min(attempt - 1, 40));
        return backoff * factor < LongestPause ? backoff * factor : LongestPause;
    }

    private bool TryResolve(StepRun run, [NotNullWhen(true)] out RecordChange[]? changes, out int count)
    {
        (changes, count) = (null, 0);
        if (run.Asked is not { } asked)
        {
            changes = new RecordChange[1];
            return true;
        }

        try
        {
            changes = _resolver.Resolve(asked.Pending, 1, StepNames.Of(run.Pipeline.Plan.Name, run.Plan.Name, run.Instance!.Record), out count);
            CheckCreated(run.Pipeline, changes.AsSpan(0, count));
            return true;
        }
        catch (Exception error)
        {
            // Another step was first, or the model's own code threw: it is the step that fails.
            run.Error = error;
            return false;
        }
    }

    private static void CheckCreated(PipelineRun pipeline, ReadOnlySpan<RecordChange> changes)
    {
        if (pipeline.Plan.Each < 0) return;
        var created = 0;
        foreach (ref readonly var change in changes)
        {
            if (change.Kind == RecordChangeKind.Create && change.Model == pipeline.Plan.Each) created++;
        }

        if (pipeline.Plan.MaxCreated > 0 && pipeline.Created + created > pipeline.Plan.MaxCreated)
        {
            throw Mistakes.TooMany(pipeline.Plan.Name, pipeline.Plan.MaxCreated, pipeline.Each!.Plan.Name);
        }

        pipeline.Created += created;
    }

    /// <summary>Ends a step for good that changes no records.</summary>
    private void Conclude(StepRun run, StepOutcome outcome)
    {
        var skipped = run.Plan.OnFailure == OnFailure.SkipCascade && outcome == StepOutcome.Skipped ? StepsAfter(run) : [];
        var changes = new RecordChange[1 + skipped.Count];
        _resolver.Reserve(changes.Length);
        var because = $"It was skipped because {run.Pipeline.Plan.Name}/{run.Plan.Name} was, which it comes after.";
        for (var i = 0; i < skipped.Count; i++)
        {
            Change(run.Instance!, skipped[i], StepOutcome.Skipped, 0, Context.Journal.Now, because, changes, i);
            run.Instance!.Outcomes[skipped[i]] = StepOutcome.Skipped;
        }

        Conclude(run, outcome, ErrorTexts.Of(run.Error!), changes, skipped.Count);
    }

    private void Conclude(StepRun run, StepOutcome outcome, string? error, RecordChange[] changes, int count)
    {
        var instance = run.Instance!;
        var at = Context.Journal.Now;
        var record = Change(instance, run.Step, outcome, run.Attempt, at, error, changes, count);
        instance.Outcomes[run.Step] = outcome;
        Write(VersionKind.Step, run, at, changes, record);
        scheduler.Outcomes.Add(run, outcome, error);
        Context.Options.Observer?.Ended(run.Pipeline.Plan.Name, run.Plan.Name, instance.Record, outcome, error, null);
        if (Context.Options.Durability == Durability.Strict) ReleaseWhenWritten(run, outcome);
        else Release(run, outcome);
    }

    private void ReleaseWhenWritten(StepRun run, StepOutcome outcome)
    {
        var written = Context.Journal.Log!.FlushAsync();
        if (written.IsCompletedSuccessfully)
        {
            Release(run, outcome);
            return;
        }

        scheduler.Unsettled();
        _ = SettleAsync();

        async Task SettleAsync()
        {
            Exception? error = null;
            try
            {
                await written.ConfigureAwait(false);
            }
            catch (Exception thrown)
            {
                error = thrown;
            }

            // Not on the log's writer: whoever holds the lock may be waiting for it.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            if (error is not null) scheduler.Fail(error);
            scheduler.Settled(() => Release(run, outcome));
        }
    }

    private void Release(StepRun run, StepOutcome outcome)
    {
        var instance = run.Instance!;
        if (outcome is not (StepOutcome.Succeeded or StepOutcome.Skipped))
        {
            instance.IsHalted = true;
            (instance.Gate ?? instance.Pipeline.Gate)?.DropHalted();
        }
        else
        {
            foreach (var next in run.Plan.Before)
            {
                if (--instance.Waits[next] > 0 || instance.IsHalted || instance.Outcomes[next] != StepOutcome.NotRun) continue;
                if (!instance.Pipeline.Selected[next]) continue;
                instance.Busy++;
                var ready = new StepRun(scheduler, instance, next, 1);
                if ((instance.Gate ?? instance.Pipeline.Gate) is { } gate) gate.Hold(ready);
                else scheduler.Enqueue(ready);
            }
        }

        Leave(instance);
    }

    private static List<int> StepsAfter(StepRun run)
    {
        var steps = run.Pipeline.Plan.Steps;
        var after = new bool[steps.Count];
        var skipped = new List<int>();
        after[run.Step] = true;
        for (var step = run.Step; step < steps.Count; step++)
        {
            if (!after[step]) continue;
            foreach (var next in steps[step].Before) after[next] = true;
            if (step != run.Step && run.Instance!.Outcomes[step] == StepOutcome.NotRun) skipped.Add(step);
        }

        return skipped;
    }

    private void WriteOpened(Instance instance)
    {
        var plan = instance.Pipeline.Plan;
        var missing = new List<int>();
        if (!instance.IsResumed) instance.Open(Context.Tables.Steps.Slots);
        for (var step = 0; step < plan.Steps.Count; step++)
        {
            if (!instance.IsResumed || instance.SlotOf(step) < 0) missing.Add(step);
        }

        if (missing.Count == 0) return;
        var changes = new RecordChange[missing.Count];
        var slots = new int[missing.Count];
        var record = StepNames.Text(instance.Record);
        for (var i = 0; i < changes.Length; i++)
        {
            var step = plan.Steps[missing[i]].Name;
            var id = StepNames.IdOf(plan.Name, step, instance.Record);
            changes[i] = new RecordChange(
                Context.Tables.Steps.Model, RecordChangeKind.Create, id, default, null,
                new StepRecord(id, plan.Name, step, record, StepOutcome.NotRun, 0, null, null));
        }

        Context.Journal.Write(VersionKind.Opened, plan.Name, "", instance.Record, 0, Context.Journal.Now, changes, slots, null);
        if (!instance.IsResumed) return;
        for (var i = 0; i < missing.Count; i++) instance.SetSlot(missing[i], slots[i]);
    }

    private StepRecord RecordOf(Instance instance, int step) => (StepRecord)Context.Tables.Steps.Newest(instance.SlotOf(step))!.Value;

    private StepRecord Change(
        Instance instance, int step, StepOutcome outcome, int attempts, DateTimeOffset? at, string? error, RecordChange[] changes, int place)
    {
        var table = Context.Tables.Steps;
        var before = RecordOf(instance, step);
        var after = new StepRecord(before.Id, before.Pipeline, before.Step, before.Record, outcome, attempts, at, error);
        changes[place] = new RecordChange(table.Model, RecordChangeKind.Update, after.Id, table.Diff(before, after), before, after);
        _resolver.Slots[place] = instance.SlotOf(step);
        return after;
    }

    private void Write(VersionKind kind, StepRun run, DateTimeOffset at, RecordChange[] changes, StepRecord? by)
    {
        Context.Journal.Write(
            kind, run.Pipeline.Plan.Name, run.Plan.Name, run.Instance!.Record, run.Attempt, at, changes, _resolver.Slots, by);
        scheduler.Changed(changes, _resolver.Slots);
    }
}
