using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>What is read from each file once. A tree never changes, and what was read of it goes when it goes.</summary>
internal sealed class PerTree<T>(Func<SyntaxTree, CancellationToken, T> read) where T : class
{
    private readonly ConditionalWeakTable<SyntaxTree, T> _known = new();

    public T Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(tree, out var known)) return known;
        var made = read(tree, cancellationToken);
        return _known.GetValue(tree, _ => made);
    }
}
