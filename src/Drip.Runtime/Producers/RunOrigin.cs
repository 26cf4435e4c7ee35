using Drip.Generated;
using Drip.Producers.Scheduling;
using Drip.Producers.Versions;

namespace Drip.Producers;

/// <summary>What a run begins from.</summary>
/// <param name="Records">For each model its records, in the order of their creation.</param>
/// <param name="Parent">The version that the run is a branch of; null where it is the copy of a file, or of a version that is kept elsewhere.</param>
internal sealed record RunOrigin(IReadOnlyList<object>[] Records, VersionOrigin? Parent)
{
    /// <summary>What every new run begins from.</summary>
    public static RunOrigin Nothing(ProducerPlan plan)
    {
        var records = new IReadOnlyList<object>[new ProducerModels(plan).All.Count];
        Array.Fill(records, []);
        return new RunOrigin(records, null);
    }

    /// <summary>The same, checked against the plan; the steps of a copy are brought up to their present names.</summary>
    /// <exception cref="DripException">The plan lacks a step that is on record.</exception>
    public RunOrigin For(ProducerPlan plan)
    {
        var renames = new StepRenames(plan);
        renames.Check(Records[^1]);
        if (Parent is not null) return this;
        return this with { Records = [.. Records[..^1], [.. Records[^1].Select(record => renames.Rename((StepRecord)record))]] };
    }
}
