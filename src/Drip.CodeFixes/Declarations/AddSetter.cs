using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Declarations;

/// <summary>Gives an option's automatic property a <c>set</c> accessor, or makes the one it has as visible as the property.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AddSetter() : TextFix(RuleIds.OptionCannotBeSet)
{
    protected override Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(FindChange(target) is { } change ? new TextEdit("Give the option a 'set' accessor", change) : null);

    private static TextChange? FindChange(FixTarget target)
    {
        if (target.Find<PropertyDeclarationSyntax>() is not { AccessorList: { } accessors } property) return null;
        if (!property.Modifiers.Any(SyntaxKind.PublicKeyword) && !property.Modifiers.Any(SyntaxKind.InternalKeyword)) return null;
        if (property.Modifiers.Any(SyntaxKind.StaticKeyword)) return null;
        if (accessors.Accessors.FirstOrDefault(IsSetter) is { } setter)
        {
            if (setter.IsKind(SyntaxKind.SetAccessorDeclaration) && setter.Modifiers.Count == 0) return null;
            var start = setter.Modifiers.Count > 0 ? setter.Modifiers[0].SpanStart : setter.Keyword.SpanStart;
            return new TextChange(TextSpan.FromBounds(start, setter.Keyword.Span.End), "set");
        }

        // A getter with a body has no field that a setter could write to.
        return accessors.Accessors.FirstOrDefault() is { Body: null, ExpressionBody: null } getter ? new TextChange(new TextSpan(getter.Span.End, 0), " set;") : null;
    }

    private static bool IsSetter(AccessorDeclarationSyntax accessor) =>
        accessor.Kind() is SyntaxKind.SetAccessorDeclaration or SyntaxKind.InitAccessorDeclaration;
}
