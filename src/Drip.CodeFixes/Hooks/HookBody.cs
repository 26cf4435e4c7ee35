using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.CodeFixes.Hooks;

/// <summary>What fixes ask about the body of a hook.</summary>
internal static class HookBody
{
    /// <summary>The nodes of this kind in the method itself, not in its lambdas and local functions.</summary>
    public static IEnumerable<TNode> Own<TNode>(MethodDeclarationSyntax method) where TNode : SyntaxNode =>
        method.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<TNode>();

    /// <summary>The name of the parameter with which the hook calls what it stands around.</summary>
    public static string? NextOf(MethodDeclarationSyntax method, SemanticModel model)
    {
        var type = model.Compilation.GetTypeByMetadataName("Drip.HookNext");
        return method.ParameterList.Parameters
            .FirstOrDefault(parameter => SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(parameter)?.Type, type))?
            .Identifier.Text;
    }

    public static bool IsAsync(MethodDeclarationSyntax method) => method.Modifiers.Any(SyntaxKind.AsyncKeyword);

    /// <summary>Whether the expression is a task that is done already, which a method without <c>await</c> returns.</summary>
    public static bool IsDoneTask(ExpressionSyntax? expression) =>
        expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } or DefaultExpressionSyntax
        || expression.IsKind(SyntaxKind.DefaultLiteralExpression);
}
