using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Declarations;

/// <summary>Adds a <c>ProcessElement</c> for the model of the backfill's scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AddProcessElement() : TextFix(RuleIds.BackfillHasNoProcessMethod)
{
    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Find<TypeDeclarationSyntax>() is not { CloseBraceToken.Span.IsEmpty: false } declaration) return null;
        var model = await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(declaration, cancellationToken) is not { } type) return null;

        var scope = type.GetMembers("Scope").OfType<IMethodSymbol>().FirstOrDefault()?.ReturnType as INamedTypeSymbol;
        if (scope?.TypeArguments.FirstOrDefault() is not INamedTypeSymbol { TypeKind: not TypeKind.Error } row) return null;
        if (model.Compilation.GetTypeByMetadataName("Drip.Changes`1") is not { } changes) return null;

        var position = declaration.CloseBraceToken.SpanStart;
        var rowName = row.ToMinimalDisplayString(model, position);
        var changesName = changes.Construct(row).ToMinimalDisplayString(model, position);
        var parameter = ParameterName(row.Name);
        return new TextEdit("Add ProcessElement", await InsertAsync(
            target.Document,
            declaration,
            $"private void ProcessElement({rowName} {parameter}, {changesName} changes) => changes.Update({parameter});",
            cancellationToken).ConfigureAwait(false));
    }

    private static string ParameterName(string type)
    {
        var name = char.ToLowerInvariant(type[0]) + type.Substring(1);
        var isTaken = name == "changes" || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None;
        return isTaken ? "row" : name;
    }

    private static async Task<TextChange> InsertAsync(
        Document document, TypeDeclarationSyntax declaration, string member, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var end = text.Lines.GetLineFromPosition(declaration.SpanStart);
        var newLine = end.EndIncludingLineBreak - end.End is var length and > 0 ? text.ToString(new TextSpan(end.End, length)) : "\n";

        var close = declaration.CloseBraceToken.SpanStart;
        var closingLine = text.Lines.GetLineFromPosition(close);
        var indentation = text.ToString(TextSpan.FromBounds(closingLine.Start, close));
        var isAlone = string.IsNullOrWhiteSpace(indentation);
        if (!isAlone) return new TextChange(new TextSpan(close, 0), $" {member} ");
        var gap = declaration.Members.Count > 0 ? newLine : "";
        return new TextChange(new TextSpan(closingLine.Start, 0), $"{gap}{indentation}    {member}{newLine}");
    }
}
