using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Parsing;

/// <summary>The types of a file that could have one of Drip's attributes, found by the letter, without binding a name.</summary>
internal sealed class Candidates
{
    private static readonly PerTree<Candidates> s_candidates = new(static (tree, cancellationToken) => new(tree.GetRoot(cancellationToken)));
    private static readonly HashSet<string> s_names = [.. new[] { Names.Model, Names.Backfill, Names.HookHandler, Names.Producer }.SelectMany(Written)];

    private readonly List<TypeDeclarationSyntax> _named = [];
    private readonly List<TypeDeclarationSyntax> _attributed = [];
    private bool _hasAlias;
    private bool _hasGlobalAlias;

    private Candidates(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            if (node is UsingDirectiveSyntax { Alias: not null, NamespaceOrType: NameSyntax target } directive && IsDrips(target))
            {
                _hasAlias = true;
                _hasGlobalAlias |= directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword);
            }

            if (node is not TypeDeclarationSyntax { AttributeLists.Count: > 0 } type) continue;
            _attributed.Add(type);
            if (type.AttributeLists.Any(static list => list.Attributes.Any(static attribute => IsDrips(attribute.Name)))) _named.Add(type);
        }
    }

    /// <summary>The types of a compilation that could have one of Drip's attributes, each once, in the order of the files.</summary>
    public static IEnumerable<INamedTypeSymbol> Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var files = compilation.SyntaxTrees.Select(tree => (Tree: tree, Found: s_candidates.Of(tree, cancellationToken))).ToArray();
        var isRenamedEverywhere = files.Any(static file => file.Found._hasGlobalAlias);
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var (tree, found) in files)
        {
            var types = isRenamedEverywhere || found._hasAlias ? found._attributed : found._named;
            if (types.Count == 0) continue;
            var model = compilation.GetSemanticModel(tree);
            foreach (var type in types)
            {
                if (model.GetDeclaredSymbol(type, cancellationToken) is { } symbol && seen.Add(symbol)) yield return symbol;
            }
        }
    }

    private static bool IsDrips(NameSyntax name) => s_names.Contains(name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    });

    // With the suffix and without it.
    private static IEnumerable<string> Written(string attribute)
    {
        var name = attribute.Substring(attribute.LastIndexOf('.') + 1);
        return [name, name.Substring(0, name.Length - "Attribute".Length)];
    }
}
