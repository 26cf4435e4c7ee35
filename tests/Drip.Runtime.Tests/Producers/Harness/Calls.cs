using Drip.Generated;

namespace Drip.Runtime.Tests.Producers.Harness;

/// <summary>The author's pipeline of a test: its members are open to the test's lambdas.</summary>
internal sealed class Call : Pipeline<Item>
{
    public CancellationToken Token { get; set; }

    public new RecordStore Store => base.Store;

    public new RecordChanges Changes => base.Changes;

    public new ProducerStream Stream => base.Stream;

    public new Item Record => base.Record;

    public new void Label(string text) => base.Label(text);

    public static new void Assert(bool condition, string because) => Pipeline.Assert(condition, because);
}

/// <summary>What the generator writes for a producer, over the lambdas of a test.</summary>
internal sealed class Code(
    ProducerPlan plan, List<List<Func<Call, ValueTask>>> steps, List<Func<Call, bool>?> gates,
    List<Action<object?>> handlers, List<Action<ProducerStats>> timers) : ProducerCode
{
    public override ProducerPlan Plan => plan;

    public override Pipeline Create(int pipeline, IServiceProvider services) => new Call();

    public override ValueTask RunAsync(Pipeline target, int pipeline, int step, IServiceProvider services, CancellationToken cancellationToken)
    {
        var call = (Call)target;
        call.Token = cancellationToken;
        return steps[pipeline][step](call);
    }

    public override bool Open(Pipeline target, int pipeline) => gates[pipeline]!((Call)target);

    public override ValueTask HandleAsync(int handler, object? payload)
    {
        handlers[handler](payload);
        return ValueTask.CompletedTask;
    }

    public override ValueTask TickAsync(int timer, ProducerStats stats)
    {
        timers[timer](stats);
        return ValueTask.CompletedTask;
    }
}
