using System.Collections.Generic;
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

/// <summary>Gives a method the name of the hook that was probably meant, and corrects the calls of it in the same file.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RenameHook() : TextFix(RuleIds.HookIsMisspelt)
{
    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (!target.Diagnostic.Properties.TryGetValue(HookFixHints.Name, out var name) || name is null) return null;
        if (target.Find<MethodDeclarationSyntax>() is not { } declaration) return null;
        var model = await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(declaration, cancellationToken) is not { } method) return null;

        var changes = Uses(target.Root, model, method, cancellationToken)
            .Prepend(declaration.Identifier.Span)
            .Select(span => new TextChange(span, name))
            .ToArray();
        return new TextEdit($"Rename to '{name}'", changes);
    }

    private static IEnumerable<TextSpan> Uses(SyntaxNode root, SemanticModel model, IMethodSymbol method, CancellationToken cancellationToken) => root
        .DescendantNodes()
        .OfType<SimpleNameSyntax>()
        .Where(use => use.Identifier.ValueText == method.Name
            && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellationToken).Symbol?.OriginalDefinition, method))
        .Select(static use => use.Identifier.Span);
}
