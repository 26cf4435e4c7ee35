using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Drip.Benchmarks.Generators;

/// <summary>A project with many models and backfills, one class to a file, and one file that has nothing to do with them.</summary>
internal static class ManyClasses
{
    private static readonly MetadataReference[] References = FindReferences();

    public static CSharpCompilation Compile(int classes)
    {
        var trees = Enumerable.Range(0, classes / 2).SelectMany(i => (SyntaxTree[])[Parse(Model(i)), Parse(Backfill(i))]).Append(Parse(Unrelated(0)));
        return CSharpCompilation.Create("Many", trees, References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The project after someone typed in the file that has nothing to do with Drip.</summary>
    public static CSharpCompilation Edit(CSharpCompilation compilation, int version) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[^1], Parse(Unrelated(version)));

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest));

    private static string Model(int i) => $$"""
        using Drip;
        namespace Many.Area{{i % 20}};
        [Model("things_{{i}}")]
        public partial record Thing{{i}}(long Id, string Name, string? Department, [Column("role_name")] string? Role, int Age, bool Active, System.DateTime ChangedAt);
        """;

    private static string Backfill(int i) => $$"""
        using Drip;
        using System.ComponentModel.DataAnnotations;
        namespace Many.Area{{i % 20}};
        [Backfill(BatchSize = 500)]
        public partial class MendThing{{i}}
        {
            [Option, Range(0, 150)] public int? Age { get; set; }
            [Option(Label = "Department")] public string? Department { get; set; }
            public Scope<Thing{{i}}> Scope() => Scope<Thing{{i}}>.Where($"role_name IS NULL").AndIf(Age is not null, $"age = {Age}");
            public void ProcessElement(Thing{{i}} thing, Changes<Thing{{i}}> changes) => changes.Update(thing with { Role = "intern" });
        }
        """;

    private static string Unrelated(int version) => $$"""
        namespace Many;
        internal static class Unrelated
        {
            public static int Version() => {{version}};
        }
        """;

    private static MetadataReference[] FindReferences()
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return [.. platform.Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) == "Drip.Abstractions.dll")
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))];
    }
}
