using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Hooks;

/// <summary>Adds <c>static</c> to a hook handler whose members all are static.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class MakeHandlerStatic() : TextFix(RuleIds.HookHandlerCannotBeCalled)
{
    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Find<ClassDeclarationSyntax>() is not { BaseList: null } declaration) return null;
        var model = await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(declaration, cancellationToken) is not { IsStatic: false, IsAbstract: false, IsSealed: false } type) return null;
        if (!type.GetMembers().All(static member => member.IsStatic || member.IsImplicitlyDeclared || member is ITypeSymbol)) return null;

        var partial = declaration.Modifiers.FirstOrDefault(static modifier => modifier.IsKind(SyntaxKind.PartialKeyword));
        var position = partial.IsKind(SyntaxKind.None) ? declaration.Keyword.SpanStart : partial.SpanStart;
        return new TextEdit($"Make '{type.Name}' static", new TextChange(new TextSpan(position, 0), "static "));
    }
}
