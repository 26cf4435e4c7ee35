using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Drip.Generators.Model.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Finds the gate of a pipeline: its method <c>bool Open()</c>.</summary>
internal static class GateParser
{
    /// <summary>The gate, or null where there is none or it is reported.</summary>
    public static GateSpec? Parse(
        INamedTypeSymbol pipeline, IReadOnlyList<INamedTypeSymbol> records, bool hasEach, RuleReport report, CancellationToken cancellationToken)
    {
        GateSpec? gate = null;
        foreach (var method in pipeline.GetMembers(GateBody.Name).OfType<IMethodSymbol>())
        {
            if (method.MethodKind != MethodKind.Ordinary) continue;
            if (method.Parameters.Length > 0 && !Answers(method.ReturnType)) continue;
            if (method.ReturnType.IsBroken()) report.Fail();
            else if (ProblemOf(method) is { } problem) report.Report(DripRules.GateHasWrongSignature, method, pipeline.Name, problem);
            else gate = GateReads.Of(method, pipeline, records, hasEach, cancellationToken);
        }

        return gate;
    }

    /// <summary>Whether the method is its pipeline's gate.</summary>
    public static bool IsGate(IMethodSymbol method) =>
        method is { Name: GateBody.Name, MethodKind: MethodKind.Ordinary }
        && ProblemOf(method) is null
        && method.ContainingType.Attribute(Names.Pipeline) is not null;

    private static string? ProblemOf(IMethodSymbol method) => method switch
    {
        { Parameters.Length: > 0 } => "it takes parameters",
        { IsGenericMethod: true } => "it is generic",
        { IsStatic: true } => "it is static",
        { ReturnType.SpecialType: not SpecialType.System_Boolean } => $"it returns {method.ReturnType.Shown()}",
        { RefKind: not RefKind.None } => "it returns a reference",
        _ => null,
    };

    // A method that opens something else may have the name, and parameters.
    private static bool Answers(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Boolean
        || (type.Is(Names.TaskOf) && Answers(((INamedTypeSymbol)type).TypeArguments[0]))
        || (type.Is(Names.ValueTaskOf) && Answers(((INamedTypeSymbol)type).TypeArguments[0]));
}
