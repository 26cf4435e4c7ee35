using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Producers;

/// <summary>Gives a step a <c>CancellationToken</c>; where it is passed on is the author's to say.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class TakeToken() : TextFix(RuleIds.StepAwaitsWithoutToken)
{
    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        // A partial method has a second declaration, perhaps in another file.
        if (target.Find<MethodDeclarationSyntax>() is not { } method || method.Modifiers.Any(SyntaxKind.PartialKeyword)) return null;
        var model = await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.Compilation.GetTypeByMetadataName("System.Threading.CancellationToken") is not { } token) return null;

        var isTaken = method.DescendantTokens().Any(static name => name.IsKind(SyntaxKind.IdentifierToken) && name.ValueText == "cancellationToken");
        var text = $"{token.ToMinimalDisplayString(model, method.ParameterList.SpanStart)} {(isTaken ? "stepCancellation" : "cancellationToken")}";
        var parameters = method.ParameterList.Parameters;
        var behind = parameters.FirstOrDefault(static parameter => parameter.Default is not null);
        var change = behind is not null
            ? new TextChange(new TextSpan(behind.SpanStart, 0), text + ", ")
            : new TextChange(new TextSpan(method.ParameterList.CloseParenToken.SpanStart, 0), parameters.Count > 0 ? ", " + text : text);
        return new TextEdit("Take a CancellationToken", change);
    }
}
