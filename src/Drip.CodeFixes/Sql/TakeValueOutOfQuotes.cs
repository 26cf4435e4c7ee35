using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Sql;

/// <summary>
/// Removes the quotes around values; text that stands within the same quotes is joined: <c>'%{name}%'</c> becomes
/// <c>'%' || {name} || '%'</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class TakeValueOutOfQuotes() : TextFix(RuleIds.ValueStandsInsideQuotes)
{
    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Diagnostic.AdditionalLocations.Count == 0) return null;
        if (target.Find<InterpolatedStringExpressionSyntax>() is not { } expression) return null;

        var literal = target.Diagnostic.AdditionalLocations[0].SourceSpan;
        var text = await target.Document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (Unquoted(expression, literal, text) is not { } unquoted) return null;
        return new TextEdit("Take the value out of the quotes", new TextChange(literal, unquoted));
    }

    private static string? Unquoted(InterpolatedStringExpressionSyntax expression, TextSpan literal, SourceText text)
    {
        if (text[literal.Start] == '\'') return string.Join(" || ", Pieces(expression, literal, text));

        // Within double quotes or backquotes SQL sees a name, which a value cannot be part of.
        var hole = HolesIn(expression, literal).First().ToString();
        return text.ToString(literal).Trim('\\', '"', '`') == hole ? hole : null;
    }

    private static IEnumerable<string> Pieces(InterpolatedStringExpressionSyntax expression, TextSpan literal, SourceText text)
    {
        var from = literal.Start + 1;
        foreach (var hole in HolesIn(expression, literal))
        {
            if (hole.SpanStart > from) yield return $"'{text.ToString(TextSpan.FromBounds(from, hole.SpanStart))}'";
            yield return hole.ToString();
            from = hole.Span.End;
        }

        if (from < literal.End - 1) yield return $"'{text.ToString(TextSpan.FromBounds(from, literal.End - 1))}'";
    }

    private static IEnumerable<InterpolationSyntax> HolesIn(InterpolatedStringExpressionSyntax expression, TextSpan literal) =>
        expression.Contents.OfType<InterpolationSyntax>().Where(hole => literal.Contains(hole.Span));
}
