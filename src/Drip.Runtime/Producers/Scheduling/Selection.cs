using Drip.Generated;
using Drip.Jobs;

namespace Drip.Producers.Scheduling;

/// <summary>Which steps run: all, one with what it needs taken as it is, or one with those before it.</summary>
internal sealed class Selection
{
    private readonly ProducerPlan _plan;
    private readonly int _pipeline = -1;
    private readonly bool[]? _steps;
    private readonly bool _takesAsItIs;

    /// <exception cref="DripException">There is no such step, or both a single step and a last one are named.</exception>
    public Selection(ProducerPlan plan, string? only, string? until)
    {
        _plan = plan;
        if (only is not null && until is not null)
        {
            throw new DripException(DripErrorKind.Usage, "only-and-until", "Both Only and Until name a step.", "Give one of them.");
        }

        if ((only ?? until) is not { } name) return;
        (_pipeline, var step) = Find(name);
        _takesAsItIs = only is not null;
        var steps = plan.Pipelines[_pipeline].Steps;
        _steps = new bool[steps.Count];
        _steps[step] = true;
        if (until is null) return;
        for (var earlier = step; earlier >= 0; earlier--)
        {
            if (_steps[earlier]) foreach (var before in steps[earlier].After) _steps[before] = true;
        }
    }

    /// <summary>Whether each step of a pipeline runs.</summary>
    public bool[] Of(int pipeline)
    {
        if (pipeline == _pipeline) return _steps!;
        var all = new bool[_plan.Pipelines[pipeline].Steps.Count];
        if (_pipeline < 0) Array.Fill(all, true);
        return all;
    }

    /// <summary>How many steps each step of a pipeline waits for.</summary>
    public int[] WaitsOf(int pipeline)
    {
        var steps = _plan.Pipelines[pipeline].Steps;
        var waits = new int[steps.Count];
        if (_takesAsItIs) return waits;
        for (var step = 0; step < waits.Length; step++) waits[step] = steps[step].After.Length;
        return waits;
    }

    private (int Pipeline, int Step) Find(string name)
    {
        var found = (Pipeline: -1, Step: -1);
        var count = 0;
        var names = new List<string>();
        for (var pipeline = 0; pipeline < _plan.Pipelines.Count; pipeline++)
        {
            var steps = _plan.Pipelines[pipeline].Steps;
            for (var step = 0; step < steps.Count; step++)
            {
                var whole = $"{_plan.Pipelines[pipeline].Name}/{steps[step].Name}";
                names.Add(whole);
                if (whole == name) return (pipeline, step);
                if (steps[step].Name != name) continue;
                found = (pipeline, step);
                count++;
            }
        }

        if (count == 1) return found;
        throw count == 0
            ? new DripException(
                DripErrorKind.Usage, "unknown-step", $"The producer {_plan.Name} has no step '{name}'.",
                NearestName.Find(name, names) is { } nearest ? $"Did you mean {nearest}?" : $"Its steps are: {string.Join(", ", names)}.")
            : new DripException(
                DripErrorKind.Usage, "ambiguous-step", $"{count} pipelines of the producer {_plan.Name} have a step '{name}'.",
                "Name the pipeline as well, as Pipeline/Step.");
    }
}
