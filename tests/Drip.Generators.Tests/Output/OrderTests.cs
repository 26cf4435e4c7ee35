using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Output;

public sealed class OrderTests
{
    [Fact]
    public void The_order_of_the_files_does_not_change_the_output()
    {
        string[] sources =
        [
            TestSources.Employee,
            "[Backfill] public partial class First { Scope<Shop.Employee> Scope() => Shop.Employee.All; void ProcessElement(Shop.Employee e) { } }",
            "[Backfill] public partial class Second { Scope<Shop.Employee> Scope() => Shop.Employee.All; void ProcessElement(Shop.Employee e) { } }",
            "[Model] public partial record Other(long Id);",
            "[Producer] public partial class Crawl { [Pipeline] public partial class Run { [Step] void A() { } [Step] void B() { } } }",
            TestSources.Engine,
            "[HookHandler] public static partial class Hooks { static void AfterRunCompleted() { } static void AfterRunFailed() { } }",
        ];
        var forwards = Generation.Of(sources).Files;
        var backwards = Generation.Of([.. sources.Reverse()]).Files;
        Assert.Equal(forwards.OrderBy(static file => file.Key, StringComparer.Ordinal), backwards.OrderBy(static file => file.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void The_order_of_the_files_does_not_change_a_plan_of_several_parts()
    {
        var forwards = Compiled.Of(
            "[Producer] public partial class Crawl { [Pipeline] public partial class Run { [Step(After = [])] void A() { } [Step] void B() { } } [Model] public partial record X(int Id); }",
            "partial class Crawl { partial class Run { [Step(After = [])] void C() { } } [Pipeline] public partial class Other { [Step] void A() { } } [Model] public partial record W(int Id); }",
            TestSources.Engine);
        var first = forwards.SyntaxTrees.Single(static tree => tree.FilePath == "Test0.cs");
        var backwards = forwards.RemoveSyntaxTrees(first).AddSyntaxTrees(first);
        Assert.Equal(Generation.Of(forwards).Compiles().Text, Generation.Of(Compiled.Anew(backwards)).Compiles().Text);
    }

    [Fact]
    public void The_output_has_the_same_line_ends_everywhere() =>
        Assert.DoesNotContain('\r', Generation.Of(TestSources.Employee.ReplaceLineEndings("\r\n")).File("Shop.Employee."));
}
