using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Drip.Generators.Analyzers.Hooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Hooks;

/// <summary>Calls next at the end of an around-hook that does not call it at all.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class CallNext() : TextFix(RuleIds.AroundHookMaySkipNext)
{
    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (!target.Diagnostic.Properties.ContainsKey(HookFixHints.NeverCalls)) return null;
        if (target.Find<MethodDeclarationSyntax>() is not { } method) return null;
        var model = await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || HookBody.NextOf(method, model) is not { } next) return null;

        var text = await target.Document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var change = HookBody.IsAsync(method) ? Append(method, next, text) : Return(method, next, model);
        return change is { } found ? new TextEdit($"Call '{next}' at the end", found) : null;
    }

    private static TextChange? Append(MethodDeclarationSyntax method, string next, SourceText text)
    {
        // Behind a return the call would not be reached on every path.
        if (method.Body is not { CloseBraceToken.IsMissing: false } body || HookBody.Own<ReturnStatementSyntax>(method).Any()) return null;
        var close = body.CloseBraceToken.SpanStart;
        var line = text.Lines.GetLineFromPosition(close);
        var indentation = text.ToString(TextSpan.FromBounds(line.Start, close));
        if (!string.IsNullOrWhiteSpace(indentation))
        {
            var gap = char.IsWhiteSpace(text[close - 1]) ? "" : " ";
            return new TextChange(new TextSpan(close, 0), $"{gap}await {next}(); ");
        }

        var above = text.Lines[line.LineNumber - 1];
        var newLine = text.ToString(TextSpan.FromBounds(above.End, above.EndIncludingLineBreak));
        return new TextChange(new TextSpan(line.Start, 0), $"{indentation}    await {next}();{newLine}");
    }

    private static TextChange? Return(MethodDeclarationSyntax method, string next, SemanticModel model)
    {
        var returns = HookBody.Own<ReturnStatementSyntax>(method).ToArray();
        var result = method.ExpressionBody?.Expression
            ?? (returns.Length == 1 && method.Body!.Statements.Last() == returns[0] ? returns[0].Expression : null);
        if (!HookBody.IsDoneTask(result)) return null;
        var isTask = model.GetTypeInfo(method.ReturnType).Type is { IsReferenceType: true };
        return new TextChange(result!.Span, isTask ? $"{next}()" : $"new {method.ReturnType}({next}())");
    }
}
