using System;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Analyzers;

/// <summary>Hands what a parser finds to the analyzer's host.</summary>
internal sealed class RuleSink(Action<Diagnostic> report) : IRuleSink
{
    public void Report(Diagnostic diagnostic) => report(diagnostic);
}
