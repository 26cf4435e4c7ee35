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
            "[HookHandler] public static partial class Hooks { static void AfterRunCompleted() { } static void AfterRunFailed() { } }",
        ];
        var forwards = Generation.Of(sources).Files;
        var backwards = Generation.Of([.. sources.Reverse()]).Files;
        Assert.Equal(forwards.OrderBy(static file => file.Key, StringComparer.Ordinal), backwards.OrderBy(static file => file.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void The_output_has_the_same_line_ends_everywhere() =>
        Assert.DoesNotContain('\r', Generation.Of(TestSources.Employee.ReplaceLineEndings("\r\n")).File("Shop.Employee."));
}
