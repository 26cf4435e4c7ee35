using System.Collections.Immutable;
using System.Linq;
using Drip.Generators.Parsing;
using Drip.Generators.Parsing.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Drip.Generators.Analyzers.Producers;

/// <summary>Looks into gates: they only answer, from the records, and not always the same.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class GateAnalyzer : DiagnosticAnalyzer
{
    private const string Changes = "Changes";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        DripRules.GateChangesData, DripRules.GateIsNotPure, DripRules.PipelineNeverOpens);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(static block =>
        {
            if (block.OwningSymbol is not IMethodSymbol method || !GateParser.IsGate(method)) return;
            var pipeline = PipelineParser.NameOf(method.ContainingType);
            foreach (var operation in block.OperationBlocks.SelectMany(static body => body.DescendantsAndSelf())) Check(block, operation, pipeline);
            if (IsNeverOpen(block.OperationBlocks))
                block.ReportDiagnostic(Diagnostic.Create(DripRules.PipelineNeverOpens, method.Locations.FirstOrDefault(), pipeline));
        });
    }

    private static void Check(OperationBlockAnalysisContext context, IOperation operation, string pipeline)
    {
        if (operation is IPropertyReferenceOperation { Property: { Name: Changes, ContainingType: { } owner } } && owner.Is(Names.PipelineBase))
        {
            context.ReportDiagnostic(Diagnostic.Create(DripRules.GateChangesData, operation.Syntax.GetLocation(), pipeline));
            return;
        }

        var (problem, remedy) = Written(operation) is { } member
            ? ($"writes '{member.Name}'", "Keep in a record what it needs to know")
            : Impurity.Of(operation) is { } impurity ? (impurity, "Let a step write down in a record what the gate needs to know") : ("", "");
        if (problem.Length == 0) return;
        context.ReportDiagnostic(Diagnostic.Create(DripRules.GateIsNotPure, operation.Syntax.GetLocation(), pipeline, problem, remedy));
    }

    private static ISymbol? Written(IOperation operation) =>
        operation switch
        {
            IAssignmentOperation { Parent: not IObjectOrCollectionInitializerOperation } assignment => assignment.Target,
            IIncrementOrDecrementOperation step => step.Target,
            _ => null,
        } switch
        {
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        };

    // What a lambda returns is not the gate's answer.
    private static bool IsNeverOpen(ImmutableArray<IOperation> blocks)
    {
        var answers = blocks
            .SelectMany(static block => block.DescendantsAndSelf())
            .OfType<IReturnOperation>()
            .Where(static answer => !Ancestors(answer).Any(static outer => outer is IAnonymousFunctionOperation or ILocalFunctionOperation))
            .ToArray();
        return answers.Length > 0 && answers.All(static answer => answer.ReturnedValue?.ConstantValue is { HasValue: true, Value: false });
    }

    private static System.Collections.Generic.IEnumerable<IOperation> Ancestors(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent) yield return outer;
    }
}
