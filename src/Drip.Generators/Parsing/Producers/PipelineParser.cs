using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Reads a class with <c>[Pipeline]</c> inside a producer.</summary>
internal static class PipelineParser
{
    /// <summary>Reads the pipeline; null if nothing can be generated for it.</summary>
    public static PipelineSpec? Parse(
        INamedTypeSymbol type, IReadOnlyList<INamedTypeSymbol> records, RuleReport report, CancellationToken cancellationToken)
    {
        var attribute = type.Attribute(Names.Pipeline)!;
        var canExtend = TypeParser.CheckOnly(type, DripRules.ProducerIsNotPartial, DripRules.ProducerIsGeneric, report);
        var each = EachParser.Parse(type, attribute, records, report);
        var canDerive = ClassForm.CanDerive(type, report, Names.PipelineBase, Names.PipelineOf);
        CheckName(type, attribute, report);
        cancellationToken.ThrowIfCancellationRequested();

        var constructor = ServiceParser.Constructor(type, report);
        var gate = GateParser.Parse(type, records, each.Index >= 0, report, cancellationToken);
        var steps = StepParser.Parse(type, records, report);
        if (steps.Count == 0 && canExtend) report.Report(DripRules.PipelineHasNoSteps, type, NameOf(type));
        if (!canExtend || !canDerive) return null;
        return new PipelineSpec
        {
            Name = NameOf(type),
            Declaration = TypeParser.Declaration(type),
            FullName = type.NotNullName(),
            EachName = each.RecordName,
            Each = each.Index,
            Concurrency = each.Concurrency,
            MaxCreated = each.MaxCreated,
            Constructor = constructor,
            Gate = gate,
            Steps = steps,
            FormerNames = FormerNames.Of(type),
        };
    }

    /// <summary>The pipeline's name, as the attribute says or as the class is called.</summary>
    public static string NameOf(INamedTypeSymbol type) => type.Attribute(Names.Pipeline)?.Named("Name") as string ?? type.Name;

    private static void CheckName(INamedTypeSymbol type, AttributeData attribute, RuleReport report)
    {
        if (ClassForm.IsPlainName(NameOf(type))) return;
        report.Report(DripRules.ProducerSettingIsInvalid, attribute, type, "name", NameOf(type), type.Name,
            "Use a name without '/', and without spaces around it");
    }
}
