using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Hooks;

/// <summary>Awaits the call of next, where its function is asynchronous already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AwaitNext() : TextFix(RuleIds.AroundHookDoesNotAwaitNext)
{
    protected override Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(FindChange(target) is { } change ? new TextEdit("Await the call", change) : null);

    private static TextChange? FindChange(FixTarget target)
    {
        if (target.Find<ExpressionStatementSyntax>() is not { } statement || !IsInAsync(statement)) return null;
        return statement.Expression switch
        {
            InvocationExpressionSyntax => new TextChange(new TextSpan(statement.SpanStart, 0), "await "),
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } discard } assignment =>
                new TextChange(TextSpan.FromBounds(discard.SpanStart, assignment.Right.SpanStart), "await "),
            _ => null,
        };
    }

    private static bool IsInAsync(StatementSyntax statement)
    {
        foreach (var node in statement.Ancestors())
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax lambda: return lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax function: return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method: return HookBody.IsAsync(method);
            }
        }

        return false;
    }
}
