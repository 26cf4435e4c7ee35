using Drip.Batches;
using Drip.Generated;

namespace Drip.Jobs;

/// <summary>A registered job.</summary>
public abstract class Job
{
    /// <summary>What is known of it at compile time.</summary>
    public abstract BackfillInfo Info { get; }

    /// <summary>The table that its rows are in.</summary>
    public abstract ModelSchema Schema { get; }

    /// <summary>The hooks that it has itself.</summary>
    internal abstract HookSet Hooks { get; }

    /// <summary>Makes the author's object, for its hooks.</summary>
    internal abstract IHookHandler OpenHooks(IServiceProvider services, OptionValues options);

    /// <summary>Divides a run that has just been claimed into its partitions.</summary>
    internal abstract Task PlanAsync(RunExecution execution);

    /// <summary>Works on a run until it is done, fails, or is told to leave.</summary>
    internal abstract Task<RunEnd> ExecuteAsync(RunExecution execution);

    /// <summary>Works on partitions of a run that another worker has, until there are none to take.</summary>
    internal abstract Task<RunEnd> HelpAsync(RunExecution execution);
}

/// <summary>The jobs of a host, by name.</summary>
public sealed class JobRegistry : IJobRegistry
{
    private readonly SortedDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ProducerInfo> _producers = new(StringComparer.Ordinal);
    private string? _hookHandlerName;

    /// <summary>All jobs, sorted by name.</summary>
    public IReadOnlyCollection<Job> All => _jobs.Values;

    /// <summary>All producers, sorted by name.</summary>
    public IReadOnlyCollection<ProducerInfo> Producers => _producers.Values;

    /// <summary>The hooks for all jobs; null if there are none.</summary>
    public IHookHandler? HookHandler { get; private set; }

    /// <inheritdoc/>
    public void AddBackfill<TJob, TRow>() where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow>
    {
        var job = new BackfillJob<TJob, TRow>();
        if (_jobs.TryAdd(job.Info.Name, job)) return;
        throw new DripException(DripErrorKind.Usage, "duplicate-job",
            $"Two jobs are named {job.Info.Name}: {_jobs[job.Info.Name].Info.Class} and {job.Info.Class}.",
            "Give one of them another name: [Backfill(Name = \"…\")].");
    }

    /// <inheritdoc/>
    public void AddHookHandler(IHookHandler handler, string name)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (HookHandler is not null)
            throw new DripException(DripErrorKind.Usage, "duplicate-hook-handler",
                $"Two classes handle the hooks of all jobs: {_hookHandlerName} and {name}.",
                "Keep one class with [HookHandler], and let it call the other.");
        (HookHandler, _hookHandlerName) = (handler, name);
    }

    /// <inheritdoc/>
    public void AddProducer(ProducerInfo producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        var plan = producer.Plan;
        if (_producers.TryAdd(plan.Name, producer)) return;
        throw new DripException(DripErrorKind.Usage, "duplicate-producer",
            $"Two producers are named {plan.Name}: {_producers[plan.Name].Plan.Class} and {plan.Class}.",
            "Give one of them another name: [Producer(Name = \"…\")].");
    }

    /// <summary>The job with this name.</summary>
    /// <exception cref="DripException">There is none; the message offers the nearest name.</exception>
    public Job Find(string name)
    {
        if (_jobs.TryGetValue(name, out var job)) return job;
        var nearest = NearestName.Find(name, _jobs.Keys);
        throw new DripException(DripErrorKind.Usage, "unknown-job", $"There is no job named '{name}'.",
            nearest is null ? "Use 'list' to see the jobs." : $"Did you mean '{nearest}'? Use 'list' to see all jobs.");
    }

    /// <summary>The producer with this name.</summary>
    /// <exception cref="DripException">There is none; the message offers the nearest name.</exception>
    public ProducerInfo FindProducer(string name)
    {
        if (_producers.TryGetValue(name, out var producer)) return producer;
        var nearest = NearestName.Find(name, _producers.Keys);
        throw new DripException(DripErrorKind.Usage, "unknown-producer", $"There is no producer named '{name}'.",
            nearest is not null ? $"Did you mean '{nearest}'?"
                : _producers.Count > 0 ? $"The producers are: {string.Join(", ", _producers.Keys)}."
                : "This worker has none; put [Producer] on a partial class.");
    }
}
