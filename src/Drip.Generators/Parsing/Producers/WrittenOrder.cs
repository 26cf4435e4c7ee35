using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>The order in which members are written: by file path, then from top to bottom, whatever the order of the files.</summary>
internal static class WrittenOrder
{
    public static IEnumerable<T> InWrittenOrder<T>(this IEnumerable<T> members) where T : ISymbol => members
        .Select(static member => (Member: member, Place: First(member)))
        .OrderBy(static entry => entry.Place?.SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(static entry => entry.Place?.SourceSpan.Start ?? 0)
        .Select(static entry => entry.Member);

    private static Location? First(ISymbol member) => member.Locations
        .OrderBy(static location => location.SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(static location => location.SourceSpan.Start)
        .FirstOrDefault();
}
