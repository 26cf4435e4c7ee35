using System.Threading;
using System.Threading.Tasks;
using Drip.Generators.Analyzers.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Sql;

/// <summary>Replaces an unknown column's name by the one that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UseNearestColumn() : TextFix(RuleIds.SqlNamesUnknownColumn)
{
    protected override Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(
            target.Diagnostic.Properties.TryGetValue(SqlFixHints.Column, out var column) && column is not null
                ? new TextEdit($"Change to '{column}'", new TextChange(target.Span, column))
                : null);
}
