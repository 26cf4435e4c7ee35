using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.CodeFixes.Declarations;

/// <summary>Marks the key of a model where only one member can be meant: the one whose name ends in <c>Id</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class MarkKey() : TextFix(RuleIds.ModelHasNoKey)
{
    protected override async Task<TextEdit?> FindAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Find<TypeDeclarationSyntax>() is not { } declaration) return null;
        var model = await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol type) return null;

        var candidates = type.GetMembers().OfType<IPropertySymbol>().Where(CanBeMeant).ToArray();
        if (candidates.Length != 1 || !CanBeKey(candidates[0].Type)) return null;
        var key = candidates[0];
        if (key.DeclaringSyntaxReferences.Length != 1 || key.DeclaringSyntaxReferences[0].SyntaxTree != target.Root.SyntaxTree) return null;

        var member = await key.DeclaringSyntaxReferences[0].GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
        var text = await target.Document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var attribute = $"[{NameOfKey(model, member.SpanStart)}]";
        return new TextEdit($"Mark '{key.Name}' as the key", AttributeText.Before(member, attribute, text));
    }

    private static bool CanBeMeant(IPropertySymbol property) =>
        property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false }
        && property.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase)
        && !char.IsLower(property.Name[property.Name.Length - 2]);

    private static bool CanBeKey(ITypeSymbol type) =>
        type.NullableAnnotation != NullableAnnotation.Annotated
        && (type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
                or SpecialType.System_String or SpecialType.System_DateTime
            || type is INamedTypeSymbol { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } });

    // [Key] is also the name of an attribute of data annotations.
    private static string NameOfKey(SemanticModel model, int position)
    {
        var visible = model.LookupNamespacesAndTypes(position, name: "KeyAttribute");
        var only = visible.Length == 1 ? (visible[0] as IAliasSymbol)?.Target ?? visible[0] : null;
        var isDrips = only?.ContainingNamespace is { Name: "Drip", ContainingNamespace.IsGlobalNamespace: true };
        return isDrips ? "Key" : "global::Drip.Key";
    }
}
