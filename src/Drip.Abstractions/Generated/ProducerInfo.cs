using System.ComponentModel;

namespace Drip.Generated;

/// <summary>A producer that a worker has: its plan, and how an object of it is made.</summary>
/// <param name="plan">What the compiler knows of the producer.</param>
/// <param name="create">
/// Makes the producer with services for its constructor and with options. What it begins with comes last: null for a new run, a
/// version for a branch of it, or the path of a file to which a state was saved. Returned is the producer.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProducerInfo(ProducerPlan plan, Func<IServiceProvider, ProducerOptions, object?, object> create)
{
    /// <summary>What the compiler knows of the producer.</summary>
    public ProducerPlan Plan { get; } = plan;

    /// <summary>Makes the producer.</summary>
    /// <param name="services">The services that its constructor asks for.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="origin">Null for a new run, a version for a branch of it, or a file's path.</param>
    /// <exception cref="DripException">There is no such service, or the producer has no constructor for this origin.</exception>
    public object Create(IServiceProvider services, ProducerOptions options, object? origin) => create(services, options, origin);

    /// <summary>Says that the author's constructors leave no way to begin so. Called by generated code.</summary>
    /// <param name="name">The producer's name.</param>
    /// <param name="origin">What it was to begin with.</param>
    public static DripException CannotBeginWith(string name, object? origin) => new(
        DripErrorKind.Usage, "producer-without-origin",
        $"The producer {name} cannot begin with {(origin is string file ? $"the file {file}" : "a version")}: it has no constructor for that.",
        origin is string
            ? "Add one that takes a string and ProducerOptions? and hands both to its base class."
            : "Add one that takes a ProducerVersion and ProducerOptions? and hands both to its base class.");
}
