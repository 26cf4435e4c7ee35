using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Parsing.Producers;

/// <summary>
/// Reads from the text of a gate which models it looks at. The base class that gives it <c>Store</c> is not there yet, so nothing can be
/// bound; what is not plainly <c>Store.All&lt;T&gt;()</c> or <c>Store.Find&lt;T&gt;(id)</c> makes its reads unknown.
/// </summary>
internal sealed class GateReads
{
    private const string Store = "Store";
    private const string Record = "Record";
    private static readonly string[] s_queries = ["All", "Find"];

    private readonly INamedTypeSymbol _pipeline;
    private readonly IReadOnlyList<INamedTypeSymbol> _records;
    private readonly SortedSet<int> _reads = [];
    private bool _isKnown = true;
    private bool _readsRecord;

    private GateReads(INamedTypeSymbol pipeline, IReadOnlyList<INamedTypeSymbol> records) => (_pipeline, _records) = (pipeline, records);

    public static GateSpec Of(
        IMethodSymbol gate, INamedTypeSymbol pipeline, IReadOnlyList<INamedTypeSymbol> records, bool hasEach, CancellationToken cancellationToken)
    {
        var reads = new GateReads(pipeline, records);
        foreach (var reference in (gate.PartialImplementationPart ?? gate).DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax(cancellationToken).DescendantNodes()) reads.Visit(node);
        }

        return reads._isKnown
            ? new GateSpec(AreReadsKnown: true, reads._reads.ToEquatable(), hasEach && reads._readsRecord)
            : new GateSpec(AreReadsKnown: false, default, hasEach);
    }

    private void Visit(SyntaxNode node)
    {
        if (node is ThisExpressionSyntax { Parent: not MemberAccessExpressionSyntax } or BaseExpressionSyntax) _isKnown = false;
        // What stands behind a dot is a member of something else.
        if (node is not SimpleNameSyntax name || IsMemberOfOther(name)) return;
        var text = name.Identifier.ValueText;
        if (text == Record) _readsRecord = true;
        else if (text == Store) ReadStore(name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name);
        else if (_pipeline.GetMembers(text).Any(CanReadMore)) _isKnown = false;
    }

    private void ReadStore(ExpressionSyntax store)
    {
        var model = store.Parent is MemberAccessExpressionSyntax
        {
            Parent: InvocationExpressionSyntax,
            Name: GenericNameSyntax { TypeArgumentList.Arguments: [NameSyntax type] } query,
        } access && access.Expression == store && s_queries.Contains(query.Identifier.ValueText)
            ? IndexOf(type)
            : -1;
        if (model < 0) _isKnown = false;
        else _reads.Add(model);
    }

    private int IndexOf(NameSyntax type)
    {
        var name = type switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return _records.ToList().FindIndex(record => record.Name == name);
    }

    private static bool IsMemberOfOther(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name && access.Expression is not ThisExpressionSyntax,
        MemberBindingExpressionSyntax => true,
        QualifiedNameSyntax qualified => qualified.Right == name,
        _ => false,
    };

    // Static members have no store, and fields hold none; methods and properties of the object may.
    private static bool CanReadMore(ISymbol member) => member is { IsStatic: false } and (IMethodSymbol or IPropertySymbol);
}
