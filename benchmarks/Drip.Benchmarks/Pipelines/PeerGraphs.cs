using System.Threading.Tasks.Dataflow;

namespace Drip.Benchmarks.Pipelines;

/// <summary>The same graph without Drip.</summary>
internal static class PeerGraphs
{
    /// <summary>By hand: a task per step that awaits <see cref="Task.WhenAll(Task[])"/> of those before it.</summary>
    public static async Task RunTasksAsync(StepGraph graph)
    {
        var tasks = new Task[graph.Count];
        for (var step = 0; step < graph.Count; step++) tasks[step] = StepAsync(graph, tasks, step);
        await Task.WhenAll(tasks);
    }

    private static async Task StepAsync(StepGraph graph, Task[] tasks, int step)
    {
        var after = graph.After[step];
        if (after.Length == 0)
        {
            await Task.Yield();
        }
        else
        {
            var before = new Task[after.Length];
            for (var i = 0; i < after.Length; i++) before[i] = tasks[after[i]];
            await Task.WhenAll(before);
        }

        graph.Run(step);
    }

    /// <summary>
    /// TPL Dataflow: a block per step that gives its output to those that wait for it, and a join in front of a block that waits for two.
    /// </summary>
    public static async Task RunDataflowAsync(StepGraph graph)
    {
        var blocks = new TransformBlock<int, int>[graph.Count];
        var ends = new List<Task<int>>();
        var sources = new ISourceBlock<int>[graph.Count];
        for (var step = 0; step < graph.Count; step++)
        {
            blocks[step] = new TransformBlock<int, int>(own =>
            {
                graph.Run(own);
                return own;
            });
            sources[step] = blocks[step];
            if (graph.Before[step].Length <= 1) continue;
            var broadcast = new BroadcastBlock<int>(null);
            blocks[step].LinkTo(broadcast);
            sources[step] = broadcast;
        }

        for (var step = 0; step < graph.Count; step++)
        {
            var (own, after) = (step, graph.After[step]);
            if (after.Length == 2)
            {
                var join = new JoinBlock<int, int>();
                sources[after[0]].LinkTo(join.Target1);
                sources[after[1]].LinkTo(join.Target2);
                var take = new ActionBlock<Tuple<int, int>>(_ => blocks[own].Post(own));
                join.LinkTo(take);
            }

            if (graph.Before[step].Length == 0) ends.Add(blocks[step].ReceiveAsync());
        }

        for (var step = 0; step < graph.Count; step++)
        {
            if (graph.After[step].Length == 0) blocks[step].Post(step);
        }

        await Task.WhenAll(ends);
    }
}
