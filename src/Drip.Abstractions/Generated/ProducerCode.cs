using System.ComponentModel;

namespace Drip.Generated;

/// <summary>The generated part of a producer: its plan, and the calls of the author's methods.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ProducerCode
{
    /// <summary>What the compiler knows of the producer.</summary>
    public abstract ProducerPlan Plan { get; }

    /// <summary>Makes an object of the pipeline with this index.</summary>
    public abstract Pipeline Create(int pipeline, IServiceProvider services);

    /// <summary>Calls a step of an object that <see cref="Create"/> made and that has been given its context.</summary>
    public abstract ValueTask RunAsync(Pipeline target, int pipeline, int step, IServiceProvider services, CancellationToken cancellationToken);

    /// <summary>Asks the gate of an object that <see cref="Create"/> made and that has been given its context.</summary>
    public virtual bool Open(Pipeline target, int pipeline) => true;

    /// <summary>Calls one of the producer's own handlers.</summary>
    public virtual ValueTask HandleAsync(int handler, object? payload) => ValueTask.CompletedTask;

    /// <summary>Calls one of the producer's timers.</summary>
    public virtual ValueTask TickAsync(int timer, ProducerStats stats) => ValueTask.CompletedTask;
}

/// <summary>What a step, or a gate, sees of its run. Implemented by the engine.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StepContext
{
    /// <summary>The records as they were when the step was started.</summary>
    public abstract RecordStore Store { get; }

    /// <summary>What the step changes.</summary>
    /// <exception cref="InvalidOperationException">It is a gate that asks.</exception>
    public abstract RecordChanges Changes { get; }

    /// <summary>The run's events.</summary>
    public abstract ProducerStream Stream { get; }

    /// <summary>The record of a pipeline that runs for each; else null.</summary>
    public abstract object? Record { get; }

    /// <summary>Takes what the step says it is doing.</summary>
    public abstract void Label(string text);
}
