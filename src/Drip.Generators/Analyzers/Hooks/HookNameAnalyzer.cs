using System.Collections.Immutable;
using System.Linq;
using Drip.Generators.Parsing;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Drip.Generators.Analyzers.Hooks;

/// <summary>Finds methods that were meant to be hooks, and that Drip would never call for want of a letter.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class HookNameAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(DripRules.HookIsMisspelt);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(static symbol =>
        {
            var type = (INamedTypeSymbol)symbol.Symbol;
            if (type.Attribute(Names.Backfill) is null && type.Attribute(Names.HookHandler) is null) return;
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>()) Check(symbol, type, method);
        }, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context, INamedTypeSymbol type, IMethodSymbol method)
    {
        // The name of an override is not the author's choice.
        if (method is not { MethodKind: MethodKind.Ordinary, IsOverride: false, IsImplicitlyDeclared: false }) return;
        if (HookSpelling.Of(method.Name) is not { } spelling) return;
        var nearest = spelling.Nearest is { } name && !IsTaken(type, name) ? name : null;
        var hints = ImmutableDictionary<string, string?>.Empty;
        if (nearest is not null) hints = hints.Add(HookFixHints.Name, nearest);
        var offer = nearest is null ? "" : $"; the nearest is '{nearest}'";
        context.ReportDiagnostic(Diagnostic.Create(
            DripRules.HookIsMisspelt, method.Locations.FirstOrDefault(), hints, method.Name, offer));
    }

    private static bool IsTaken(INamedTypeSymbol type, string name) =>
        type.MemberNames.Any(member => HookNames.PointOf(member) is { } point && point == HookNames.PointOf(name));
}
