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
            var end = setter.IsKind(SyntaxKind.InitAccessorDeclaration) || setter.Modifiers.Count > 0 ? setter.Keyword.Span.End : 0;
            return end == 0 ? null : new TextChange(TextSpan.FromBounds(setter.SpanStart, end), "set");
        }

        // A getter with a body has no field that a setter could write to.
        var getter = accessors.Accessors[0];
        return getter is { Body: null, ExpressionBody: null } ? new TextChange(new TextSpan(getter.Span.End, 0), " set;") : null;
    }

    private static bool IsSetter(AccessorDeclarationSyntax accessor) =>
        accessor.Kind() is SyntaxKind.SetAccessorDeclaration or SyntaxKind.InitAccessorDeclaration;
}
