using Drip.Generated;

namespace Drip.Producers.Scheduling;

/// <summary>Finds steps by their names, present and former.</summary>
internal sealed class StepIndex
{
    private readonly Dictionary<string, (int Pipeline, int Step)> _places = [];

    public StepIndex(ProducerPlan plan)
    {
        for (var pipeline = 0; pipeline < plan.Pipelines.Count; pipeline++)
        {
            for (var step = 0; step < plan.Pipelines[pipeline].Steps.Count; step++) Add(plan.Pipelines[pipeline], pipeline, step);
        }
    }

    /// <summary>The indexes of a pipeline and its step; -1 both if the plan has no such step.</summary>
    public (int Pipeline, int Step) Find(string pipeline, string step) => _places.TryGetValue(Key(pipeline, step), out var place) ? place : (-1, -1);

    private void Add(PipelinePlan plan, int pipeline, int step)
    {
        foreach (string ofPipeline in (string[])[plan.Name, .. plan.FormerNames])
        {
            foreach (string ofStep in (string[])[plan.Steps[step].Name, .. plan.Steps[step].FormerNames])
            {
                _places.TryAdd(Key(ofPipeline, ofStep), (pipeline, step));
            }
        }
    }

    private static string Key(string pipeline, string step) => pipeline + "/" + step;
}
