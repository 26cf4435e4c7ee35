using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Drip.Generators.Parsing;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Drip.Generators.Analyzers;

/// <summary>Says what is wrong with a <c>[HookHandler]</c> while it is typed, and at the end whether there is more than one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class HookHandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        DripRules.HookHasWrongParameters,
        DripRules.HookHasWrongResult,
        DripRules.HookIsDefinedTwice,
        DripRules.HookHandlerIsNotPartial,
        DripRules.HookHandlerCannotBeCalled,
        DripRules.HookHandlerIsGeneric,
        DripRules.HookHandlerIsTaken);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var handlers = new ConcurrentBag<INamedTypeSymbol>();
            start.RegisterSymbolAction(symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (type.Attribute(Names.HookHandler) is null) return;
                HookHandlerParser.Parse(type, symbol.Compilation, new RuleSink(symbol.ReportDiagnostic), symbol.CancellationToken);
                handlers.Add(type);
            }, SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => ReportOthers(end, handlers));
        });
    }

    private static void ReportOthers(CompilationAnalysisContext end, ConcurrentBag<INamedTypeSymbol> handlers)
    {
        var sorted = handlers.OrderBy(static type => type.ToDisplayString(), StringComparer.Ordinal).ToArray();
        foreach (var other in sorted.Skip(1))
        {
            end.ReportDiagnostic(Diagnostic.Create(
                DripRules.HookHandlerIsTaken, other.Locations.FirstOrDefault(), sorted[0].ToDisplayString()));
        }
    }
}
