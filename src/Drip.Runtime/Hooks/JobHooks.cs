using Drip.Generated;

namespace Drip.Hooks;

/// <summary>The hooks of one job: for each point the job's own, else the host's for all jobs.</summary>
/// <param name="own">Which the job has itself.</param>
/// <param name="open">Makes the author's object, when the first of them is called.</param>
/// <param name="shared">The hooks for all jobs.</param>
/// <param name="services">The host's services.</param>
internal sealed class JobHooks(HookSet own, Func<IHookHandler> open, IHookHandler? shared, IServiceProvider services)
{
    private const ulong OfRuns = (1UL << 21) - 1;
    private const ulong AfterHooks = 0b100_100_100_100_100_100_100_100_100_100_100_100_100_100;

    private readonly HookSet _own = own;
    private IHookHandler? _opened;

    /// <summary>All points that have a hook.</summary>
    public HookSet Set { get; } = SetOf(own, shared);

    /// <summary>The after-hooks of runs.</summary>
    public HookSet AfterRun => new(Set.Value & AfterHooks & OfRuns);

    public static HookSet SetOf(HookSet own, IHookHandler? shared) => shared is null ? own : own | shared.Hooks;

    /// <summary>Whether the set has hooks of runs.</summary>
    public static bool HasOfRuns(HookSet set) => (set.Value & OfRuns) != 0;

    /// <summary>Whether the set has hooks of batches.</summary>
    public static bool HasOfBatches(HookSet set) => (set.Value & ~OfRuns) != 0;

    /// <summary>Whether the set has after-hooks of batches.</summary>
    public static bool HasAfterBatch(HookSet set) => (set.Value & ~OfRuns & AfterHooks) != 0;

    /// <summary>Whether the set has after-hooks at all.</summary>
    public static bool HasAfter(HookSet set) => (set.Value & AfterHooks) != 0;

    /// <summary>Whether there is a hook, of whichever moment, where this status is entered.</summary>
    public bool Has(HookTarget target, HookStatus status) => (Set.Value >> HookPoint.Of(target, status, HookMoment.Before).Value & 0b111) != 0;

    public ValueTask CallAsync(HookPoint point, RunContext run, HookNext? next, CancellationToken cancellationToken) =>
        Of(point).RunHookAsync(point, run, next, services, cancellationToken);

    public ValueTask CallAsync(HookPoint point, BatchContext batch, HookNext? next, CancellationToken cancellationToken) =>
        Of(point).BatchHookAsync(point, batch, next, services, cancellationToken);

    /// <summary>Calls the after-hook of an entry.</summary>
    public ValueTask CallAsync(OutboxEntry entry, CancellationToken cancellationToken) => entry.Point.Target == HookTarget.Run
        ? CallAsync(entry.Point, HookContexts.ReadRun(entry), null, cancellationToken)
        : CallAsync(entry.Point, HookContexts.ReadBatch(entry), null, cancellationToken);

    private IHookHandler Of(HookPoint point) => _own.Contains(point) ? _opened ??= open() : shared!;
}

/// <summary>The hooks that a job has itself.</summary>
internal sealed class OwnHooks<TJob, TRow>(TJob job) : IHookHandler
    where TJob : class, IBackfill<TJob, TRow>
    where TRow : IModel<TRow>
{
    // Found once: in code that jobs share, finding the author's method is most of what a call of it costs.
    private readonly Func<HookPoint, BatchContext, HookNext?, IServiceProvider, CancellationToken, ValueTask> _batch = job.BatchHookAsync;

    public HookSet Hooks => TJob.Hooks;

    public ValueTask RunHookAsync(HookPoint point, RunContext run, HookNext? next, IServiceProvider services, CancellationToken cancellationToken) =>
        job.RunHookAsync(point, run, next, services, cancellationToken);

    public ValueTask BatchHookAsync(HookPoint point, BatchContext batch, HookNext? next, IServiceProvider services, CancellationToken cancellationToken) =>
        _batch(point, batch, next, services, cancellationToken);
}
