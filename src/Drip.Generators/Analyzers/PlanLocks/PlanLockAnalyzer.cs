using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Drip.Generators.Parsing;
using Drip.Generators.Parsing.Producers;
using Drip.Generators.PlanLocks;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.Analyzers.PlanLocks;

/// <summary>
/// Says where producers differ from the plan lock, under which the versions of their runs were written. A project without a lock is
/// not compared, and neither is a build that writes it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class PlanLockAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        DripRules.PlanLockIsUnreadable,
        DripRules.LockedProducerIsGone,
        DripRules.LockedPartIsGone,
        DripRules.LockedPartIsChanged,
        DripRules.NewFieldNeedsValue);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext start)
    {
        if (UpdateProperty.IsSet(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions)) return;
        if (LockOf(start.Options) is not { } file || file.GetText(start.CancellationToken) is not { } text) return;
        var reading = LockReader.Read(text);
        if (reading.Problem is { } problem)
        {
            start.RegisterAdditionalFileAction(context =>
            {
                if (context.AdditionalFile.Path != file.Path) return;
                context.ReportDiagnostic(Diagnostic.Create(DripRules.PlanLockIsUnreadable, At(file, text, problem.Place), problem.Text, problem.Remedy));
            });
            return;
        }

        var found = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        start.RegisterSymbolAction(symbol => Compare(symbol, reading.Producers, found), SymbolKind.NamedType);
        start.RegisterCompilationEndAction(end => ReportGone(end, file, text, reading, found));
    }

    private static AdditionalText? LockOf(AnalyzerOptions options) =>
        options.AdditionalFiles.FirstOrDefault(static file => Path.GetFileName(file.Path).Equals(LockSyntax.FileName, StringComparison.OrdinalIgnoreCase));

    private static void Compare(SymbolAnalysisContext symbol, IReadOnlyList<LockedProducer> locked, ConcurrentDictionary<string, bool> found)
    {
        var type = (INamedTypeSymbol)symbol.Symbol;
        if (type.Attribute(Names.Producer) is not { } attribute) return;
        var name = ProducerParser.NameOf(type, attribute);
        found.TryAdd(name, true);
        if (locked.FirstOrDefault(candidate => candidate.Name == name) is not { } known) return;
        if (PresentProducer.Read(type, symbol.Compilation, symbol.CancellationToken) is not { } present) return;
        ProducerComparison.Compare(known, present, new LockFindings(symbol.ReportDiagnostic));
    }

    private static void ReportGone(
        CompilationAnalysisContext end, AdditionalText file, SourceText text, LockReading reading, ConcurrentDictionary<string, bool> found)
    {
        foreach (var producer in reading.Producers.Where(producer => !found.ContainsKey(producer.Name)))
        {
            var place = At(file, text, reading.Places[producer.Name]);
            end.ReportDiagnostic(Diagnostic.Create(DripRules.LockedProducerIsGone, place, producer.Name, LockSyntax.Command));
        }
    }

    private static Location At(AdditionalText file, SourceText text, TextSpan place) =>
        Location.Create(file.Path, place, text.Lines.GetLinePositionSpan(place));
}
