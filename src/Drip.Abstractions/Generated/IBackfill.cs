using System.ComponentModel;

namespace Drip.Generated;

/// <summary>What the generator makes of a class with <see cref="BackfillAttribute"/>. Called by the engine, not by people.</summary>
/// <typeparam name="TSelf">The author's class.</typeparam>
/// <typeparam name="TRow">The model of its scope.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBackfill<TSelf, TRow>
    where TSelf : class, IBackfill<TSelf, TRow>
    where TRow : IModel<TRow>
{
    /// <summary>What is known of the job at compile time.</summary>
    static abstract BackfillInfo Info { get; }

    /// <summary>Makes an instance with its constructor's services and its options.</summary>
    static abstract TSelf Create(IServiceProvider services, OptionValues options);

    /// <summary>The author's scope.</summary>
    Scope<TRow> GetScope();

    /// <summary>Hands one batch to the author's method and returns how many rows were handled.</summary>
    ValueTask<int> ProcessAsync(BatchWork<TRow> work, CancellationToken cancellationToken);

    /// <summary>The hooks that the author's class has.</summary>
    static virtual HookSet Hooks => HookSet.None;

    /// <inheritdoc cref="IHookHandler.RunHookAsync"/>
    ValueTask RunHookAsync(
        HookPoint point, RunContext run, HookNext? next, IServiceProvider services, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"{typeof(TSelf)} has no hook {point}.");

    /// <inheritdoc cref="IHookHandler.BatchHookAsync"/>
    ValueTask BatchHookAsync(
        HookPoint point, BatchContext batch, HookNext? next, IServiceProvider services, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"{typeof(TSelf)} has no hook {point}.");
}

/// <summary>Takes the jobs of an assembly; what the generated <c>AddJobs()</c> fills.</summary>
public interface IJobRegistry
{
    /// <summary>Adds a backfill.</summary>
    void AddBackfill<TJob, TRow>()
        where TJob : class, IBackfill<TJob, TRow>
        where TRow : IModel<TRow>;

    /// <summary>Adds the hooks for all jobs.</summary>
    /// <param name="handler">The generated handler.</param>
    /// <param name="name">The full name of the author's class.</param>
    void AddHookHandler(IHookHandler handler, string name);

    /// <summary>Adds a producer.</summary>
    void AddProducer(ProducerInfo producer);
}

/// <summary>Names the class that registers the jobs of this assembly, so that the assembly of the host finds it. Generated.</summary>
/// <param name="manifest">A static class with <c>public static void Register(IJobRegistry registry)</c>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DripManifestAttribute(Type manifest) : Attribute
{
    /// <summary>The class that registers the jobs.</summary>
    public Type Manifest { get; } = manifest;
}
