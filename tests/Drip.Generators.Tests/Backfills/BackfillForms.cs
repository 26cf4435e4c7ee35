using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Backfills;

/// <summary>Declarations that a backfill can have; the output of each compiles without warnings.</summary>
public sealed class BackfillForms
{
    [Fact]
    public void Scope_and_method_may_come_from_a_base_class() => Compiles("""
        public abstract class Base
        {
            protected Scope<Employee> Scope() => Employee.All;
            protected virtual void ProcessBatch(Batch<Employee> batch) { }
            private void ProcessElement() { }
        }
        [Backfill] public partial class AddRole : Base
        {
            protected override void ProcessBatch(Batch<Employee> batch) { }
        }
        """);

    [Fact]
    public void A_backfill_may_be_nested_and_be_called_like_a_keyword() => Compiles("""
        public partial interface IOuter
        {
            internal partial struct @struct
            {
                [Backfill(Name = "x")] internal partial class @class
                {
                    Scope<Employee> Scope() => Employee.All;
                    void ProcessElement(Employee @event) { }
                }
            }
        }
        """);

    [Fact]
    public void A_backfill_may_be_a_record() => Compiles("""
        [Backfill] public partial record AddRole(IMailer Mailer)
        {
            Scope<Employee> Scope() => Employee.All;
            void ProcessElement(Employee e) { }
        }
        """);

    [Fact]
    public void A_namespace_that_ends_in_System_does_not_hide_the_real_one() => Generation.Of(TestSources.Employee, """
        namespace X.System
        {
            [Backfill] public partial class Job
            {
                [Option] public global::System.DayOfWeek[]? Days { get; set; }
                Scope<Shop.Employee> Scope() => Shop.Employee.All;
                global::System.Threading.Tasks.Task ProcessElementAsync(Shop.Employee e, CancellationToken c, Shop.IMailer m) => m == null ? null! : null!;
            }
        }
        """).Compiles();

    [Fact]
    public void A_model_may_be_a_struct() => Generation.Of("""
        [Model] public partial record struct Point(long Id, int X);
        [Backfill] public partial class Move
        {
            Scope<Point> Scope() => Point.All;
            void ProcessElement(Point point, Changes<Point> changes) => changes.Update(point with { X = 1 });
        }
        """).Compiles();

    [Fact]
    public void A_model_may_live_in_a_referenced_assembly()
    {
        var library = Generation.Of(Compiled.Of("Models", Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary, TestSources.Employee)).Compiles();
        var reference = Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(Compiled.Emit(library.Output));
        var generation = Generation.Of(Compiled.Of("""
            [Backfill] public partial class AddRole
            {
                Scope<Shop.Employee> Scope() => Shop.Employee.All;
                void ProcessElement(Shop.Employee e, Changes<Shop.Employee> changes) { }
            }
            """).AddReferences(reference)).Compiles();
        Assert.Contains("FROM employees", generation.File("AddRole."), StringComparison.Ordinal);
    }

    private static void Compiles(string source) => Generation.Of("namespace Shop;\n" + source, TestSources.Employee).Compiles();
}
