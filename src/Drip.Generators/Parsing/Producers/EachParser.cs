using System;
using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>What a pipeline runs for.</summary>
/// <param name="Index">The index of the model; -1 where there is none.</param>
/// <param name="RecordName">The model as C#; null where there is none.</param>
/// <param name="Concurrency">For how many records at a time; 0 is no limit.</param>
/// <param name="MaxCreated">The most records that it may create; 0 is no limit.</param>
internal sealed record EachSetting(int Index, string? RecordName, int Concurrency, int MaxCreated);

/// <summary>Reads the settings <c>Each</c>, <c>Concurrency</c> and <c>MaxCreated</c> of a pipeline.</summary>
internal static class EachParser
{
    public static EachSetting Parse(
        INamedTypeSymbol pipeline, AttributeData attribute, IReadOnlyList<INamedTypeSymbol> records, RuleReport report)
    {
        var given = attribute.Named("Each") as ITypeSymbol;
        var concurrency = CountOf("Concurrency", "number of records at a time");
        var maxCreated = CountOf("MaxCreated", "number of records that it may create");
        if (given is null) return new EachSetting(-1, null, concurrency, maxCreated);
        var index = records.ToList().FindIndex(record => SymbolEqualityComparer.Default.Equals(record, given));
        var canDerive = index >= 0 && CheckVisibility(pipeline, records[index], attribute, report)
            && records[index] is { IsValueType: false, IsStatic: false } && TypeParser.CanExtend(records[index]);
        if (index < 0) ReportForeign(pipeline, attribute, given, records, report);
        return new EachSetting(index, canDerive ? records[index].NotNullName() : null, concurrency, maxCreated);

        int CountOf(string setting, string what)
        {
            if (attribute.Named(setting) is not int count) return 0;
            if (count >= 0 && given is not null) return count;
            report.Report(DripRules.ProducerSettingIsInvalid, attribute, pipeline, setting, count, pipeline.Name, count < 0
                ? "Use a number from 0, where 0 is no limit"
                : $"It is the {what}, so set Each as well");
            return 0;
        }
    }

    private static void ReportForeign(
        INamedTypeSymbol pipeline, AttributeData attribute, ITypeSymbol given, IReadOnlyList<INamedTypeSymbol> records, RuleReport report)
    {
        if (given.IsBroken())
        {
            report.Fail();
            return;
        }

        var remedy = records.Count == 0
            ? "Add a [Model] to the producer and name that"
            : $"Name one of them: {string.Join(", ", records.Select(static record => record.Name))}";
        report.Report(DripRules.EachIsNoRecord, attribute, pipeline, pipeline.Name, given.Shown(), "it is no model of this producer", remedy);
    }

    // The record is an argument of the pipeline's base class, which must be as visible as the pipeline.
    private static bool CheckVisibility(INamedTypeSymbol pipeline, INamedTypeSymbol record, AttributeData attribute, RuleReport report)
    {
        var needed = Math.Min(Rank(pipeline), pipeline.ContainingType.IsVisibleInAssembly() ? Rank(pipeline.ContainingType) : 0);
        if (Rank(record) >= needed) return true;
        report.Report(DripRules.EachIsNoRecord, attribute, pipeline, pipeline.Name, record.Name, "others can see the pipeline and not the record",
            $"Declare {record.Name} as {(pipeline.DeclaredAccessibility == Accessibility.Public ? "public" : "internal")}");
        return false;
    }

    private static int Rank(INamedTypeSymbol type) => type.DeclaredAccessibility switch
    {
        Accessibility.Public => 2,
        Accessibility.Private => 0,
        _ => 1,
    };
}
