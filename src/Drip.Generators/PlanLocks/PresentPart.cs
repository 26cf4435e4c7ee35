using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Parsing.Producers;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.PlanLocks;

/// <summary>A part of a producer as it is in the code.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Symbol">Where it is declared.</param>
/// <param name="Facts">What a lock says of it.</param>
internal sealed record PresentPart<T>(string Name, ISymbol Symbol, T Facts);

internal static class PresentParts
{
    /// <summary>The part that the lock knows by a name: the one that has it, else the one that had it.</summary>
    public static PresentPart<T>? Find<T>(this IReadOnlyList<PresentPart<T>> parts, string locked) =>
        parts.FirstOrDefault(part => part.Name == locked) ?? parts.FirstOrDefault(part => FormerNames.Of(part.Symbol).Contains(locked));
}
