using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Producers;

/// <summary>Takes <c>Retries</c> away from a step that must not run twice.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class TakeBackRetries() : TextFix(RuleIds.NonIdempotentStepIsRetried)
{
    protected override Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var list = target.Find<AttributeSyntax>()?.ArgumentList;
        var retries = list?.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "Retries");
        return Task.FromResult(retries is null ? null : new TextEdit("Remove 'Retries'", new TextChange(SpanOf(list!, retries), "")));
    }

    private static TextSpan SpanOf(AttributeArgumentListSyntax list, AttributeArgumentSyntax argument)
    {
        var arguments = list.Arguments;
        var index = arguments.IndexOf(argument);
        if (arguments.Count == 1) return list.Span;
        return index + 1 < arguments.Count
            ? TextSpan.FromBounds(argument.SpanStart, arguments[index + 1].SpanStart)
            : TextSpan.FromBounds(arguments[index - 1].Span.End, argument.Span.End);
    }
}
