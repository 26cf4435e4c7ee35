using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Hooks;

/// <summary>
/// Gives a hook the parameters that it can have: the other context, a value instead of a reference, a <c>HookNext</c> where
/// one is missing, none where none can be.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RepairHookParameters() : TextFix(RuleIds.HookHasWrongParameters)
{
    private const string RunContext = "Drip.RunContext";
    private const string BatchContext = "Drip.BatchContext";
    private const string HookNext = "Drip.HookNext";

    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var model = await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null) return null;
        if (target.Find<ParameterSyntax>() is { } parameter) return Repair(parameter, model, cancellationToken);
        return target.Find<MethodDeclarationSyntax>() is { } method ? AddNext(method, model, cancellationToken) : null;
    }

    private static TextEdit? Repair(ParameterSyntax parameter, SemanticModel model, CancellationToken cancellationToken)
    {
        if (parameter is not { Type: { } type, Parent: ParameterListSyntax { Parent: MethodDeclarationSyntax method } list }) return null;
        var name = parameter.Identifier.ValueText;
        if (parameter.Modifiers.Count > 0)
        {
            return parameter.Modifiers.All(IsOfReferences)
                ? new TextEdit($"Pass '{name}' by value", new TextChange(TextSpan.FromBounds(parameter.Modifiers[0].SpanStart, type.SpanStart), ""))
                : null;
        }

        var symbol = model.GetTypeInfo(type, cancellationToken).Type;
        if (IsType(symbol, model, HookNext))
        {
            var isUsed = method.DescendantNodes().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == name);
            return isUsed ? null : new TextEdit($"Remove '{name}'", new TextChange(SpanWithComma(list, parameter), ""));
        }

        var other = IsType(symbol, model, RunContext) ? BatchContext : IsType(symbol, model, BatchContext) ? RunContext : null;
        if (other is null || model.Compilation.GetTypeByMetadataName(other) is not { } right) return null;
        return new TextEdit($"Take a {right.Name}", new TextChange(type.Span, right.ToMinimalDisplayString(model, type.SpanStart)));
    }

    private static TextEdit? AddNext(MethodDeclarationSyntax method, SemanticModel model, CancellationToken cancellationToken)
    {
        if (method.TypeParameterList is not null || !method.Identifier.ValueText.StartsWith("Around")) return null;
        if (model.Compilation.GetTypeByMetadataName(HookNext) is not { } next) return null;
        var parameters = method.ParameterList.Parameters;
        if (parameters.Any(parameter => IsType(model.GetDeclaredSymbol(parameter, cancellationToken)?.Type, model, HookNext))) return null;

        var isTaken = method.DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == "next");
        var text = $"{next.ToMinimalDisplayString(model, method.ParameterList.SpanStart)} {(isTaken ? "hookNext" : "next")}";
        // People write tokens last, and what can be left out must be.
        var behind = parameters.FirstOrDefault(parameter => parameter.Default is not null
            || IsType(model.GetDeclaredSymbol(parameter, cancellationToken)?.Type, model, "System.Threading.CancellationToken"));
        var change = behind is not null
            ? new TextChange(new TextSpan(behind.SpanStart, 0), text + ", ")
            : new TextChange(new TextSpan(method.ParameterList.CloseParenToken.SpanStart, 0), parameters.Count > 0 ? ", " + text : text);
        return new TextEdit("Take a HookNext", change);
    }

    private static bool IsOfReferences(SyntaxToken modifier) =>
        modifier.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword or SyntaxKind.ReadOnlyKeyword;

    private static bool IsType(ITypeSymbol? type, SemanticModel model, string name) =>
        type is not null && SymbolEqualityComparer.Default.Equals(type, model.Compilation.GetTypeByMetadataName(name));

    private static TextSpan SpanWithComma(ParameterListSyntax list, ParameterSyntax parameter)
    {
        var parameters = list.Parameters;
        var index = parameters.IndexOf(parameter);
        if (index + 1 < parameters.Count) return TextSpan.FromBounds(parameter.SpanStart, parameters[index + 1].SpanStart);
        return TextSpan.FromBounds(index > 0 ? parameters[index - 1].Span.End : parameter.SpanStart, parameter.Span.End);
    }
}
