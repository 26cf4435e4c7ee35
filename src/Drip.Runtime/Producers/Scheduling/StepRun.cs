using Drip.Generated;
using Drip.Producers.Records;
using Drip.Producers.Versions;

namespace Drip.Producers.Scheduling;

/// <summary>One try of a step.</summary>
internal sealed class StepRun(Scheduler scheduler, Instance instance, int step, int attempt) : Work(scheduler, instance.Pipeline, instance)
{
    private ChangeSet? _changes;
    private StepTimeout? _timeout;

    public int Step => step;

    public int Attempt => attempt;

    public StepPlan Plan => Pipeline.Plan.Steps[step];

    /// <summary>What the step asked for; null where it asked for nothing.</summary>
    public ChangeSet? Asked => _changes;

    /// <summary>Whether its intent must be on the disk before it starts.</summary>
    public bool HasIntent { get; set; }

    public override RecordChanges Changes => _changes ??= new ChangeSet(Scheduler.Context.Tables, Seen);

    public override void Label(string text)
    {
        if (Scheduler.Context.Options.Observer is not { } observer) return;
        lock (Scheduler.Context.Tables.Sync)
        {
            if (!IsOver) observer.Labelled(Pipeline.Plan.Name, Plan.Name, Instance!.Record, text);
        }
    }

    public override void Taken()
    {
        base.Taken();
        Scheduler.Steps.Started(this);
    }

    public override ValueTask InvokeAsync() => HasIntent ? InvokeAfterIntentAsync() : CallAsync();

    /// <summary>The record of a step that has succeeded without changing anything; null where that is not so, or not known.</summary>
    public RecordChange[]? Prepared { get; private set; }

    public override void Prepare()
    {
        // The record of a step is written by its own tries only, and this is the one that runs.
        if (Error is null && _changes is null && !IsOver) Prepared = [Scheduler.Steps.Succeeded(this)];
    }

    public override void Finished()
    {
        _timeout?.Dispose();
        Scheduler.Steps.Ended(this);
    }

    public override void PassedOver() => Scheduler.Steps.PassOver(this);

    public override void Dropped() => Scheduler.Steps.Leave(Instance!);

    private ValueTask CallAsync()
    {
        var token = Scheduler.Token;
        if (Plan.Timeout > TimeSpan.Zero)
        {
            _timeout = new StepTimeout(Scheduler, this);
            token = _timeout.Token;
        }

        return Scheduler.Context.Code.RunAsync(Enter(), Pipeline.Index, step, Scheduler.Context.Services, token);
    }

    private async ValueTask InvokeAfterIntentAsync()
    {
        try
        {
            var written = Scheduler.Context.Journal.Log!.FlushAsync();
            if (Scheduler.IsSynchronous)
            {
                if (!written.IsCompletedSuccessfully) written.AsTask().GetAwaiter().GetResult();
            }
            else
            {
                await written.ConfigureAwait(false);
                // What completes may be the log's writer, which has other things to do than to run a step.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }
        catch (Exception error)
        {
            throw new LogFailedException(error);
        }

        await CallAsync().ConfigureAwait(false);
    }
}
