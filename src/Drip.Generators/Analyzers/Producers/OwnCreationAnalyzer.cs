using System.Collections.Immutable;
using System.Linq;
using Drip.Generators.Parsing;
using Drip.Generators.Parsing.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Drip.Generators.Analyzers.Producers;

/// <summary>Finds pipelines that create the records that they run for, with neither <c>MaxCreated</c> nor a gate to end that.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class OwnCreationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(DripRules.PipelineCreatesItsOwn);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(static operation =>
        {
            var call = (IInvocationOperation)operation.Operation;
            if (call.TargetMethod is not { Name: "Create", TypeArguments: [var created], ContainingType: { } owner } || !owner.Is(Names.RecordChanges)) return;
            if (operation.ContainingSymbol.ContainingType is not { } pipeline || pipeline.Attribute(Names.Pipeline) is not { } attribute) return;
            if (!SymbolEqualityComparer.Default.Equals(attribute.Named("Each") as ITypeSymbol, created)) return;
            if (attribute.Named("MaxCreated") is > 0) return;
            if (pipeline.GetMembers(GateBody.Name).OfType<IMethodSymbol>().Any(GateParser.IsGate)) return;
            operation.ReportDiagnostic(Diagnostic.Create(
                DripRules.PipelineCreatesItsOwn, call.Syntax.GetLocation(), PipelineParser.NameOf(pipeline), created.Name));
        }, OperationKind.Invocation);
    }
}
