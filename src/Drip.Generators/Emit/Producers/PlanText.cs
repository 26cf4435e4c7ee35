using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model.Producers;

namespace Drip.Generators.Emit.Producers;

/// <summary>Shows a plan to readers: as text, and as a graph for mermaid.</summary>
internal static class PlanText
{
    public static void Remarks(SourceWriter writer, string intro, IReadOnlyList<PipelineSpec> pipelines, IReadOnlyList<ProducerModelSpec> models)
    {
        writer.Line("/// <remarks>");
        writer.Line($"/// {SourceWriter.Xml(intro)}");
        Code(writer, pipelines.SelectMany(pipeline => Lines(pipeline, models)));
        writer.Line("/// As a graph for mermaid:");
        Code(writer, Mermaid(pipelines));
        writer.Line("/// </remarks>");
    }

    private static void Code(SourceWriter writer, IEnumerable<string> lines)
    {
        writer.Line("/// <code>");
        foreach (var line in lines) writer.Line("/// " + SourceWriter.Xml(line));
        writer.Line("/// </code>");
    }

    private static IEnumerable<string> Lines(PipelineSpec pipeline, IReadOnlyList<ProducerModelSpec> models)
    {
        var each = pipeline.Each < 0 ? "" : $", for each {models[pipeline.Each].Name}";
        var limit = pipeline.Concurrency == 0 ? "" : $", {pipeline.Concurrency} at a time";
        yield return $"{pipeline.Name}{each}{limit}{(pipeline.Gate is null ? "" : ", while Open()")}";
        foreach (var step in pipeline.Steps)
        {
            var after = string.Join(", ", step.After.Select(index => pipeline.Steps[index].Name));
            yield return $"  {step.Name}{(after.Length == 0 ? "" : $" after {after}")}";
        }
    }

    private static IEnumerable<string> Mermaid(IReadOnlyList<PipelineSpec> pipelines)
    {
        yield return "flowchart LR";
        for (var index = 0; index < pipelines.Count; index++)
        {
            var (steps, number) = (pipelines[index].Steps, index);
            yield return $"  subgraph p{number}[{Quoted(pipelines[index].Name)}]";
            for (var step = 0; step < steps.Count; step++) yield return $"    {Node(step)}[{Quoted(steps[step].Name)}]";
            for (var step = 0; step < steps.Count; step++)
            {
                foreach (var before in steps[step].After) yield return $"    {Node(before)} --> {Node(step)}";
            }

            yield return "  end";

            string Node(int step) => $"p{number}s{step}";
        }
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "#quot;")}\"";
}
