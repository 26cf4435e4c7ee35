using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes;

/// <summary>
/// A fix that changes a few characters of one file and leaves the author's layout alone. Fixes are stateless, so none is
/// marked as shared: that attribute would tie this assembly to one version of the editor's composition library.
/// </summary>
internal abstract class TextFix(params string[] rules) : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(rules);

    // Two diagnostics can ask for the same change (a class around two models), which a merge of finished documents refuses.
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        var edits = await FindAllAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false);
        var changes = edits.SelectMany(static edit => edit.Edit.Changes).Distinct().OrderBy(static change => change.Span);
        return await ApplyAsync(document, changes, context.CancellationToken).ConfigureAwait(false);
    });

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var edits = await FindAllAsync(context.Document, context.Diagnostics, context.CancellationToken).ConfigureAwait(false);
        foreach (var (diagnostic, edit) in edits)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    edit.Title, cancellationToken => ApplyAsync(context.Document, edit.Changes, cancellationToken), GetType().Name),
                diagnostic);
        }
    }

    /// <summary>What to change, or null where one edit does not repair it.</summary>
    protected abstract Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken);

    private async Task<IReadOnlyList<(Diagnostic Diagnostic, TextEdit Edit)>> FindAllAsync(
        Document document, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var edits = new List<(Diagnostic, TextEdit)>();
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root) return edits;
        foreach (var diagnostic in diagnostics)
        {
            var edit = await FindAsync(new FixTarget(document, root, diagnostic), cancellationToken).ConfigureAwait(false);
            if (edit is not null) edits.Add((diagnostic, edit));
        }

        return edits;
    }

    private static async Task<Document> ApplyAsync(
        Document document, IEnumerable<TextChange> changes, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes));
    }
}

/// <summary>What a fix changes.</summary>
internal sealed class TextEdit(string title, params TextChange[] changes)
{
    public string Title { get; } = title;

    public TextChange[] Changes { get; } = changes;
}

/// <summary>The diagnostic to repair, and where it stands.</summary>
internal sealed class FixTarget(Document document, SyntaxNode root, Diagnostic diagnostic)
{
    public Document Document { get; } = document;

    public SyntaxNode Root { get; } = root;

    public Diagnostic Diagnostic { get; } = diagnostic;

    public TextSpan Span => Diagnostic.Location.SourceSpan;

    /// <summary>The innermost node of this kind around the diagnostic.</summary>
    public TNode? Find<TNode>() where TNode : SyntaxNode => Root.FindNode(Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<TNode>();
}
