using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model.Producers;

namespace Drip.Generators.Analyzers.Producers;

/// <summary>Tells which steps of a producer can run at the same time.</summary>
internal sealed class Concurrency(ProducerSpec producer)
{
    private readonly Dictionary<(int Pipeline, int Step), HashSet<int>> _before = [];

    /// <summary>
    /// Whether the first step, or the same for another record, can run while the second does and change the same record. A gate may be there
    /// to keep two pipelines apart; that cannot be told.
    /// </summary>
    public bool CanCollide((int Pipeline, int Step) first, bool isOfOwnRecord, (int Pipeline, int Step) second, bool isOtherOfOwnRecord)
    {
        if (first.Pipeline != second.Pipeline)
            return producer.Pipelines[first.Pipeline].Gate is null && producer.Pipelines[second.Pipeline].Gate is null;
        var pipeline = producer.Pipelines[first.Pipeline];
        var runsForMany = pipeline.Each >= 0 && pipeline.Concurrency != 1;
        if (runsForMany && !(isOfOwnRecord && isOtherOfOwnRecord)) return true;
        return first.Step != second.Step && !Before(second).Contains(first.Step) && !Before(first).Contains(second.Step);
    }

    // All steps that a step comes after, directly or not.
    private HashSet<int> Before((int Pipeline, int Step) step)
    {
        if (_before.TryGetValue(step, out var known)) return known;
        var steps = producer.Pipelines[step.Pipeline].Steps;
        var before = new HashSet<int>();
        var open = new Stack<int>(steps[step.Step].After);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (!before.Add(next)) continue;
            foreach (var other in steps[next].After) open.Push(other);
        }

        _before.Add(step, before);
        return before;
    }
}
