using System.Collections.Concurrent;
using System.Collections.Immutable;
using Drip.Generators.Parsing;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Drip.Generators.Analyzers;

/// <summary>Says what is wrong with a <c>[Backfill]</c> while it is typed, and at the end which jobs share a name.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BackfillAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        DripRules.BackfillIsNotPartial,
        DripRules.BackfillHasNoProcessMethod,
        DripRules.BackfillHasSeveralProcessMethods,
        DripRules.ProcessMethodHasWrongSignature,
        DripRules.BackfillHasNoUsableScope,
        DripRules.BackfillIsGeneric,
        DripRules.JobNameIsTaken,
        DripRules.BackfillNeedsOneConstructor,
        DripRules.BackfillSettingIsInvalid,
        DripRules.BackfillIsAbstractOrStatic,
        DripRules.OptionTypeIsUnsupported,
        DripRules.OptionNameIsTaken,
        DripRules.OptionCannotBeSet,
        DripRules.OptionValidationIsNotChecked,
        DripRules.OptionValueDoesNotFit,
        DripRules.HookHasWrongParameters,
        DripRules.HookHasWrongResult,
        DripRules.HookIsDefinedTwice);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var jobs = new ConcurrentBag<INamedTypeSymbol>();
            start.RegisterSymbolAction(symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (type.Attribute(Names.Backfill) is null) return;
                BackfillParser.Parse(type, symbol.Compilation, new RuleSink(symbol.ReportDiagnostic), symbol.CancellationToken);
                jobs.Add(type);
            }, SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end =>
                SharedNames.Report(end, DripRules.JobNameIsTaken, jobs, static type => BackfillParser.NameOf(type, type.Attribute(Names.Backfill)!)));
        });
    }
}
