using System.ComponentModel;

namespace Drip.Generated;

/// <summary>A producer as the compiler knows it: constants, made once.</summary>
/// <param name="name">The name on the command line.</param>
/// <param name="class">The full name of the author's class.</param>
/// <param name="models">The models, in the order of their declaration.</param>
/// <param name="pipelines">The pipelines, in the order of their declaration.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProducerPlan(string name, string @class, ModelPlan[] models, PipelinePlan[] pipelines)
{
    /// <summary>The name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>The full name of the author's class.</summary>
    public string Class { get; } = @class;

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>The models, in the order of their declaration.</summary>
    public IReadOnlyList<ModelPlan> Models { get; } = models;

    /// <summary>The pipelines, in the order of their declaration.</summary>
    public IReadOnlyList<PipelinePlan> Pipelines { get; } = pipelines;

    /// <summary>The types of the events that the producer's own handlers take, by the handler's index.</summary>
    public Type[] Handlers { get; init; } = [];

    /// <summary>How often each timer calls, by the timer's index.</summary>
    public TimeSpan[] Timers { get; init; } = [];
}

/// <summary>A model of a producer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ModelPlan
{
    private protected ModelPlan(string name, ModelSchema schema) => (Name, Schema) = (name, schema);

    /// <summary>The C# name, which is also its name in versions and files.</summary>
    public string Name { get; }

    /// <summary>Its columns.</summary>
    public ModelSchema Schema { get; }

    /// <summary>The C# type.</summary>
    public abstract Type Type { get; }

    /// <summary>By ordinal, what happens when two steps update the column at the same time; empty where every column rejects.</summary>
    public Conflict[] Conflicts { get; init; } = [];

    /// <summary>Former names.</summary>
    public string[] FormerNames { get; init; } = [];

    /// <summary>Calls back with the model's type.</summary>
    public abstract TResult Accept<TResult>(IModelVisitor<TResult> visitor);
}

/// <summary>A model of a producer, with its type.</summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="name">Its name in versions and files.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelPlan<T>(string name) : ModelPlan(name, T.Schema) where T : class, IRecord<T>
{
    /// <inheritdoc/>
    public override Type Type => typeof(T);

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IModelVisitor<TResult> visitor) => visitor.Visit<T>(this);
}

/// <summary>Takes a model's type.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IModelVisitor<out TResult>
{
    /// <summary>Called with the model's type.</summary>
    TResult Visit<T>(ModelPlan<T> model) where T : class, IRecord<T>;
}

/// <summary>A pipeline of a producer.</summary>
/// <param name="name">Its name.</param>
/// <param name="steps">Its steps; each comes after those that it waits for.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PipelinePlan(string name, StepPlan[] steps)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its steps, in an order in which one could run them one by one.</summary>
    public IReadOnlyList<StepPlan> Steps { get; } = steps;

    /// <summary>The index of the model that it runs for each record of; -1 for one that runs once.</summary>
    public int Each { get; init; } = -1;

    /// <summary>For how many records at a time; 0 is no limit.</summary>
    public int Concurrency { get; init; }

    /// <summary>The most records of its own type that it may create; 0 is no limit.</summary>
    public int MaxCreated { get; init; }

    /// <summary>Whether it has a gate.</summary>
    public bool HasGate { get; init; }

    /// <summary>The indexes of the models that the gate reads; null where that cannot be told, which means all of them.</summary>
    public int[]? GateReads { get; init; }

    /// <summary>Whether the gate reads the record that the pipeline runs for, so that its answer differs from record to record.</summary>
    public bool GateReadsRecord { get; init; }

    /// <summary>Former names.</summary>
    public string[] FormerNames { get; init; } = [];
}

/// <summary>A step of a pipeline.</summary>
/// <param name="name">Its name.</param>
/// <param name="after">The indexes of the steps that it waits for; all smaller than its own.</param>
/// <param name="before">The indexes of the steps that wait for it; all larger than its own.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StepPlan(string name, int[] after, int[] before)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The indexes of the steps that it waits for.</summary>
    public int[] After { get; } = after;

    /// <summary>The indexes of the steps that wait for it.</summary>
    public int[] Before { get; } = before;

    /// <summary>How often it is tried again.</summary>
    public int Retries { get; init; }

    /// <summary>The pause before the first retry.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long a try has failed; zero for never.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>What becomes of the pipeline when it has failed for good.</summary>
    public OnFailure OnFailure { get; init; }

    /// <summary>Whether it must not run twice.</summary>
    public bool IsNonIdempotent { get; init; }

    /// <summary>Former names.</summary>
    public string[] FormerNames { get; init; } = [];
}
