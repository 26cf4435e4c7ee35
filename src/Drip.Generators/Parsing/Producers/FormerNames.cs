using System.Linq;
using Drip.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Reads <c>[Renamed]</c>.</summary>
internal static class FormerNames
{
    public static EquatableArray<string> Of(ISymbol symbol) => symbol.GetAttributes()
        .Where(static attribute => attribute.AttributeClass.Is(Names.Renamed))
        .Select(static attribute => attribute.Argument(0))
        .OfType<string>()
        .ToEquatable();
}
