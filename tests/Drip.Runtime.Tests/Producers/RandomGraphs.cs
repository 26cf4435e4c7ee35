using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

/// <summary>Graphs of up to 2,000 steps with failures and skips by chance, against an oracle that knows nothing of queues or counters.</summary>
public sealed class RandomGraphs
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Every_step_has_the_outcome_that_the_graph_says_and_runs_after_those_it_waits_for(int seed)
    {
        var graph = new Graph(new Random(seed));
        var ended = new int[graph.Count];
        var clock = 0;
        var violations = new List<string>();
        var plans = new Plans().Pipeline("P", steps =>
        {
            for (var step = 0; step < graph.Count; step++)
            {
                var index = step;
                steps.StepAsync(
                    $"S{index}",
                    async _ =>
                    {
                        foreach (var before in graph.After[index])
                        {
                            if (Volatile.Read(ref ended[before]) == 0) lock (violations) violations.Add($"S{index} began before S{before} had ended");
                        }

                        if (graph.Yields[index]) await Task.Yield();
                        Volatile.Write(ref ended[index], Interlocked.Increment(ref clock));
                        if (graph.Throws[index]) throw new IOException($"S{index}");
                    },
                    [.. graph.After[index].Select(before => $"S{before}")], new Make(OnFailure: graph.OnFailure[index]));
            }
        });

        var producer = plans.Make(new ProducerOptions { Synchronous = seed % 4 == 0, Concurrency = seed % 3 });
        var result = await producer.RunAsync();

        Assert.True(violations.Count == 0, $"seed {seed}: {string.Join("; ", violations)}");
        var outcomes = new StepOutcome[graph.Count];
        foreach (var count in result.Steps) outcomes[int.Parse(count.Step.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)] = count.Outcome;
        var ran = Array.ConvertAll(ended, at => at > 0);
        Assert.True(graph.Explains(outcomes, ran) is null, $"seed {seed}: {graph.Explains(outcomes, ran)}");
    }

    private sealed class Graph
    {
        public Graph(Random random)
        {
            Count = random.Next(1, 2001);
            After = new int[Count][];
            (Throws, Yields, OnFailure) = (new bool[Count], new bool[Count], new OnFailure[Count]);
            var failing = random.Next(3) * 0.002;
            var reach = random.Next(2, 50);
            for (var step = 0; step < Count; step++)
            {
                After[step] = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => step - random.Next(1, reach)).Where(before => before >= 0).Distinct().Order()];
                OnFailure[step] = (OnFailure)random.Next(3);
                Throws[step] = random.NextDouble() < (OnFailure[step] == Drip.OnFailure.Fail ? failing / 4 : failing * 5);
                Yields[step] = random.Next(4) == 0;
            }
        }

        public int Count { get; }

        public int[][] After { get; }

        public bool[] Throws { get; }

        public bool[] Yields { get; }

        public OnFailure[] OnFailure { get; }

        /// <summary>What is wrong with the outcomes; null if nothing is. Where a step fails and halts the pipeline, others may or may not have begun.</summary>
        public string? Explains(StepOutcome[] outcomes, bool[] ran)
        {
            var skipped = new bool[Count];
            var isHalted = false;
            for (var step = 0; step < Count; step++)
            {
                skipped[step] = After[step].Any(before => skipped[before] || (Throws[before] && ran[before] && OnFailure[before] == Drip.OnFailure.SkipCascade));
                isHalted |= outcomes[step] == StepOutcome.Failed;
            }

            for (var step = 0; step < Count; step++)
            {
                var expected = skipped[step] ? StepOutcome.Skipped
                    : !ran[step] ? StepOutcome.NotRun
                    : !Throws[step] ? StepOutcome.Succeeded
                    : OnFailure[step] == Drip.OnFailure.Fail ? StepOutcome.Failed : StepOutcome.Skipped;
                if (outcomes[step] != expected) return $"S{step} is {outcomes[step]}, not {expected}";
                if (skipped[step] && ran[step]) return $"S{step} ran and was skipped";
                if (!ran[step] && !skipped[step] && !isHalted) return $"S{step} did not run";
                if (ran[step] && After[step].Any(before => outcomes[before] is not (StepOutcome.Succeeded or StepOutcome.Skipped))) return $"S{step} ran too early";
            }

            return null;
        }
    }
}
