using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.CodeFixes.Declarations;

/// <summary>Takes a property that cannot be stored out of its model with <c>[NotMapped]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class LeaveUnmapped() : TextFix(RuleIds.ColumnTypeIsUnsupported)
{
    private const string NotMapped = "System.ComponentModel.DataAnnotations.Schema.NotMapped";

    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        // Rows are made without unmapped members, which positional and required ones do not allow.
        if (target.Find<PropertyDeclarationSyntax>() is not { } property) return null;
        if (property.Modifiers.Any(SyntaxKind.RequiredKeyword)) return null;
        var model = await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.Compilation.GetTypeByMetadataName(NotMapped + "Attribute") is null) return null;

        var text = await target.Document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return new TextEdit(
            $"Leave '{property.Identifier.ValueText}' out of the table", AttributeText.Before(property, $"[{NotMapped}]", text));
    }
}
