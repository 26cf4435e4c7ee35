using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Finds methods that generated code inside a type can call by name.</summary>
internal static class Methods
{
    /// <summary>The ordinary methods of the name, those of base classes included unless they are private there or replaced.</summary>
    public static IReadOnlyList<IMethodSymbol> Named(INamedTypeSymbol type, Compilation compilation, string name)
    {
        var found = new List<IMethodSymbol>();
        foreach (var declaring in type.Lineage())
        {
            foreach (var method in declaring.GetMembers(name).OfType<IMethodSymbol>())
            {
                if (method.MethodKind == MethodKind.Ordinary
                    && compilation.IsSymbolAccessibleWithin(method, type)
                    && !found.Any(other => TakesTheSame(other, method)))
                {
                    found.Add(method);
                }
            }
        }

        return found;
    }

    private static bool TakesTheSame(IMethodSymbol derived, IMethodSymbol inherited) =>
        !SymbolEqualityComparer.Default.Equals(derived.ContainingType, inherited.ContainingType)
        && derived.Arity == inherited.Arity
        && derived.Parameters.Select(static parameter => parameter.Type)
            .SequenceEqual(inherited.Parameters.Select(static parameter => parameter.Type), SymbolEqualityComparer.Default);
}
