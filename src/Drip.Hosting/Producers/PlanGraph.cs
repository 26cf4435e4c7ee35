using System.Text;
using System.Text.Json;
using Drip.Generated;

namespace Drip.Hosting.Producers;

/// <summary>The graph of a producer's steps, for people and for programs. An <c>Each</c> pipeline is drawn once, whatever the number of records.</summary>
internal static class PlanGraph
{
    /// <summary>As a mermaid flowchart: a box per pipeline, an arrow from each step to those that wait for it.</summary>
    public static string Mermaid(ProducerPlan plan)
    {
        var text = new StringBuilder("flowchart TD\n");
        for (var pipeline = 0; pipeline < plan.Pipelines.Count; pipeline++) Mermaid(text, plan, pipeline);
        return text.ToString().TrimEnd('\n');
    }

    private static void Mermaid(StringBuilder text, ProducerPlan plan, int index)
    {
        var pipeline = plan.Pipelines[index];
        text.Append($"  subgraph p{index}[\"{Title(plan, pipeline)}\"]\n");
        if (pipeline.HasGate) text.Append($"    p{index}gate{{\"Open?\"}}\n");
        for (var step = 0; step < pipeline.Steps.Count; step++)
        {
            var plain = pipeline.Steps[step];
            text.Append($"    p{index}s{step}[\"{Escaped(plain.Name)}\"]\n");
            if (plain.After.Length == 0 && pipeline.HasGate) text.Append($"    p{index}gate --> p{index}s{step}\n");
            foreach (var before in plain.After) text.Append($"    p{index}s{before} --> p{index}s{step}\n");
        }

        text.Append("  end\n");
    }

    private static string Title(ProducerPlan plan, PipelinePlan pipeline)
    {
        var title = Escaped(pipeline.Name);
        if (pipeline.Each < 0) return title;
        title += $", for each {Escaped(plan.Models[pipeline.Each].Name)}";
        return pipeline.Concurrency > 0 ? $"{title}, {pipeline.Concurrency} at a time" : title;
    }

    private static string Escaped(string text) => text.Replace("\"", "#quot;", StringComparison.Ordinal);

    /// <summary>As JSON: models with their fields, pipelines with their steps and what each waits for.</summary>
    public static void Write(Utf8JsonWriter json, ProducerPlan plan)
    {
        json.WriteStartObject();
        json.WriteString("producer", plan.Name);
        json.WriteString("class", plan.Class);
        if (plan.Description is { } description) json.WriteString("description", description);
        json.WriteStartArray("models");
        foreach (var model in plan.Models) Write(json, model);
        json.WriteEndArray();
        json.WriteStartArray("pipelines");
        foreach (var pipeline in plan.Pipelines) Write(json, plan, pipeline);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ModelPlan model)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteStartArray("fields");
        for (var ordinal = 0; ordinal < model.Schema.Columns.Count; ordinal++)
        {
            var column = model.Schema.Columns[ordinal];
            json.WriteStartObject();
            json.WriteString("name", column.Member);
            json.WriteString("type", column.Type.ToString());
            json.WriteBoolean("nullable", column.IsNullable);
            if (model.Conflicts.Length > 0) json.WriteString("onConflict", model.Conflicts[ordinal].ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProducerPlan plan, PipelinePlan pipeline)
    {
        json.WriteStartObject();
        json.WriteString("name", pipeline.Name);
        if (pipeline.Each >= 0) json.WriteString("each", plan.Models[pipeline.Each].Name);
        json.WriteNumber("concurrency", pipeline.Concurrency);
        if (pipeline.HasGate) WriteGate(json, plan, pipeline);
        json.WriteStartArray("steps");
        foreach (var step in pipeline.Steps) Write(json, pipeline, step);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGate(Utf8JsonWriter json, ProducerPlan plan, PipelinePlan pipeline)
    {
        json.WriteStartObject("gate");
        json.WriteStartArray("reads");
        for (var model = 0; model < plan.Models.Count; model++)
        {
            if (pipeline.GateReads is null || pipeline.GateReads.Contains(model)) json.WriteStringValue(plan.Models[model].Name);
        }

        json.WriteEndArray();
        json.WriteBoolean("readsRecord", pipeline.GateReadsRecord);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PipelinePlan pipeline, StepPlan step)
    {
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        json.WriteStartArray("after");
        foreach (var before in step.After) json.WriteStringValue(pipeline.Steps[before].Name);
        json.WriteEndArray();
        json.WriteNumber("retries", step.Retries);
        json.WriteNumber("backoffMs", (long)step.Backoff.TotalMilliseconds);
        json.WriteNumber("timeoutMs", (long)step.Timeout.TotalMilliseconds);
        json.WriteString("onFailure", step.OnFailure.ToString());
        json.WriteBoolean("nonIdempotent", step.IsNonIdempotent);
        json.WriteEndObject();
    }
}
