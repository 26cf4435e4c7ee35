using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Takes what a parser finds wrong. Analyzers pass one; generators pass none.</summary>
internal interface IRuleSink
{
    void Report(Diagnostic diagnostic);
}

/// <summary>What is wrong with one type: the first error is kept for the generated stub, everything goes to the sink.</summary>
internal sealed class RuleReport(IRuleSink? sink)
{
    /// <summary>The first error as the stub names it; null if there is none.</summary>
    public string? Error { get; private set; }

    public void Report(DiagnosticDescriptor rule, ISymbol symbol, params object[] args) =>
        Add(rule, sink is null ? null : symbol.Locations.FirstOrDefault(), args);

    /// <summary>Reports on an attribute where it is written in source, else on the symbol that has it.</summary>
    public void Report(DiagnosticDescriptor rule, AttributeData attribute, ISymbol symbol, params object[] args) =>
        Add(rule, sink is null ? null : LocationOf(attribute) ?? symbol.Locations.FirstOrDefault(), args);

    /// <summary>Reports at a place in the source, with what a code fix needs to know.</summary>
    public void Report(DiagnosticDescriptor rule, Location? location, ImmutableDictionary<string, string?> hints, params object[] args) =>
        Add(rule, sink is null ? null : location, args, hints);

    /// <summary>Notes that the author's code has an error which the compiler reports by itself.</summary>
    public void Fail() => Error ??= "the compiler's errors";

    private void Add(DiagnosticDescriptor rule, Location? location, object[] args, ImmutableDictionary<string, string?>? hints = null)
    {
        if (rule.DefaultSeverity == DiagnosticSeverity.Error) Error ??= rule.Id;
        sink?.Report(Diagnostic.Create(rule, location, hints, args));
    }

    private static Location? LocationOf(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } reference ? reference.SyntaxTree.GetLocation(reference.Span) : null;
}
