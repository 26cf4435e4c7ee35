using System.Diagnostics;
using Drip.Benchmarks.Measuring;

namespace Drip.Benchmarks.Pipelines;

/// <summary>What a step costs in memory, versions and their history included: a graph of steps that do next to nothing.</summary>
internal sealed class StepComparison : IComparison
{
    private const string Tasks = "Task.WhenAll by hand";
    private const string Dataflow = "TPL Dataflow, the same graph";

    public string Name => "pipeline steps";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var graph = new StepGraph(scale.StepLayers);
        var plan = graph.Plan();
        List<double> each = [], overTasks = [], overDataflow = [];
        for (var round = -scale.WarmUps; round < scale.Rounds; round++)
        {
            var times = new double[3];
            for (var i = 0; i < times.Length; i++)
            {
                var turn = (i + round + scale.WarmUps) % times.Length;
                times[turn] = turn switch
                {
                    0 => await TimeAsync(graph, "Drip", DripAsync),
                    1 => await TimeAsync(graph, Tasks, () => PeerGraphs.RunTasksAsync(graph)),
                    _ => await TimeAsync(graph, Dataflow, () => PeerGraphs.RunDataflowAsync(graph)),
                };
            }

            if (round < 0) continue;
            each.Add((times[0] - times[1]) / graph.Count * 1e6);
            overTasks.Add(times[1] / times[0]);
            overDataflow.Add(times[2] / times[0]);
        }

        return
        [
            Measure.OfRounds("pipeline step, in memory (more)", Tasks, [.. each], 2, atMost: true) with { Unit = "µs" },
            Measure.OfRounds("pipeline step, in memory", Tasks, [.. overTasks], null),
            Measure.OfRounds("pipeline step, in memory", Dataflow, [.. overDataflow], 3),
        ];

        async Task DripAsync()
        {
            var producer = new GraphProducer(graph, plan, new ProducerOptions { InMemory = true });
            var result = await producer.RunAsync();
            if (!result.Succeeded) throw new InvalidOperationException("A step failed.");
        }
    }

    private static async Task<double> TimeAsync(StepGraph graph, string who, Func<Task> run)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = Stopwatch.GetTimestamp();
        await run();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        graph.Check(who);
        return elapsed;
    }
}
