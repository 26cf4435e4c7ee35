using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;

namespace Drip.Generators.Emit.Producers;

/// <summary>Prints a producer's plan as constants.</summary>
internal static class PlanEmitter
{
    private const string Space = "global::Drip.Generated";

    public static void Emit(SourceWriter writer, ProducerSpec producer, string field)
    {
        writer.Line($"public static readonly {Space}.ProducerPlan {field} = new(");
        using (writer.Indent())
        {
            writer.Line($"{SourceWriter.Literal(producer.Name)}, {SourceWriter.Literal(producer.Class)},");
            using (writer.Block($"new {Space}.ModelPlan[]", "},"))
            {
                foreach (var model in producer.Models) Entry(writer, $"new {Space}.ModelPlan<{model.FullName}>({SourceWriter.Literal(model.Name)})", Settings(model));
            }

            using (writer.Block($"new {Space}.PipelinePlan[]", "})"))
            {
                foreach (var pipeline in producer.Pipelines) Pipeline(writer, pipeline);
            }
        }

        using (writer.Block(end: "};"))
        {
            if (producer.Description is { } description) writer.Line($"Description = {SourceWriter.Literal(description)},");
            var handlers = string.Join(", ", producer.Handlers.Select(static handler => $"typeof({handler.EventName})"));
            if (handlers.Length > 0) writer.Line($"Handlers = new global::System.Type[] {{ {handlers} }},");
            var timers = string.Join(", ", producer.Timers.Select(static timer => Span(timer.Milliseconds)));
            if (timers.Length > 0) writer.Line($"Timers = new global::System.TimeSpan[] {{ {timers} }},");
        }

        writer.Line();
    }

    private static void Pipeline(SourceWriter writer, PipelineSpec pipeline)
    {
        writer.Line($"new({SourceWriter.Literal(pipeline.Name)}, new {Space}.StepPlan[]");
        writer.Line("{");
        using (writer.Indent())
        {
            foreach (var step in pipeline.Steps)
            {
                Entry(writer, $"new({SourceWriter.Literal(step.Name)}, {Numbers(step.After)}, {Numbers(step.Before)})", Settings(step));
            }
        }

        Entry(writer, "})", Settings(pipeline));
    }

    private static void Entry(SourceWriter writer, string call, IEnumerable<string> settings)
    {
        var all = string.Join(", ", settings);
        writer.Line(all.Length == 0 ? $"{call}," : $"{call} {{ {all} }},");
    }

    private static IEnumerable<string> Settings(ProducerModelSpec model)
    {
        if (model.Conflicts.Count > 0)
            yield return $"Conflicts = new global::Drip.Conflict[] {{ {string.Join(", ", model.Conflicts.Select(static policy => $"global::Drip.Conflict.{policy}"))} }}";
        if (model.FormerNames.Count > 0) yield return FormerNames(model.FormerNames);
    }

    private static IEnumerable<string> Settings(PipelineSpec pipeline)
    {
        if (pipeline.Each >= 0) yield return $"Each = {pipeline.Each}";
        if (pipeline.Concurrency > 0) yield return $"Concurrency = {pipeline.Concurrency}";
        if (pipeline.MaxCreated > 0) yield return $"MaxCreated = {pipeline.MaxCreated}";
        if (pipeline.Gate is { } gate)
        {
            yield return "HasGate = true";
            if (gate.AreReadsKnown) yield return $"GateReads = {Numbers(gate.Reads)}";
            if (gate.ReadsRecord) yield return "GateReadsRecord = true";
        }

        if (pipeline.FormerNames.Count > 0) yield return FormerNames(pipeline.FormerNames);
    }

    private static IEnumerable<string> Settings(StepSpec step)
    {
        if (step.Retries > 0) yield return $"Retries = {step.Retries}";
        if (step.BackoffMilliseconds is { } backoff) yield return $"Backoff = {Span(backoff)}";
        if (step.TimeoutMilliseconds > 0) yield return $"Timeout = {Span(step.TimeoutMilliseconds)}";
        if (step.OnFailure != FailurePolicy.Fail) yield return $"OnFailure = global::Drip.OnFailure.{step.OnFailure}";
        if (step.IsNonIdempotent) yield return "IsNonIdempotent = true";
        if (step.FormerNames.Count > 0) yield return FormerNames(step.FormerNames);
    }

    private static string FormerNames(EquatableArray<string> names) => $"FormerNames = new string[] {{ {string.Join(", ", names.Select(SourceWriter.Literal))} }}";

    private static string Numbers(EquatableArray<int> numbers) =>
        numbers.Count == 0 ? "global::System.Array.Empty<int>()" : $"new int[] {{ {string.Join(", ", numbers)} }}";

    private static string Span(long milliseconds) => $"global::System.TimeSpan.FromMilliseconds({milliseconds}d)";
}
