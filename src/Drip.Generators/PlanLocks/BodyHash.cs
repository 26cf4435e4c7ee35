using System;
using System.Linq;
using System.Threading;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.PlanLocks;

/// <summary>A short digest of what a method does as it is written: of its tokens, so that spaces, line breaks and comments do not matter.</summary>
internal static class BodyHash
{
    private const int Bytes = 8;

    public static string Of(IMethodSymbol method, CancellationToken cancellationToken)
    {
        using var digest = new Digest();
        var declaration = (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken);
        SyntaxNode? body = declaration is BaseMethodDeclarationSyntax own ? (SyntaxNode?)own.Body ?? own.ExpressionBody : null;
        if (body is not null)
        {
            foreach (var token in body.DescendantTokens()) digest.Add(token.Text);
        }

        return string.Concat(digest.Finish().Take(Bytes).Select(static part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether a text can be such a digest.</summary>
    public static bool IsOne(string text) => text.Length == 2 * Bytes && text.All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
