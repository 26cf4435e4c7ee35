using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Tests.Incremental;

/// <summary>What an edit of a producer makes the generators do again: also one inside a gate, whose body they read.</summary>
public sealed class ProducerCachingTests
{
    private const string Others = """
        [Producer] public partial class Other { [Pipeline] public partial class Run { [Step] void Go() { } } }
        [Model] public partial record Row(long Id);
        """;

    private static readonly string[] s_steps = [Steps.Project, Steps.Models, Steps.Producers, Steps.Manifest];

    [Theory]
    [InlineData("public void Merge() { }", "public void Merge() { Label(\"merging\"); }")]
    [InlineData("Seen.Add($\"page {p.PageId}\")", "Seen.Clear()")]
    [InlineData("namespace Shop;", "// a comment\n\nnamespace Shop;")]
    [InlineData("public bool Open()", "/* why */ public bool Open()")]
    public void An_edit_outside_of_declarations_and_gates_reads_nothing_again(string before, string after)
    {
        var again = Edit(before, after);
        Assert.All(s_steps.SelectMany(again.Reasons), AssertUnchanged);
        Assert.All(again.OutputReasons(), AssertUnchanged);
    }

    [Fact]
    public void An_edit_of_a_gate_that_reads_the_same_generates_nothing_again()
    {
        var again = Edit("p.Status == \"ok\") < 3", "p.Status == \"done\") < 5");
        Assert.All(again.Reasons(Steps.Producers), AssertUnchanged);
        Assert.All(again.OutputReasons(), AssertUnchanged);
    }

    [Fact]
    public void An_edit_of_what_a_gate_reads_is_seen_in_its_producer_only()
    {
        var again = Edit("=> Store.All<Page>()", "=> Store.All<Summary>().Count < 2 && Store.All<Page>()");
        Assert.Single(again.Reasons(Steps.Producers), IncrementalStepRunReason.Modified);
        Assert.All(again.Reasons(Steps.Models), AssertUnchanged);
        Assert.All(again.Reasons(Steps.Manifest), AssertUnchanged);
        Assert.Single(again.OutputReasons(), IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void A_new_step_is_seen_in_its_producer_only()
    {
        var again = Edit("public void Merge() { }", "public void Merge() { } [Step] void Last() { }");
        Assert.Single(again.Reasons(Steps.Producers), IncrementalStepRunReason.Modified);
        Assert.Single(again.OutputReasons(), IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void A_new_policy_is_seen_in_the_model_and_the_plan()
    {
        var again = Edit("Conflict.LastWriter", "Conflict.Max");
        Assert.Equal(2, again.OutputReasons().Count(static reason => reason == IncrementalStepRunReason.Modified));
        Assert.All(again.Reasons(Steps.Manifest), AssertUnchanged);
    }

    [Fact]
    public void A_new_name_is_seen_in_the_manifest()
    {
        var again = Edit("[Producer(Description", "[Producer(Name = \"crawl\", Description");
        Assert.Contains(IncrementalStepRunReason.Modified, again.Reasons(Steps.Manifest));
        Assert.All(again.Reasons(Steps.Models), AssertUnchanged);
    }

    [Fact]
    public void A_producer_that_is_removed_generates_no_other_again()
    {
        var again = Edit("[Producer(Description", "[Obsolete(", ("[Obsolete( = ", "[Obsolete("));
        Assert.Equal(1, again.Reasons(Steps.Producers).Count(static reason => reason == IncrementalStepRunReason.Removed));
        Assert.Equal(1, again.Reasons(Steps.Producers).Count(IsUnchanged));
    }

    private static Generation Edit(string before, string after, params (string Before, string After)[] more)
    {
        var compilation = Compiled.Of(TestSources.CrawlReport, Others, TestSources.Engine);
        var edited = Compiled.Edit(compilation, "Test0.cs", before, after);
        foreach (var edit in more) edited = Compiled.Edit(edited, "Test0.cs", edit.Before, edit.After);
        return Generation.Of(compilation).Again(edited);
    }

    private static bool IsUnchanged(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static void AssertUnchanged(IncrementalStepRunReason reason) => Assert.True(IsUnchanged(reason), $"A step was {reason}.");
}
