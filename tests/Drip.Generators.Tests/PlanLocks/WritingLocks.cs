using Drip.Generators.PlanLocks;
using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.Tests.PlanLocks;

public sealed class WritingLocks
{

    [Fact]
    public void A_lock_holds_one_fact_per_line() => Snapshot.Match(Locking.Of(TestSources.CrawlReport), "CrawlReport");

    [Fact]
    public void What_was_written_is_read()
    {
        var reading = LockReader.Read(SourceText.From(Locking.Of(TestSources.CrawlReport)));
        Assert.Null(reading.Problem);
        Assert.Equal(Locking.Of(TestSources.CrawlReport), LockWriter.Write(reading.Producers));
    }

    [Fact]
    public void Names_with_spaces_slashes_and_other_scripts_are_written_and_read()
    {
        LockedProducer producer = new(
            "odd",
            [new LockedModel("Lück", [new LockedField("a */ b", "Int64", IsNullable: false, IsId: true), new LockedField("n", "Json:Pair<int, string>", IsNullable: true, IsId: false)])],
            [new LockedPipeline("Load 100% of\u00a0all", "Lück", [new LockedStep("first step", [], "0123456789abcdef"), new LockedStep("after", ["first step"], "0123456789abcdef")])]);
        var text = LockWriter.Write([producer]);
        Assert.Equal(text.Length - 3, text.IndexOf("*/", StringComparison.Ordinal));
        var read = Assert.Single(LockReader.Read(SourceText.From(text)).Producers);
        Assert.Equal(producer.Models[0].Fields, read.Models[0].Fields);
        Assert.Equal(("Load 100% of\u00a0all", "Lück"), (read.Pipelines[0].Name, read.Pipelines[0].Each));
        Assert.Equal(["first step"], read.Pipelines[0].Steps[1].After);
        Assert.Equal(text, LockWriter.Write([read]));
    }

    [Fact]
    public void The_lines_of_a_lock_may_end_as_on_Windows() =>
        Assert.Null(LockReader.Read(SourceText.From(Plan.Lock.Replace("\n", "\r\n", StringComparison.Ordinal))).Problem);

    [Fact]
    public void The_text_is_one_comment_to_the_compiler()
    {
        var end = Assert.Single(Compiled.Tree(Plan.Lock, "lock.cs").GetRoot(TestContext.Current.CancellationToken).DescendantTokens());
        Assert.Equal("", end.Text);
    }

    [Fact]
    public void The_order_of_models_and_pipelines_in_the_code_does_not_show()
    {
        const string Sum = "    [Model] public partial record Sum(string Id, int Ok);\n";
        Assert.Equal(Plan.Lock, Locking.Of(Plan.Edited(Sum, "", "    [Model] public partial record Page", Sum + "    [Model] public partial record Page")));
    }

    [Fact]
    public void A_lock_is_only_generated_where_a_build_asks_for_it()
    {
        Assert.DoesNotContain("DripPlanLock.g.cs", Generation.Of(Locking.Compile(Plan.Source)).Files.Keys);
        Assert.DoesNotContain("DripPlanLock.g.cs", Generation.Of(Locking.Compile(Plan.Source), new BuildProperties(("DripUpdatePlanLock", ""))).Files.Keys);
        Assert.Contains("DripPlanLock.g.cs", Generation.Of(Locking.Compile(Plan.Source), Locking.Asked).Files.Keys);
    }

    [Fact]
    public void A_build_that_asks_sees_an_edit_inside_a_step()
    {
        var compilation = Locking.Compile(Plan.Source);
        var asked = Generation.Of(compilation, Locking.Asked);
        var again = asked.Again(Compiled.Edit(compilation, "Test0.cs", "void Seed() { }", "void Seed() { Left(); }"));
        Assert.Equal([IncrementalStepRunReason.Modified], again.Reasons(Steps.PlanLock));
        Assert.NotEqual(asked.File("DripPlanLock"), again.File("DripPlanLock"));
    }

    [Fact]
    public void A_build_that_does_not_ask_generates_nothing_again_after_an_edit_inside_a_step()
    {
        var compilation = Locking.Compile(Plan.Source);
        var again = Generation.Of(compilation).Again(Compiled.Edit(compilation, "Test0.cs", "void Seed() { }", "void Seed() { Left(); }"));
        Assert.All(again.OutputReasons(), static reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }
}
