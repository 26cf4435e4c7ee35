using Drip.Generated;
using Drip.Producers.Versions;
using Drip.Sqlite;

namespace Drip.Benchmarks.Pipelines;

/// <summary>The graph as a producer, with the same code as the generator would write.</summary>
internal sealed class GraphProducer : Producer
{
    private readonly GraphCode _code;

    public GraphProducer(StepGraph graph, ProducerPlan plan, ProducerOptions options) : base(options) => _code = new GraphCode(graph, plan);

    protected override ProducerCode __dripCode => _code;

    protected override VersionStorage? __dripStorage => SqliteVersions.Storage;

    private sealed class GraphCode(StepGraph graph, ProducerPlan plan) : ProducerCode
    {
        public override ProducerPlan Plan => plan;

        public override Pipeline Create(int pipeline, IServiceProvider services) => new Layers();

        public override ValueTask RunAsync(Pipeline target, int pipeline, int step, IServiceProvider services, CancellationToken cancellationToken)
        {
            graph.Run(step);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Layers : Pipeline;
}
