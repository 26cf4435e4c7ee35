using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Output;

/// <summary>What is generated for declarations with errors: the same surface, so that nothing else breaks.</summary>
public sealed class StubTests
{
    [Fact]
    public void A_model_with_an_error_keeps_its_surface()
    {
        var file = Generation.Of("""
            [Model] public partial record Row(long Id, object Tag);
            [Backfill] public partial class Job
            {
                Scope<Row> Scope() => Row.Where($"id > {1}");
                void ProcessElement(Row row, Changes<Row> changes) => changes.Update(row);
            }
            """).Compiles().File("Row.");
        Assert.Contains("The model Row has errors; see DRIP4004.", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("void ProcessElement() { }", "DRIP1004")]
    [InlineData("", "DRIP1002")]
    [InlineData("[Option] public object? Tag { get; set; } void ProcessElement(Employee e) { }", "DRIP1011")]
    public void A_backfill_with_an_error_keeps_its_surface(string members, string rule)
    {
        var generation = Generation.Of($$"""
            namespace Shop;
            [Backfill] public partial class Job { Scope<Employee> Scope() => Employee.All; {{members}} }
            public static class Use
            {
                public static BackfillInfo Of<TJob, TRow>() where TJob : class, Drip.Generated.IBackfill<TJob, TRow> where TRow : IModel<TRow> => TJob.Info;
                public static BackfillInfo Info => Of<Job, Employee>();
            }
            """, TestSources.Employee).Compiles();
        Assert.Contains($"The backfill Job has errors; see {rule}.", generation.File("Shop.Job."), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_with_an_error_is_not_in_the_manifest() => Assert.DoesNotContain(Generation.Of("""
        [Model] public partial record Row(long Id);
        [Backfill] public partial class Job { Scope<Row> Scope() => Row.All; }
        """).Compiles().Files.Keys, static name => name.Contains("Manifest", StringComparison.Ordinal));
}
