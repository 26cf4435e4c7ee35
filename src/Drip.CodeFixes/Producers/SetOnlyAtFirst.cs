using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Producers;

/// <summary>Lets a member of a producer's model be set when the record is made, and never again.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SetOnlyAtFirst() : TextFix(RuleIds.RecordIsUnsuitable)
{
    protected override Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        // Only a property is marked where its setter is the mistake; a type around it says something else.
        var property = target.Root.FindNode(target.Span) as PropertyDeclarationSyntax;
        var setter = property?.AccessorList?.Accessors.FirstOrDefault(static accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration));
        return Task.FromResult(setter is null ? null : new TextEdit("Write 'init' instead of 'set'", new TextChange(setter.Keyword.Span, "init")));
    }
}
