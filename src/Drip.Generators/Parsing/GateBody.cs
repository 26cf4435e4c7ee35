using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Parsing;

/// <summary>Tells by the letter which methods may be gates of pipelines: of all bodies, only theirs are read by the parsers.</summary>
internal static class GateBody
{
    public const string Name = "Open";

    /// <summary>Whether the node is, or is inside of, the body of such a method.</summary>
    public static bool Contains(SyntaxNode node) =>
        node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault() is MethodDeclarationSyntax
        {
            Identifier.ValueText: Name,
            ParameterList.Parameters.Count: 0,
            Parent: TypeDeclarationSyntax { Parent: TypeDeclarationSyntax },
        };
}
