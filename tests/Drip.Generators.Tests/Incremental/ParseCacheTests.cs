using Drip.Generators.Model;
using Drip.Generators.Parsing;
using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Drip.Generators.Tests.Incremental;

public sealed class ParseCacheTests
{
    private const string Job =
        "[Backfill] public partial class Job { Scope<Shop.Employee> Scope() => Shop.Employee.All; void ProcessElement(Shop.Employee e) { } }";

    private readonly ParseCache _cache = new(capacity: 2);

    [Fact]
    public void After_an_edit_inside_a_body_the_very_same_object_is_found()
    {
        var compilation = Compiled.Of(TestSources.Employee, Job);
        Assert.Same(Of(compilation), Of(Compiled.Edit(compilation, "Test1.cs", "{ } }", "{ _ = e.Id; } }")));
    }

    [Fact]
    public void After_an_edit_of_a_declaration_that_nothing_depends_on_an_equal_object_is_made()
    {
        var compilation = Compiled.Of(TestSources.Employee, Job);
        var first = Of(compilation);
        var second = Of(compilation.AddSyntaxTrees(Compiled.Tree("class More;", "More.cs")));
        Assert.NotSame(first, second);
        Assert.Equal(first, second);
    }

    [Fact]
    public void An_edit_that_is_undone_finds_the_object_again()
    {
        var compilation = Compiled.Of(TestSources.Employee, Job);
        var first = Of(compilation);
        Of(Compiled.Edit(compilation, "Test1.cs", "class Job", "class Work"));
        Assert.Same(first, Of(compilation.Clone()));
    }

    [Fact]
    public void What_was_not_asked_for_lately_is_forgotten()
    {
        var compilation = Compiled.Of(TestSources.Employee);
        var first = Of(compilation);
        foreach (var name in new[] { "A", "B" }) Of(compilation.WithAssemblyName(name));
        Assert.NotSame(first, Of(compilation.Clone()));
    }

    [Fact]
    public void What_was_asked_for_lately_is_kept()
    {
        var compilation = Compiled.Of(TestSources.Employee);
        var first = Of(compilation);
        Of(compilation.WithAssemblyName("A"));
        Of(compilation.Clone());
        Of(compilation.WithAssemblyName("B"));
        Assert.Same(first, Of(compilation.Clone()));
    }

    [Fact]
    public void A_compilation_of_the_same_texts_with_its_own_options_is_read_by_itself()
    {
        var compilation = Compiled.Of(TestSources.Employee);
        var first = Of(compilation);
        var second = Of(Compiled.Anew(compilation));
        Assert.NotSame(first, second);
        Assert.Equal(first, second);
    }

    [Fact]
    public void A_file_that_is_parsed_with_other_options_is_read_again()
    {
        var compilation = Compiled.Of(TestSources.Employee);
        var tree = compilation.SyntaxTrees[^1];
        var other = tree.WithRootAndOptions(tree.GetRoot(TestContext.Current.CancellationToken), Compiled.ParseOptions.WithPreprocessorSymbols("MORE"));
        Assert.NotSame(Of(compilation), Of(compilation.ReplaceSyntaxTree(tree, other)));
    }

    [Fact]
    public void What_was_cancelled_is_not_kept()
    {
        using var cancelling = new CancellationTokenSource();
        var compilation = Compiled.Of(TestSources.Employee, Job);
        // It is asked for each file before anything is parsed, so that the parser is what finds itself cancelled.
        var last = compilation.SyntaxTrees[^1];
        compilation = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new TreeOptions(tree =>
        {
            if (tree == last) cancelling.Cancel();
            return false;
        })));

        Assert.Throws<OperationCanceledException>(() => _cache.Of(compilation, cancelling.Token));
        Assert.Equal(Of(Compiled.Anew(compilation)), Of(compilation));
    }

    [Fact]
    public void A_cancelled_request_reads_nothing() =>
        Assert.Throws<OperationCanceledException>(() => _cache.Of(Compiled.Of(Job), new CancellationToken(canceled: true)));

    private ProjectSpec Of(CSharpCompilation compilation) => _cache.Of(compilation, TestContext.Current.CancellationToken);
}
