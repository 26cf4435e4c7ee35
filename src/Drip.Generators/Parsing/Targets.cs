using System.Linq;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>What an attribute was found on.</summary>
internal static class Targets
{
    /// <summary>
    /// The type with the attribute; null where another of its parts has the attribute too and comes first, since two
    /// outputs of one name would lose all output of the generator.
    /// </summary>
    public static INamedTypeSymbol? FirstOfType(this GeneratorAttributeSyntaxContext target)
    {
        if (target.TargetSymbol is not INamedTypeSymbol type) return null;
        var attribute = target.Attributes[0].AttributeClass;
        var first = type.GetAttributes().FirstOrDefault(candidate =>
            SymbolEqualityComparer.Default.Equals(candidate.AttributeClass, attribute));
        var isHere = first?.ApplicationSyntaxReference is { } reference
            && reference.SyntaxTree == target.TargetNode.SyntaxTree
            && target.TargetNode.FullSpan.Contains(reference.Span);
        return isHere ? type : null;
    }
}
