using System.ComponentModel;

namespace Drip.Generated;

/// <summary>
/// One batch as generated code sees it. The engine keeps one instance for a whole run and points it at each batch in turn,
/// so that a batch allocates nothing beyond its rows.
/// </summary>
/// <typeparam name="TRow">The model.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class BatchWork<TRow> where TRow : IModel<TRow>
{
    /// <summary>The host's services.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>The batch, for methods that take it whole.</summary>
    public abstract Batch<TRow> Batch { get; }

    /// <summary>Where the batch stands in its run.</summary>
    public abstract BatchContext Context { get; }

    /// <summary>How many rows the batch has.</summary>
    public abstract int Count { get; }

    /// <summary>The changes to the table of the scope.</summary>
    public abstract Changes<TRow> Changes { get; }

    /// <summary>Makes the row at this place the one being processed, and returns it.</summary>
    public abstract TRow MoveTo(int position);

    /// <summary>The changes to another table of the same database.</summary>
    public abstract Changes<TOther> ChangesOf<TOther>() where TOther : IModel<TOther>;
}

/// <summary>Finds services for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ServiceLookup
{
    /// <summary>The host's service of this type.</summary>
    /// <exception cref="DripException">The host has no such service.</exception>
    public static T Require<T>(IServiceProvider services, string job) where T : notnull =>
        services.GetService(typeof(T)) is T service ? service : throw Missing<T>($"The job {job}");

    /// <summary>The host's service of this type, for a class with <see cref="HookHandlerAttribute"/>.</summary>
    /// <exception cref="DripException">The host has no such service.</exception>
    public static T RequireForHooks<T>(IServiceProvider services, string handler) where T : notnull =>
        services.GetService(typeof(T)) is T service ? service : throw Missing<T>($"The hook handler {handler}");

    /// <summary>The service of this type, for a pipeline of a class with <see cref="ProducerAttribute"/>.</summary>
    /// <exception cref="DripException">There is no such service.</exception>
    public static T RequireForProducer<T>(IServiceProvider services, string producer) where T : notnull =>
        services.GetService(typeof(T)) is T service ? service : throw new DripException(
            DripErrorKind.Usage, "missing-service",
            $"The producer {producer} needs a service of type {typeof(T)}, and was given none.",
            $"Register it before Build(): builder.Services.AddSingleton<{typeof(T).Name}>(…); outside of a worker set {nameof(ProducerOptions)}.{nameof(ProducerOptions.Services)}.");

    private static DripException Missing<T>(string who) => new(
        DripErrorKind.Usage, "missing-service",
        $"{who} needs a service of type {typeof(T)}, and the host has none.",
        $"Register it before Build(): builder.Services.AddSingleton<{typeof(T).Name}>(…).");
}
