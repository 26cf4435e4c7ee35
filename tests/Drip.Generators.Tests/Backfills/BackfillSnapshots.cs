using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Backfills;

public sealed class BackfillSnapshots
{
    [Fact]
    public void A_batch_method_that_returns_a_task_with_the_count() => Match("BatchTaskOfInt", """
        /// <summary>Gives a role to those who have none.</summary>
        [Backfill(BatchSize = 500, Sleep = "2s", Description = "Gives a role to <those> who have none.", Database = "crm")]
        public partial class AddRole(IMailer mailer, IMailer? other)
        {
            public Scope<Employee> Scope() => Employee.Where($"role IS NULL");

            public Task<int> ProcessBatchAsync(Batch<Employee> batch, CancellationToken ct) =>
                mailer == other ? Task.FromResult(0) : batch.UpdateAsync($"role = {"intern"}", ct);
        }
        """);

    [Fact]
    public void An_element_method() => Match("Element", """
        [Backfill(Name = "give-role")]
        internal sealed partial class AddRole
        {
            private static Scope<Employee> Scope() => Employee.All;

            private static void ProcessElement(Changes<Employee> changes, Employee e) => changes.Update(e with { Role = "intern" });
        }
        """);

    [Fact]
    public void An_asynchronous_element_method_with_everything_it_can_take() => Match("ElementAsync", """
        [Model] public partial record Audit([Key(0)] long Employee, [Key(1)] int Number);

        [Backfill]
        public partial class AddRole
        {
            public Scope<Employee> Scope() => Employee.All;

            public async Task ProcessElementAsync(
                Employee e, Changes<Employee> changes, Changes<Audit> audits, BatchContext context, IMailer mailer, IMailer? other, CancellationToken ct)
            {
                await Task.Delay(0, ct);
                audits.Insert(new Audit(e.Id, context.Size));
            }
        }
        """);

    [Theory]
    [InlineData("void", "", "work.ProcessBatch")]
    [InlineData("int", "return 1;", "new global::System.Threading.Tasks.ValueTask<int>(ProcessBatch(work.Batch))")]
    public void A_synchronous_batch_method(string result, string body, string call)
    {
        var file = Generation.Of(TestSources.Employee, $$"""
            namespace Shop;
            [Backfill] public partial class AddRole
            {
                Scope<Employee> Scope() => Employee.All;
                {{result}} ProcessBatch(Batch<Employee> batch) { {{body}} }
            }
            """).Compiles().File("Shop.AddRole.");
        Assert.Contains(call.Replace("work.ProcessBatch", "        ProcessBatch(work.Batch);\n        return new", StringComparison.Ordinal), file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Task", "await ProcessBatchAsync(work.Batch).ConfigureAwait(false);")]
    [InlineData("Task<int>", "new global::System.Threading.Tasks.ValueTask<int>(ProcessBatchAsync(work.Batch));")]
    [InlineData("ValueTask", "await ProcessBatchAsync(work.Batch).ConfigureAwait(false);")]
    [InlineData("ValueTask<int>", "return ProcessBatchAsync(work.Batch);")]
    public void An_asynchronous_batch_method(string result, string call)
    {
        var file = Generation.Of(TestSources.Employee, $$"""
            namespace Shop;
            [Backfill] public partial class AddRole
            {
                Scope<Employee> Scope() => Employee.All;
                {{result}} ProcessBatchAsync(Batch<Employee> batch) => throw new NotSupportedException();
            }
            """).Compiles().File("Shop.AddRole.");
        Assert.Contains(call, file, StringComparison.Ordinal);
    }

    private static void Match(string name, string source) => Snapshot.Match(
        Generation.Of("namespace Shop;\n" + source, TestSources.Employee).Compiles().File("Shop.AddRole."), name);
}
