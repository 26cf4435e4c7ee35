using System.Threading;
using System.Threading.Tasks;
using Drip.Generators.Analyzers.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Sql;

/// <summary>Removes ORDER BY or LIMIT and all that follows from a scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RemovePaging() : TextFix(RuleIds.ScopeHasOrderOrLimit)
{
    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (!target.Diagnostic.Properties.ContainsKey(SqlFixHints.HasTail)) return null;
        if (target.Find<InterpolatedStringExpressionSyntax>() is not { Contents: { Count: > 0 } contents }) return null;

        var text = await target.Document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var start = target.Span.Start;
        while (char.IsWhiteSpace(text[start - 1])) start--;
        return new TextEdit("Remove the order and the limit", new TextChange(TextSpan.FromBounds(start, contents.Last().Span.End), ""));
    }
}
