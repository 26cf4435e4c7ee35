using System;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>A text that two compilations share only if the parsers find the same in both.</summary>
internal static class CompilationFingerprint
{
    public static string Of(Compilation compilation, CancellationToken cancellationToken)
    {
        using var digest = new Digest();
        digest.Add(compilation.AssemblyName);
        digest.Add(Identity.Of(compilation.Options));
        foreach (var reference in compilation.ExternalReferences) AddReference(digest, reference);

        var provider = compilation.Options.SyntaxTreeOptionsProvider;
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            digest.Add((int)(provider?.IsGenerated(tree, cancellationToken) ?? GeneratedKind.Unknown));
            digest.Add(DeclarationSurface.Of(tree, cancellationToken));
        }

        return Convert.ToBase64String(digest.Finish());
    }

    private static void AddReference(Digest digest, MetadataReference reference)
    {
        if (reference is not CompilationReference project)
        {
            digest.Add(Identity.Of(reference));
            return;
        }

        // Editors may wrap the same project in a new reference each time.
        digest.Add(Identity.Of(project.Compilation));
        digest.Add(project.Properties.EmbedInteropTypes ? 1 : 0);
        digest.Add(string.Join(",", project.Properties.Aliases));
    }
}
