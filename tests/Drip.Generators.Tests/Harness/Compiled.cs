using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Drip.Generators.Tests.Harness;

/// <summary>Makes compilations of sources in memory, against the framework of this process and Drip.Abstractions.</summary>
internal static class Compiled
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Drip;
        global using KeyAttribute = Drip.KeyAttribute;
        global using ColumnAttribute = Drip.ColumnAttribute;
        global using JsonAttribute = Drip.JsonAttribute;
        """;

    /// <summary>The options that every source is parsed with: the oldest language that generated code has to compile in.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    public static ImmutableArray<MetadataReference> References { get; } = FindReferences();

    /// <summary>A compilation of the sources, the first in the file <c>Test0.cs</c>.</summary>
    public static CSharpCompilation Of(params string[] sources) => Of("TestJobs", OutputKind.DynamicallyLinkedLibrary, sources);

    public static CSharpCompilation Of(string assembly, OutputKind kind, params string[] sources) =>
        CSharpCompilation.Create(
            assembly,
            [Tree(Usings, "Usings.cs"), .. sources.Select((source, index) => Tree(source, $"Test{index}.cs"))],
            References,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true, checkOverflow: true));

    /// <summary>A compilation of the same texts and references that shares nothing else with the first: nobody has seen any of it.</summary>
    public static CSharpCompilation Anew(CSharpCompilation compilation) => CSharpCompilation.Create(
        compilation.AssemblyName,
        compilation.SyntaxTrees.Select(static tree => CSharpSyntaxTree.ParseText(tree.ToString(), (CSharpParseOptions)tree.Options, tree.FilePath)),
        compilation.References,
        compilation.Options.WithModuleName("anew").WithModuleName(compilation.Options.ModuleName));

    /// <summary>The compilation after a text in one of its files was replaced.</summary>
    public static CSharpCompilation Edit(CSharpCompilation compilation, string path, string before, string after)
    {
        var old = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        var text = old.ToString();
        Assert.Contains(before, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(old, Tree(text.Replace(before, after, StringComparison.Ordinal), path));
    }

    public static SyntaxTree Tree(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    /// <summary>The compilation's errors and warnings, as a compiler prints them; the sources of tests need no documentation.</summary>
    public static string[] Complaints(Compilation compilation) =>
    [
        .. compilation.GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Where(static diagnostic => diagnostic.Id != "CS1591" || diagnostic.Location.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))
            .Select(static diagnostic => diagnostic.ToString()),
    ];

    /// <summary>The assembly's bytes.</summary>
    public static byte[] Emit(Compilation compilation)
    {
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return stream.ToArray();
    }

    private static ImmutableArray<MetadataReference> FindReferences()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return
        [
            .. trusted.Where(path => Path.GetDirectoryName(path) == framework).Select(static path => MetadataReference.CreateFromFile(path)),
            MetadataReference.CreateFromFile(typeof(ModelAttribute).Assembly.Location),
        ];
    }
}
