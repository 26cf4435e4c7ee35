using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Declarations;

/// <summary>Adds <c>partial</c> to a type and to every type around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class MakePartial() : TextFix(
    RuleIds.BackfillIsNotPartial, RuleIds.ProducerIsNotPartial, RuleIds.ModelIsNotPartial, RuleIds.HookHandlerIsNotPartial)
{
    protected override Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Find<TypeDeclarationSyntax>() is not { } type) return Task.FromResult<TextEdit?>(null);
        var changes = type.AncestorsAndSelf()
            .OfType<TypeDeclarationSyntax>()
            .Where(static declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(static declaration => new TextChange(new TextSpan(declaration.Keyword.SpanStart, 0), "partial "))
            .ToArray();
        return Task.FromResult(changes.Length == 0 ? null : new TextEdit($"Make '{type.Identifier.ValueText}' partial", changes));
    }
}
