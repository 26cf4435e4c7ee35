using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Parsing.Producers;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.PlanLocks;

/// <summary>Compares a producer with what the plan lock holds of it.</summary>
internal static class ProducerComparison
{
    public static void Compare(LockedProducer locked, PresentProducer present, LockFindings findings)
    {
        foreach (var model in locked.Models)
        {
            if (present.Models.Find(model.Name) is { } found) CompareFields(model, found, findings);
            else ReportGone(present.Type, "model", model.Name, findings);
        }

        foreach (var pipeline in locked.Pipelines)
        {
            if (present.Pipelines.Find(pipeline.Name) is not { } found)
            {
                ReportGone(present.Type, "pipeline", pipeline.Name, findings);
                continue;
            }

            // The lock's name of the model, where the code has another by now.
            var each = pipeline.Each is { } model ? present.Models.Find(model)?.Name ?? model : null;
            if (each != found.Facts.Each) findings.Changed(found.Symbol, $"pipeline '{found.Name}'", Each(each), Each(found.Facts.Each));
            PipelineComparison.Compare(pipeline, found, findings);
        }
    }

    private static string Each(string? model) => model is null ? "that it runs once" : $"that it runs for each {model}";

    private static void ReportGone(INamedTypeSymbol producer, string kind, string name, LockFindings findings)
    {
        if (RetiredNames.Contain(producer, name)) return;
        findings.Gone(producer, $"{kind} '{name}' of '{producer.Name}'", $"the code has no such {kind}",
            $"Say [Renamed(\"{name}\")] on the {kind} that it has become, or [Retired(\"{name}\")] on '{producer.Name}'");
    }

    private static void CompareFields(LockedModel locked, PresentPart<IReadOnlyList<PresentPart<LockedField>>> present, LockFindings findings)
    {
        foreach (var field in locked.Fields)
        {
            if (present.Facts.FirstOrDefault(candidate => candidate.Name == field.Name) is { } found)
            {
                if (!CanHold(found.Facts, field)) findings.Changed(found.Symbol, $"field '{field.Name}' of the model '{present.Name}'", Shown(field), Shown(found.Facts));
            }
            else if (!RetiredNames.Contain(present.Symbol, field.Name))
            {
                findings.Gone(present.Symbol, $"field '{field.Name}' of the model '{present.Name}'", "the code has no such field",
                    $"Say [Column(\"{field.Name}\")] on the member that it has become, or [Retired(\"{field.Name}\")] on '{present.Name}'");
            }
        }

        foreach (var field in present.Facts)
        {
            var isNew = locked.Fields.All(known => known.Name != field.Name);
            if (isNew && !field.Facts.IsNullable) findings.New(field.Symbol, field.Name, present.Name);
        }
    }

    // What may be null by now holds all values that it had.
    private static bool CanHold(LockedField now, LockedField before) =>
        now == before || (now.IsNullable && now == before with { IsNullable = true });

    private static string Shown(LockedField field) =>
        $"that it is {(field.IsId ? "the id, " : "")}{field.Type}{(field.IsNullable ? " or null" : "")}";
}
