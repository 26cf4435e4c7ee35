using System.Text.Json;
using Drip.Generated;
using Drip.Hosting.Output;

namespace Drip.Hosting.Producers;

/// <summary>How a producer's run ended, and where to go next. What failed has been said as it happened.</summary>
internal sealed class ProduceReport(Screen screen)
{
    public void Write(ProducerPlan plan, ProducerResult result, string? directory)
    {
        var table = new TextTable("STEP", "OUTCOME", "COUNT>");
        foreach (var step in result.Steps) table.Add($"{step.Pipeline}/{step.Step}", ProduceProgress.Word(step.Outcome), Phrase.Number(step.Count));
        if (result.Steps.Count > 0) table.WriteTo(screen);
        foreach (var closed in result.Closed)
            screen.WriteLine($"The gate of {closed.Pipeline} {(closed.Records > 0 ? $"kept {Phrase.Count(closed.Records, "record")} out" : "did not open")}.");
        foreach (var stalled in result.Stalled) screen.WriteErrorLine(stalled.Explanation);
        foreach (var unknown in result.Unknown)
            screen.WriteErrorLine($"{unknown.Pipeline}/{unknown.Step}{(unknown.Record is { } record ? $" of {record}" : "")} was running when its process died, and must not run twice. Look what it did; --repeat-unknown repeats it.");
        foreach (var error in result.StreamErrors) screen.WriteErrorLine($"A handler of the stream failed: {error.Message}");
        foreach (var error in result.TimerErrors) screen.WriteErrorLine($"A timer failed: {error.Message}");

        var where = directory is null ? "" : $" --dir {directory}";
        if (result.Succeeded)
        {
            screen.WriteLine($"Succeeded, in {Phrase.Count(result.Versions, "version")}. Next: history {result.Run}{where}");
            return;
        }

        screen.WriteErrorLine($"The run {result.Run} of {plan.Name} {Ended(result.Outcome)}. What succeeded is kept.");
        screen.WriteErrorLine($"Go on with: produce {plan.Name} --from {result.Run}{where}");
    }

    public static void Write(Utf8JsonWriter json, ProducerPlan plan, ProducerResult result)
    {
        json.WriteStartObject();
        json.WriteString("run", result.Run);
        json.WriteString("producer", plan.Name);
        json.WriteString("outcome", ProduceProgress.Word(result.Outcome));
        json.WriteBoolean("succeeded", result.Succeeded);
        json.WriteNumber("versions", result.Versions);
        json.WriteStartArray("steps");
        foreach (var step in result.Steps)
        {
            json.WriteStartObject();
            json.WriteString("pipeline", step.Pipeline);
            json.WriteString("step", step.Step);
            json.WriteString("outcome", ProduceProgress.Word(step.Outcome));
            json.WriteNumber("count", step.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("failed", result.FailureCount);
        json.WriteStartArray("failures");
        foreach (var failure in result.Failures)
        {
            WriteStep(json, failure.Pipeline, failure.Step, failure.Record);
            json.WriteNumber("attempts", failure.Attempts);
            json.WriteString("error", FirstLine(failure.Error));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("closed");
        foreach (var closed in result.Closed) json.WriteStringValue(closed.Pipeline);
        json.WriteEndArray();
        json.WriteStartArray("stalled");
        foreach (var stalled in result.Stalled) json.WriteStringValue(stalled.Explanation);
        json.WriteEndArray();
        json.WriteStartArray("unknown");
        foreach (var unknown in result.Unknown)
        {
            WriteStep(json, unknown.Pipeline, unknown.Step, unknown.Record);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, string pipeline, string step, RecordId? record)
    {
        json.WriteStartObject();
        json.WriteString("pipeline", pipeline);
        json.WriteString("step", step);
        json.WriteText("record", record?.ToString());
    }

    private static string Ended(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Failed => "failed in part",
        StepOutcome.Unknown => "has a step with an unknown outcome",
        StepOutcome.Stalled => "stalled",
        StepOutcome.Cancelled => "was cancelled",
        StepOutcome.Closed => "did nothing, because its gates were closed",
        _ => "skipped a part",
    };

    private static string FirstLine(string error) => error.Split('\n', 2)[0].Trim();
}
