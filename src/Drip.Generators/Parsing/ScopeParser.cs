using System.Linq;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Finds the author's <c>Scope()</c> and the model of the rows it yields.</summary>
internal static class ScopeParser
{
    private const string Name = "Scope";

    /// <summary>The model of the scope, or null where there is none or the scope cannot be used.</summary>
    public static INamedTypeSymbol? Parse(INamedTypeSymbol type, Compilation compilation, RuleReport report)
    {
        var candidates = Methods.Named(type, compilation, Name).ToArray();
        var scope = candidates.FirstOrDefault(static method => method.Parameters.Length == 0 && !method.IsGenericMethod);
        if (scope is null)
        {
            if (candidates.Length == 0) Refuse(type, "there is no such method");
            else Refuse(candidates[0], candidates[0].IsGenericMethod ? "it is generic" : "it takes parameters");
            return null;
        }

        if (scope.ReturnType.IsBroken())
        {
            report.Fail();
            return null;
        }

        if (!scope.ReturnType.Is(Names.Scope) || scope.RefKind != RefKind.None)
        {
            Refuse(scope, $"it returns {scope.ReturnType.Shown()}");
            return null;
        }

        if (((INamedTypeSymbol)scope.ReturnType).TypeArguments[0] is not INamedTypeSymbol row
            || (row.Attribute(Names.Model) is null && !ModelParser.IsModel(row)))
        {
            Refuse(scope, $"{((INamedTypeSymbol)scope.ReturnType).TypeArguments[0].Shown()} is not a [Model]");
            return null;
        }

        if (scope.ReturnType.NullableAnnotation == NullableAnnotation.Annotated) Refuse(scope, "it may return null");
        // The manifest names the model from outside the class.
        if (!row.IsFileLocal && !row.IsVisibleInAssembly()) Refuse(scope, $"its model {row.Name} is private");
        return row;

        void Refuse(ISymbol symbol, string problem) =>
            report.Report(DripRules.BackfillHasNoUsableScope, symbol, type.Name, problem);
    }
}
