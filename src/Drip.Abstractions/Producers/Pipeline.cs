using System.ComponentModel;
using Drip.Generated;

namespace Drip;

/// <summary>
/// The base class that the generator gives to a class with <see cref="PipelineAttribute"/>: what a step sees of its run. Each step, and each
/// question to the gate <c>Open()</c>, has an object of its own.
/// </summary>
public abstract class Pipeline
{
    private StepContext? _context;

    /// <summary>The records as they were when the step was started.</summary>
    protected RecordStore Store => Context.Store;

    /// <summary>What the step changes; applied together when it has ended without an error. A gate has none.</summary>
    protected RecordChanges Changes => Context.Changes;

    /// <summary>Events for those who watch the run.</summary>
    protected ProducerStream Stream => Context.Stream;

    private protected StepContext Context => _context ?? throw new InvalidOperationException(
        "This pipeline was not made by its producer. Start the producer with RunAsync; it makes the pipeline's objects itself.");

    /// <summary>Says what the step is doing now; shown in progress.</summary>
    protected void Label(string text) => Context.Label(text);

    /// <summary>Lets the step fail if the condition does not hold.</summary>
    /// <exception cref="AssertionFailedException">The condition is false.</exception>
    protected static void Assert(bool condition, string because)
    {
        if (!condition) throw new AssertionFailedException(because);
    }

    /// <summary>Gives the object its run. Called by the engine, once.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void __dripEnter(StepContext context) => _context = context;
}

/// <summary>The same for a pipeline that runs once for each record of a model.</summary>
/// <typeparam name="TRecord">The model that <see cref="PipelineAttribute.Each"/> names.</typeparam>
public abstract class Pipeline<TRecord> : Pipeline where TRecord : class, IRecord<TRecord>
{
    /// <summary>The record, as it was when the step was started.</summary>
    protected TRecord Record => (TRecord)Context.Record!;
}

/// <summary>A condition that a step asserted did not hold.</summary>
/// <param name="because">What should have been.</param>
public sealed class AssertionFailedException(string because) : Exception($"The assertion failed: {because}");
