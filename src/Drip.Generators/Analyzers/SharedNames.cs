using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Drip.Generators.Analyzers;

/// <summary>Reports types that go by one name: all but the first, by the names of their classes.</summary>
internal static class SharedNames
{
    public static void Report(
        CompilationAnalysisContext end, DiagnosticDescriptor rule, IEnumerable<INamedTypeSymbol> types, Func<INamedTypeSymbol, string> nameOf)
    {
        foreach (var group in types.GroupBy(nameOf, StringComparer.Ordinal))
        {
            var sharing = group.OrderBy(static type => type.ToDisplayString(), StringComparer.Ordinal).ToArray();
            foreach (var type in sharing.Skip(1))
                end.ReportDiagnostic(Diagnostic.Create(rule, type.Locations.FirstOrDefault(), group.Key, sharing[0].ToDisplayString()));
        }
    }
}
