using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Drip.Generators.PlanLocks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.PlanLocks;

/// <summary>Says with <c>[Renamed]</c>, beside <c>[Step]</c>, what a step was called in the plan lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SayRenamed() : TextFix(RuleIds.LockedPartIsGone)
{
    protected override Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (!target.Diagnostic.Properties.TryGetValue(LockFixHints.Former, out var former) || former is null) return Task.FromResult<TextEdit?>(null);
        var step = target.Find<MethodDeclarationSyntax>()?.AttributeLists
            .SelectMany(static list => list.Attributes)
            .FirstOrDefault(static attribute => NameOf(attribute.Name) is "Step" or "StepAttribute");
        if (step is null) return Task.FromResult<TextEdit?>(null);

        // Spelt with the namespace where [Step] is.
        var space = step.Name.ToString();
        space = space.Substring(0, space.Length - NameOf(step.Name).Length);
        var change = new TextChange(new TextSpan(step.Span.End, 0), $", {space}Renamed({SymbolDisplay.FormatLiteral(former, quote: true)})");
        return Task.FromResult<TextEdit?>(new TextEdit($"It is '{former}' renamed", change));
    }

    private static string NameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => "",
    };
}
