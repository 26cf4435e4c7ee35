using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Reads <c>[Retired]</c>.</summary>
internal static class RetiredNames
{
    public static bool Contain(ISymbol symbol, string name) => Of(symbol).Any(retired => retired.Name == name);

    /// <summary>The names, with the attributes that say them.</summary>
    public static IEnumerable<(AttributeData Attribute, string Name)> Of(ISymbol symbol) => symbol.GetAttributes()
        .Where(static attribute => attribute.AttributeClass.Is(Names.Retired))
        .Select(static attribute => (Attribute: attribute, Name: attribute.Argument(0) as string))
        .Where(static retired => retired.Name is not null)
        .Select(static retired => (retired.Attribute, retired.Name!));
}
