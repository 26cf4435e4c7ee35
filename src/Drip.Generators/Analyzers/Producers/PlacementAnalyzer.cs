using System.Collections.Immutable;
using System.Linq;
using Drip.Generators.Parsing;
using Drip.Generators.Parsing.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Drip.Generators.Analyzers.Producers;

/// <summary>Finds attributes of producers where nothing reads them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class PlacementAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        DripRules.PipelineIsOutsideProducer, DripRules.AttributeHasNoEffect);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(static symbol => CheckType(symbol, (INamedTypeSymbol)symbol.Symbol), SymbolKind.NamedType);
        context.RegisterSymbolAction(static symbol => CheckMethod(symbol, (IMethodSymbol)symbol.Symbol), SymbolKind.Method);
        context.RegisterSymbolAction(static symbol => CheckField(symbol, symbol.Symbol.ContainingType), SymbolKind.Property);
        context.RegisterSymbolAction(static symbol => CheckField(symbol, symbol.Symbol.ContainingSymbol.ContainingType), SymbolKind.Parameter);
    }

    private static void CheckType(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        var isInProducer = ProducerParser.HasRecord(type);
        if (type.Attribute(Names.Pipeline) is not null && !isInProducer && !type.IsUnnamed())
        {
            context.ReportDiagnostic(Diagnostic.Create(DripRules.PipelineIsOutsideProducer, type.Locations.FirstOrDefault(), type.Name));
            return;
        }

        var isPart = isInProducer && (type.Attribute(Names.Pipeline) is not null || type.Attribute(Names.Model) is not null);
        if (!isPart) Report(context, Names.Renamed, "only pipelines, steps and models of a producer have former names", "Remove it");
        if (!isPart && type.Attribute(Names.Producer) is null)
            Report(context, Names.Retired, "only producers, and pipelines and models of a producer, have parts that can be retired", "Remove it");
    }

    private static void CheckMethod(SymbolAnalysisContext context, IMethodSymbol method)
    {
        if (method.ContainingType is not { } type) return;
        var isStep = method.Attribute(Names.Step) is not null;
        if (type.Attribute(Names.Pipeline) is null)
            Report(context, Names.Step, $"'{type.Name}' is no pipeline", "Move the method into a class with [Pipeline] inside a producer");
        if (type.Attribute(Names.Producer) is null)
        {
            Report(context, Names.On, $"'{type.Name}' is no producer", "Move the method into the class with [Producer]");
            Report(context, Names.Every, $"'{type.Name}' is no producer", "Move the method into the class with [Producer]");
        }

        if (isStep) return;
        Report(context, Names.NonIdempotent, "it is no step", "Mark the method with [Step] as well");
        Report(context, Names.Renamed, "it is no step", "Mark the method with [Step] as well");
    }

    private static void CheckField(SymbolAnalysisContext context, INamedTypeSymbol? type)
    {
        var isOfRecord = type is not null && type.Attribute(Names.Model) is not null && ProducerParser.HasRecord(type);
        if (!isOfRecord) Report(context, Names.OnConflict, "only models of a producer have policies", "Remove it");
    }

    private static void Report(SymbolAnalysisContext context, string attribute, string problem, string remedy)
    {
        if (context.Symbol.Attribute(attribute) is not { ApplicationSyntaxReference: { } place, AttributeClass.Name: { } name }) return;
        context.ReportDiagnostic(Diagnostic.Create(DripRules.AttributeHasNoEffect, place.SyntaxTree.GetLocation(place.Span),
            name.Substring(0, name.Length - "Attribute".Length), context.Symbol.Name, problem, remedy));
    }
}
