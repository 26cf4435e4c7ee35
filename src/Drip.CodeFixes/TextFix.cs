using System.Collections.Immutable;
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

    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        foreach (var diagnostic in context.Diagnostics)
        {
            var target = new FixTarget(context.Document, root, diagnostic);
            if (await FindAsync(target, context.CancellationToken).ConfigureAwait(false) is not { } edit) continue;
            context.RegisterCodeFix(
                CodeAction.Create(edit.Title, cancellationToken => ApplyAsync(target.Document, edit, cancellationToken), GetType().Name),
                diagnostic);
        }
    }

    /// <summary>What to change, or null where one edit does not repair it.</summary>
    protected abstract Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken);

    private static async Task<Document> ApplyAsync(Document document, TextEdit edit, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(edit.Changes));
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
