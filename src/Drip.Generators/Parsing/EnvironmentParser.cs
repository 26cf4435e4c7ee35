using System;
using System.Linq;
using System.Threading;
using Drip.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Reads from a compilation what the manifest depends on.</summary>
internal static class EnvironmentParser
{
    public static EnvironmentSpec Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        var users = compilation.SourceModule.ReferencedAssemblySymbols.Where(UsesDrip).ToArray();
        cancellationToken.ThrowIfCancellationRequested();
        return new EnvironmentSpec(
            compilation.AssemblyName ?? "",
            compilation.GetTypeByMetadataName(Names.Manifest) is not null,
            compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication,
            users.Any(assembly => assembly.GivesAccessTo(compilation.Assembly) && assembly.GetTypeByMetadataName(Names.AddJobsClass) is not null),
            users.Select(ManifestOf).OfType<string>().OrderBy(static name => name, StringComparer.Ordinal).ToEquatable());
    }

    // Reading the attributes of every assembly would be slow; only those that reference Drip can have a manifest.
    private static bool UsesDrip(IAssemblySymbol assembly) =>
        assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static reference => reference.Name == Names.AbstractionsAssembly));

    private static string? ManifestOf(IAssemblySymbol assembly) =>
        assembly.Attribute(Names.Manifest)?.Argument(0) is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } manifest
            ? manifest.NotNullName()
            : null;
}
