using System.Collections.Immutable;
using System.Linq;
using Drip.Generators.Parsing;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Drip.Generators.Analyzers.Hooks;

/// <summary>Follows the paths through an around-hook: each has to call next, once, and to wait for it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AroundHookAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        DripRules.AroundHookMaySkipNext, DripRules.AroundHookCallsNextTwice, DripRules.AroundHookDoesNotAwaitNext);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(static block =>
        {
            if (block.OwningSymbol is not IMethodSymbol method || NextOf(method) is not { } next) return;
            if (block.OperationBlocks.FirstOrDefault(static operation => operation is IBlockOperation) is not { } body) return;
            // Half-typed code has the compiler's errors.
            if (body.Descendants().Any(static operation => operation is IInvalidOperation)) return;
            var carriers = NextCarriers.Of(body, next);
            ReportPaths(block, method, next, NextPaths.Of(block.GetControlFlowGraph(body), carriers));
            ReportUnawaited(block, method, next, body);
        });
    }

    // A base class of a backfill can have hooks too, so that the name and the parameter have to do. A hook with another
    // signature has been refused already.
    private static IParameterSymbol? NextOf(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.Ordinary || HookNames.PointOf(method.Name) is not { } point || !HookNames.IsAround(point)) return null;
        if (!method.ReturnType.Is(Names.Task) && !method.ReturnType.Is(Names.ValueTask)) return null;
        var found = method.Parameters.Where(static parameter => parameter.Type.Is(Names.HookNext)).ToArray();
        return found.Length == 1 && found[0].RefKind == RefKind.None ? found[0] : null;
    }

    private static void ReportPaths(OperationBlockAnalysisContext context, IMethodSymbol method, IParameterSymbol next, NextPaths paths)
    {
        if (paths.CanSkip)
        {
            var hints = ImmutableDictionary<string, string?>.Empty;
            if (paths.NeverCalls) hints = hints.Add(HookFixHints.NeverCalls, "");
            context.ReportDiagnostic(Diagnostic.Create(
                DripRules.AroundHookMaySkipNext, method.Locations.FirstOrDefault(), hints,
                method.Name, paths.NeverCalls ? "never calls" : "can return without calling", next.Name));
        }

        foreach (var call in paths.Repeated)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                DripRules.AroundHookCallsNextTwice, call.GetLocation(), method.Name, next.Name));
        }
    }

    private static void ReportUnawaited(OperationBlockAnalysisContext context, IMethodSymbol method, IParameterSymbol next, IOperation body)
    {
        foreach (var call in body.Descendants().OfType<IInvocationOperation>())
        {
            if (call.Instance is not IParameterReferenceOperation reference) continue;
            if (!SymbolEqualityComparer.Default.Equals(reference.Parameter, next) || !IsDropped(call)) continue;
            context.ReportDiagnostic(Diagnostic.Create(
                DripRules.AroundHookDoesNotAwaitNext, call.Syntax.GetLocation(), method.Name, next.Name));
        }
    }

    // A task that is kept or handed on can be awaited there.
    private static bool IsDropped(IInvocationOperation call)
    {
        IOperation task = call;
        while (task.Parent is IConversionOperation
            || (task.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } outer && outer.Instance == task))
        {
            task = task.Parent;
        }

        return task.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };
    }
}
