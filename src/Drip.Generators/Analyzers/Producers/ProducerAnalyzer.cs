using System.Collections.Concurrent;
using System.Collections.Immutable;
using Drip.Generators.Parsing;
using Drip.Generators.Parsing.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Drip.Generators.Analyzers.Producers;

/// <summary>Says what is wrong with a <c>[Producer]</c> while it is typed, and at the end which producers share a name.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ProducerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        DripRules.ProducerIsNotPartial,
        DripRules.ProducerIsGeneric,
        DripRules.ProducerCannotBeMade,
        DripRules.ProducerHasOwnBase,
        DripRules.ProducerSettingIsInvalid,
        DripRules.ProducerNameIsTaken,
        DripRules.PartNameIsTaken,
        DripRules.PipelineHasNoSteps,
        DripRules.StepIsUnknown,
        DripRules.StepsGoInACircle,
        DripRules.StepOrderIsUnclear,
        DripRules.EachIsNoRecord,
        DripRules.StepHasWrongSignature,
        DripRules.ProducerNeedsConstructor,
        DripRules.GateHasWrongSignature,
        DripRules.StepAwaitsWithoutToken,
        DripRules.NonIdempotentStepIsRetried,
        DripRules.HandlerHasWrongSignature);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var producers = new ConcurrentBag<INamedTypeSymbol>();
            start.RegisterSymbolAction(symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (type.Attribute(Names.Producer) is null) return;
                ProducerParser.Parse(type, symbol.Compilation, new RuleSink(symbol.ReportDiagnostic), symbol.CancellationToken);
                producers.Add(type);
            }, SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end =>
                SharedNames.Report(end, DripRules.ProducerNameIsTaken, producers, static type => ProducerParser.NameOf(type, type.Attribute(Names.Producer)!)));
        });
    }
}
