using System.Threading;
using System.Threading.Tasks;
using Drip.Generators.Parsing.Producers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Producers;

/// <summary>Names the step that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UseNearestStep() : TextFix(RuleIds.StepIsUnknown)
{
    protected override Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(
            target.Diagnostic.Properties.TryGetValue(StepFixHints.Nearest, out var step) && step is not null
                ? new TextEdit($"Change to '{step}'", new TextChange(target.Span, $"nameof({step})"))
                : null);
}
