using Drip.Generated;
using Drip.Producers.Versions;

namespace Drip.Runtime.Tests.Producers.Harness;

/// <summary>Builds a producer out of lambdas.</summary>
internal sealed class Plans
{
    private readonly List<PipelinePlan> _pipelines = [];
    private readonly List<List<Func<Call, ValueTask>>> _steps = [];
    private readonly List<Func<Call, bool>?> _gates = [];
    private readonly List<(Type Type, Action<object?> Handler)> _handlers = [];
    private readonly List<(TimeSpan Interval, Action<ProducerStats> Tick)> _timers = [];

    public string Name { get; init; } = "under-test";

    public ModelPlan[] Models { get; init; } = [Item.Plan, Tag.Plan];

    /// <summary>A pipeline that runs once.</summary>
    public Plans Pipeline(string name, Action<Steps> steps, Func<Call, bool>? open = null, int[]? reads = null, string[]? former = null) =>
        Add(steps, open, made => new PipelinePlan(name, made) { HasGate = open is not null, GateReads = reads, FormerNames = former ?? [] });

    /// <summary>A pipeline that runs for each item.</summary>
    public Plans Each(
        string name, Action<Steps> steps, int concurrency = 0, Func<Call, bool>? open = null, int[]? reads = null, bool readsRecord = false, int maxCreated = 0) =>
        Add(steps, open, made => new PipelinePlan(name, made)
        {
            Each = 0, Concurrency = concurrency, MaxCreated = maxCreated, HasGate = open is not null, GateReads = reads, GateReadsRecord = readsRecord,
        });

    public Plans On<T>(Action<T> handler)
    {
        _handlers.Add((typeof(T), payload => handler((T)payload!)));
        return this;
    }

    public Plans Every(TimeSpan interval, Action<ProducerStats> tick)
    {
        _timers.Add((interval, tick));
        return this;
    }

    public Code Code() => new(
        new ProducerPlan(Name, "Tests." + Name, Models, [.. _pipelines])
        {
            Handlers = [.. _handlers.Select(handler => handler.Type)], Timers = [.. _timers.Select(timer => timer.Interval)],
        },
        _steps, _gates, [.. _handlers.Select(handler => handler.Handler)], [.. _timers.Select(timer => timer.Tick)]);

    /// <summary>A producer that keeps its versions in memory, or in the storage that is given.</summary>
    public ProducerUnderTest Make(ProducerOptions? options = null, VersionStorage? storage = null) =>
        new(Code(), (options ?? new ProducerOptions()) with { InMemory = storage is null }, storage);

    public ProducerUnderTest From(ProducerVersion version, ProducerOptions? options = null) => new(Code(), version, (options ?? new ProducerOptions()) with { InMemory = true });

    public ProducerUnderTest From(string file, ProducerOptions? options = null) => new(Code(), file, (options ?? new ProducerOptions()) with { InMemory = true });

    private Plans Add(Action<Steps> steps, Func<Call, bool>? open, Func<StepPlan[], PipelinePlan> make)
    {
        var builder = new Steps();
        steps(builder);
        _pipelines.Add(make(builder.Make()));
        _steps.Add(builder.Bodies);
        _gates.Add(open);
        return this;
    }
}

/// <summary>Builds the steps of a pipeline. Without <c>after</c> a step comes after the one before it.</summary>
internal sealed class Steps
{
    private readonly List<(string Name, string[] After, Func<StepPlan, StepPlan> More)> _steps = [];

    public List<Func<Call, ValueTask>> Bodies { get; } = [];

    public Steps Step(string name, Action<Call>? body = null, string[]? after = null, Make? with = null) => StepAsync(
        name,
        call =>
        {
            body?.Invoke(call);
            return Task.CompletedTask;
        },
        after, with);

    public Steps StepAsync(string name, Func<Call, Task> body, string[]? after = null, Make? with = null)
    {
        after ??= _steps.Count == 0 ? [] : [_steps[^1].Name];
        _steps.Add((name, after, plan => with is null ? plan : new StepPlan(plan.Name, plan.After, plan.Before)
        {
            Retries = with.Retries, Backoff = with.Backoff, Timeout = with.Timeout, OnFailure = with.OnFailure,
            IsNonIdempotent = with.IsNonIdempotent, FormerNames = with.FormerNames,
        }));
        Bodies.Add(call => new ValueTask(body(call)));
        return this;
    }

    public StepPlan[] Make()
    {
        var names = _steps.Select(step => step.Name).ToList();
        var after = _steps.Select(step => step.After.Select(name => names.IndexOf(name)).ToArray()).ToList();
        return [.. _steps.Select((step, index) => step.More(new StepPlan(
            step.Name, after[index], [.. Enumerable.Range(0, names.Count).Where(later => after[later].Contains(index))])))];
    }
}

/// <summary>What a step is marked with.</summary>
internal sealed record Make(
    int Retries = 0, OnFailure OnFailure = OnFailure.Fail, bool IsNonIdempotent = false)
{
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Timeout { get; init; }

    public string[] FormerNames { get; init; } = [];
}
