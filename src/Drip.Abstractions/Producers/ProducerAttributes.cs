namespace Drip;

/// <summary>
/// Makes a partial class a producer: nested <c>[Model]</c> records, nested classes with <see cref="PipelineAttribute"/>, and
/// methods with <see cref="OnAttribute"/> and <see cref="EveryAttribute"/>. The generator gives it the base class <c>Producer</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProducerAttribute : Attribute
{
    /// <summary>The name on the command line; by default the class's name in kebab-case.</summary>
    public string? Name { get; set; }

    /// <summary>What it is for, in one sentence.</summary>
    public string? Description { get; set; }
}

/// <summary>
/// Makes a partial class inside a producer one of its pipelines. Pipelines run beside each other. Every step has an object
/// of the class to itself, so fields do not carry anything from one step to the next: records do.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PipelineAttribute : Attribute
{
    /// <summary>The name; by default the class's name.</summary>
    public string? Name { get; set; }

    /// <summary>A model of the producer: the pipeline runs once for each of its records, those created meanwhile included.</summary>
    public Type? Each { get; set; }

    /// <summary>For how many records the pipeline runs at a time; 0, the default, is no limit. The others wait in the order of their ids.</summary>
    public int Concurrency { get; set; }

    /// <summary>
    /// The most records of its own type that a pipeline with <see cref="Each"/> may create in a run; 0 is no limit. A pipeline that creates
    /// what it runs for needs one, so that it comes to an end.
    /// </summary>
    public int MaxCreated { get; set; }
}

/// <summary>Makes a method a step of its pipeline. Its parameters are services of the host and a <see cref="CancellationToken"/>.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class StepAttribute : Attribute
{
    /// <summary>The name; by default the method's name.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// The steps that must have succeeded before, by <c>nameof</c>; none at all for an empty list. Where it is not given, the step
    /// comes after the one that is written above it and all steps that <see cref="With"/> puts beside that one: after
    /// <c>A</c>, <c>[Step(With = nameof(A))] B</c> comes what waits for both.
    /// </summary>
    public string[]? After { get; set; }

    /// <summary>A step, written above, beside which this one runs: it comes after the same steps as that one. Not together with <see cref="After"/>.</summary>
    public string? With { get; set; }

    /// <summary>How often the step is tried again after it failed.</summary>
    public int Retries { get; set; }

    /// <summary>The pause before the first retry, twice as long before each further one; for example <c>"500ms"</c>. Default: <c>1s</c>.</summary>
    public string? Backoff { get; set; }

    /// <summary>After how long a try has failed, for example <c>"30s"</c>; default: never.</summary>
    public string? Timeout { get; set; }

    /// <summary>What becomes of the pipeline when the step has failed for good.</summary>
    public OnFailure OnFailure { get; set; }
}

/// <summary>What becomes of a pipeline when a step of it has failed for good.</summary>
public enum OnFailure
{
    /// <summary>It halts: no further step of it starts.</summary>
    Fail,
    /// <summary>The step counts as skipped, and those after it run.</summary>
    Skip,
    /// <summary>The step and all that come after it, directly or not, count as skipped.</summary>
    SkipCascade,
}

/// <summary>
/// Says that running the step a second time would do harm. An intent is on disk before it starts; if the process dies before
/// the step has ended, its outcome is shown as unknown, and it is not repeated without being asked.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class NonIdempotentAttribute : Attribute;

/// <summary>The name that a step, a pipeline or a model had before, so that versions which were written under it can be gone on with.</summary>
/// <param name="before">The former name.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false, AllowMultiple = true)]
public sealed class RenamedAttribute(string before) : Attribute
{
    /// <summary>The former name.</summary>
    public string Before { get; } = before;
}

/// <summary>
/// The name of a part that is gone for good, so that the plan lock does not miss it: of a step on its pipeline, of a pipeline or a model
/// on its producer, of a field on its model. A version that holds it is refused when a run is to begin from it.
/// </summary>
/// <param name="name">The name that it had; of a field that of its column.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class RetiredAttribute(string name) : Attribute
{
    /// <summary>The name that it had.</summary>
    public string Name { get; } = name;
}

/// <summary>What happens when two steps that ran at the same time update one field of one record. On a member of a producer's model.</summary>
/// <param name="policy">How the two values become one.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
public sealed class OnConflictAttribute(Conflict policy) : Attribute
{
    /// <summary>How the two values become one.</summary>
    public Conflict Policy { get; } = policy;
}

/// <summary>How two values that steps running at the same time gave to one field become one.</summary>
public enum Conflict
{
    /// <summary>The step that ends later fails, with both steps and both values named; it may be tried again.</summary>
    Reject,
    /// <summary>The value of the step that ends later stays.</summary>
    LastWriter,
    /// <summary>The larger value stays.</summary>
    Max,
    /// <summary>The smaller value stays.</summary>
    Min,
    /// <summary>What each step added to the value is added up.</summary>
    Sum,
}

/// <summary>
/// Makes a method of a producer a handler of its stream: of the events of its parameter's type, or of <see cref="Event"/> where it has none.
/// Handlers are called one at a time, in the order of the events.
/// </summary>
/// <param name="event">The events' type, for a method without a parameter.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnAttribute(Type? @event = null) : Attribute
{
    /// <summary>The events' type, for a method without a parameter.</summary>
    public Type? Event { get; } = @event;
}

/// <summary>Calls a method of a producer again and again while it runs; the method may take a <see cref="ProducerStats"/>.</summary>
/// <param name="interval">For example <c>"5s"</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EveryAttribute(string interval) : Attribute
{
    /// <summary>The time from one call to the next.</summary>
    public string Interval { get; } = interval;
}
