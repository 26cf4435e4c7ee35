using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Drip.Generators.Parsing;
using Drip.Generators.Parsing.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Drip.Generators.Analyzers.PlanLocks;

/// <summary>Says which parts of a producer are there although their names are retired: versions would take the new one for the old.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RetiredPartAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(DripRules.RetiredPartIsThere);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(static symbol =>
        {
            var type = (INamedTypeSymbol)symbol.Symbol;
            foreach (var (attribute, name) in RetiredNames.Of(type))
            {
                if (!PartsOf(type, symbol.Compilation).Contains(name, StringComparer.Ordinal)) continue;
                var place = attribute.ApplicationSyntaxReference is { } reference ? reference.SyntaxTree.GetLocation(reference.Span) : type.Locations.FirstOrDefault();
                symbol.ReportDiagnostic(Diagnostic.Create(DripRules.RetiredPartIsThere, place, name, type.Name));
            }
        }, SymbolKind.NamedType);
    }

    // The names of today and those from before: what was renamed is not gone.
    private static IEnumerable<string> PartsOf(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.Attribute(Names.Producer) is not null)
        {
            var models = ProducerParser.ModelsOf(type).SelectMany(static model => FormerNames.Of(model).Prepend(model.Name));
            return ProducerParser.PipelinesOf(type).SelectMany(static pipeline => FormerNames.Of(pipeline).Prepend(PipelineParser.NameOf(pipeline))).Concat(models);
        }

        if (type.Attribute(Names.Pipeline) is not null)
            return StepParser.StepsOf(type).SelectMany(static step => FormerNames.Of(step).Prepend(StepParser.NameOf(step)));
        return type.Attribute(Names.Model) is null ? [] : ModelMembers.Of(type, compilation).Properties.Select(ColumnParser.NameOf);
    }
}
