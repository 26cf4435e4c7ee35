using Drip.Generated;

namespace Drip.Benchmarks.Pipelines;

/// <summary>A graph of steps in layers: each step waits for two of the layer before it. Every contestant runs exactly this one.</summary>
internal sealed class StepGraph
{
    public const int Width = 32;

    private readonly int[] _marks;

    public StepGraph(int layers)
    {
        Count = layers * Width;
        _marks = new int[Count];
        After = new int[Count][];
        Before = new int[Count][];
        for (var step = 0; step < Count; step++)
        {
            var (layer, place) = (step / Width, step % Width);
            After[step] = layer == 0 ? [] : [.. new[] { Of(layer - 1, place), Of(layer - 1, place + 1) }.Order()];
            Before[step] = layer == layers - 1 ? [] : [.. new[] { Of(layer + 1, place), Of(layer + 1, place - 1) }.Order()];
        }
    }

    public int Count { get; }

    /// <summary>By step, what it waits for.</summary>
    public int[][] After { get; }

    /// <summary>By step, what waits for it.</summary>
    public int[][] Before { get; }

    /// <summary>The work of a step: one more than the largest mark of those before it, so that a step which ran too early is found.</summary>
    public void Run(int step)
    {
        var most = 0;
        foreach (var before in After[step]) most = Math.Max(most, _marks[before]);
        _marks[step] = most + 1;
    }

    /// <summary>Says whether every step ran once, after those that it waits for, and forgets it.</summary>
    public void Check(string who)
    {
        for (var step = 0; step < Count; step++)
        {
            if (_marks[step] != step / Width + 1) throw new InvalidOperationException($"{who} ran step {step} out of turn, or not at all.");
        }

        Array.Clear(_marks);
    }

    /// <summary>As a producer's plan.</summary>
    public ProducerPlan Plan() => new("layers", "Layers", [],
        [new PipelinePlan("Layers", [.. Enumerable.Range(0, Count).Select(step => new StepPlan($"S{step}", After[step], Before[step]))])]);

    private static int Of(int layer, int place) => layer * Width + (place + Width) % Width;
}
