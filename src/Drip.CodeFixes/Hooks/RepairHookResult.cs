using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Hooks;

/// <summary>Lets a hook return a task: instead of nothing, where it has to be waited for, or instead of a task with a value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RepairHookResult() : TextFix(RuleIds.HookHasWrongResult)
{
    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Find<MethodDeclarationSyntax>() is not { } method) return null;
        var model = await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(method, cancellationToken) is not { IsOverride: false } symbol) return null;
        if (model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task") is not { } task) return null;

        var name = task.ToMinimalDisplayString(model, method.ReturnType.SpanStart);
        var toTask = new TextChange(method.ReturnType.Span, name);
        if (!symbol.ReturnsVoid)
        {
            // A Task<T> is a Task; an async method would have to return something else as well.
            var isTask = SymbolEqualityComparer.Default.Equals(symbol.ReturnType.BaseType, task);
            return isTask && !symbol.IsAsync ? new TextEdit("Return Task", toTask) : null;
        }

        if (symbol.IsAsync) return new TextEdit("Return Task", toTask);
        if (method.ExpressionBody is { Expression: { } expression })
        {
            var isTask = SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(expression, cancellationToken).Type, task);
            return isTask ? new TextEdit("Return Task", toTask) : null;
        }

        var next = HookBody.NextOf(method, model);
        var calls = HookBody.Own<ExpressionStatementSyntax>(method)
            .Where(statement => statement.Expression is InvocationExpressionSyntax { Expression: IdentifierNameSyntax called } && called.Identifier.Text == next)
            .Select(static statement => new TextChange(new TextSpan(statement.SpanStart, 0), "await "))
            .ToArray();
        var toAsync = new TextChange(method.ReturnType.Span, $"async {name}");
        return calls.Length == 0 ? null : new TextEdit($"Return Task and await '{next}'", calls.Prepend(toAsync).ToArray());
    }
}
