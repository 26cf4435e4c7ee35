using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Drip.Generators.Model.Producers;
using Drip.Generators.Parsing;
using Drip.Generators.Parsing.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Drip.Generators.Analyzers.Producers;

/// <summary>Finds steps that can run at the same time and write the same field, for which no policy says what then happens.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FieldConflictAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(DripRules.StepsWriteTheSameField);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var writes = new ConcurrentBag<FieldWrite>();
            start.RegisterOperationAction(operation =>
            {
                if (operation.ContainingSymbol is not IMethodSymbol method || method.Attribute(Names.Step) is null) return;
                foreach (var write in FieldWrite.Of((IInvocationOperation)operation.Operation, method)) writes.Add(write);
            }, OperationKind.Invocation);
            // The steps of a producer can be in several files, and in several classes.
            start.RegisterCompilationEndAction(end =>
            {
                var byProducer = writes
                    .Where(static write => !HasPolicy(write.Field) && write.Method.ContainingType.ContainingType is not null)
                    .GroupBy(static write => write.Method.ContainingType.ContainingType, SymbolEqualityComparer.Default);
                foreach (var group in byProducer) Report(end, (INamedTypeSymbol)group.Key!, group);
            });
        });
    }

    private static void Report(CompilationAnalysisContext context, INamedTypeSymbol type, IEnumerable<FieldWrite> writes)
    {
        if (ProducerParser.Parse(type, context.Compilation, sink: null, context.CancellationToken) is not { Error: null } producer) return;
        var concurrency = new Concurrency(producer);
        var steps = Places(type, producer);
        var placed = writes
            .Where(write => steps.ContainsKey(write.Method))
            .Select(write => (Write: write, Step: steps[write.Method]))
            .OrderBy(static entry => entry.Step.Pipeline).ThenBy(static entry => entry.Step.Step)
            .ThenBy(static entry => entry.Write.Place.SourceSpan.Start)
            .ToArray();
        var seen = new HashSet<(IMethodSymbol, IMethodSymbol, IPropertySymbol)>();
        for (var second = 0; second < placed.Length; second++)
        {
            for (var first = 0; first <= second; first++)
            {
                var (one, other) = (placed[first], placed[second]);
                if (!SymbolEqualityComparer.Default.Equals(one.Write.Field, other.Write.Field)) continue;
                if (!concurrency.CanCollide(one.Step, one.Write.IsOfOwnRecord, other.Step, other.Write.IsOfOwnRecord)) continue;
                if (!seen.Add((one.Write.Method, other.Write.Method, other.Write.Field))) continue;
                var (left, right) = Shown(producer, one.Step, other.Step);
                context.ReportDiagnostic(Diagnostic.Create(DripRules.StepsWriteTheSameField, other.Write.Place,
                    left, right, $"'{other.Write.Field.Name}' of {other.Write.Field.ContainingType.Name}"));
            }
        }
    }

    private static Dictionary<ISymbol, (int Pipeline, int Step)> Places(INamedTypeSymbol type, ProducerSpec producer)
    {
        var places = new Dictionary<ISymbol, (int, int)>(SymbolEqualityComparer.Default);
        var pipelines = ProducerParser.PipelinesOf(type).ToArray();
        for (var pipeline = 0; pipeline < pipelines.Length; pipeline++)
        {
            var steps = producer.Pipelines[pipeline].Steps;
            foreach (var method in StepParser.StepsOf(pipelines[pipeline]))
            {
                var step = steps.ToList().FindIndex(candidate => candidate.Identifier == Naming.Identifier(method.Name));
                places[method] = (pipeline, step);
                if (method.PartialImplementationPart is { } body) places[body] = (pipeline, step);
            }
        }

        return places;
    }

    private static (string Left, string Right) Shown(ProducerSpec producer, (int Pipeline, int Step) left, (int Pipeline, int Step) right)
    {
        if (left == right) return ($"'{Name(left)}' for one record", "the same step for another");
        if (left.Pipeline == right.Pipeline) return ($"'{Name(left)}'", $"'{Name(right)}'");
        return ($"'{producer.Pipelines[left.Pipeline].Name}/{Name(left)}'", $"'{producer.Pipelines[right.Pipeline].Name}/{Name(right)}'");

        string Name((int Pipeline, int Step) step) => producer.Pipelines[step.Pipeline].Steps[step.Step].Name;
    }

    private static bool HasPolicy(IPropertySymbol field) => ModelMembers.AttributeOf(field, Names.OnConflict) is not null;
}
