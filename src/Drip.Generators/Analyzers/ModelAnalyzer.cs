using System.Collections.Immutable;
using Drip.Generators.Parsing;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Drip.Generators.Analyzers;

/// <summary>Says what is wrong with a <c>[Model]</c>, while it is typed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        DripRules.ModelIsNotPartial,
        DripRules.ModelHasNoKey,
        DripRules.KeyTypeIsUnsupported,
        DripRules.ColumnTypeIsUnsupported,
        DripRules.ColumnNameIsTaken,
        DripRules.ModelIsGeneric,
        DripRules.ModelCannotBeConstructed,
        DripRules.ModelHasTooManyColumns,
        DripRules.KeyOrderHasGaps,
        DripRules.JsonContextDoesNotFit,
        DripRules.RecordIsUnsuitable,
        DripRules.ConflictPolicyDoesNotFit);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(static symbol =>
        {
            var type = (INamedTypeSymbol)symbol.Symbol;
            if (type.Attribute(Names.Model) is null) return;
            ModelParser.Parse(type, symbol.Compilation, new RuleSink(symbol.ReportDiagnostic), symbol.CancellationToken);
        }, SymbolKind.NamedType);
    }
}
