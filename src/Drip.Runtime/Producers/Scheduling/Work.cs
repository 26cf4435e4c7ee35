using Drip.Generated;
using Drip.Producers.Records;

namespace Drip.Producers.Scheduling;

/// <summary>A call of the author's code: a try of a step, or a question to a gate. It sees the records as they were when it was started.</summary>
internal abstract class Work(Scheduler scheduler, PipelineRun pipeline, Instance? instance) : StepContext
{
    private RecordView? _store;

    public PipelineRun Pipeline => pipeline;

    public Instance? Instance => instance;

    /// <summary>The version that it sees.</summary>
    public long Seen { get; private set; }

    /// <summary>Holds that version.</summary>
    public ViewPin? Pin { get; set; }

    /// <summary>What the author's code threw.</summary>
    public Exception? Error { get; set; }

    /// <summary>Whether the result is known; what comes later counts for nothing.</summary>
    public bool IsOver { get; set; }

    public override RecordStore Store => _store ??= new RecordView(Scheduler.Context.Tables, Seen);

    public override ProducerStream Stream => Scheduler.Context.Stream;

    public override object? Record => instance is { RecordSlot: >= 0 } ? pipeline.Each!.At(instance.RecordSlot, Seen)?.Value : null;

    /// <summary>Whether the record that it is for was deleted. Under the lock.</summary>
    public bool IsRecordGone =>
        instance is { RecordSlot: >= 0 } && pipeline.Each!.Newest(instance.RecordSlot) is not { Kind: not RecordEntryKind.Deleted };

    protected Scheduler Scheduler => scheduler;

    /// <summary>Called when its turn has come. Under the lock.</summary>
    public virtual void Taken()
    {
        Pin = Scheduler.Context.Tables.Pin();
        Seen = Pin.Version;
    }

    /// <summary>Calls the author's code. Without the lock.</summary>
    public abstract ValueTask InvokeAsync();

    /// <summary>Takes the result. Under the lock, once.</summary>
    public abstract void Finished();

    /// <summary>Called instead when its record was deleted before its turn came. Under the lock.</summary>
    public abstract void PassedOver();

    /// <summary>Called instead of all this when the run was stopped before its turn came. Under the lock.</summary>
    public abstract void Dropped();

    /// <summary>An object of the author's pipeline that sees this.</summary>
    protected Pipeline Enter()
    {
        var target = scheduler.Context.Code.Create(pipeline.Index, scheduler.Context.Services);
        target.__dripEnter(this);
        return target;
    }
}
