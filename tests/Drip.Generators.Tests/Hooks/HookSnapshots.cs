using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Tests.Hooks;

public sealed class HookSnapshots
{
    private const string Handler = """
        namespace Shop;
        public static partial class Outer
        {
            [HookHandler]
            internal static partial class Hooks
            {
                internal static void AfterRunFailed(RunContext run, IMailer mailer, IMailer? other) { }

                private static Task AroundBatchRunningAsync(BatchContext batch, HookNext next) => next();
            }
        }
        """;

    [Fact]
    public void A_job_with_hooks() => Snapshot.Match(Generation.Of("""
        namespace Shop;
        [Backfill]
        public partial class AddRole
        {
            public Scope<Employee> Scope() => Employee.All;

            private void ProcessElement(Employee e, Changes<Employee> changes) => changes.Update(e with { Role = "intern" });

            private static void BeforeRunRunning() { }

            private async Task AroundBatchRunningAsync(HookNext next, BatchContext batch, CancellationToken ct)
            {
                await Task.Delay(batch.Size, ct);
                await next();
            }

            public ValueTask AfterRunCompletedAsync(RunContext run, IMailer mailer, IMailer? other) =>
                mailer == other ? throw new InvalidOperationException(run.Job) : default;
        }
        """, TestSources.Employee).Compiles().File("Shop.AddRole."), "Job");

    [Fact]
    public void A_handler() => Snapshot.Match(Generation.Of(Handler, TestSources.Employee).Compiles().File("Shop.Outer-Hooks."), "Handler");

    [Fact]
    public void A_handler_of_a_referenced_assembly_is_registered_with_its_jobs()
    {
        var library = Generation.Of(Compiled.Of("Shop.Jobs", OutputKind.DynamicallyLinkedLibrary, Handler, TestSources.Employee)).Compiles();
        Snapshot.Match(library.File("DripManifest."), "Manifest");
        var host = Generation.Of(Compiled.Of("Host", OutputKind.ConsoleApplication, "class Program { static void Main() { } }")
            .AddReferences(MetadataReference.CreateFromImage(Compiled.Emit(library.Output)))).Compiles();
        Assert.Contains("global::Drip.Generated.DripManifest_Shop_Jobs.Register(registry);", host.File("DripManifest."), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_has_hooks_for_batches_only_gets_no_dispatch_for_runs()
    {
        var file = Generation.Of("""
            namespace Shop;
            [Backfill] public partial class AddRole
            {
                Scope<Employee> Scope() => Employee.All;
                void ProcessElement(Employee e) { }
                void AfterBatchCompleted() { }
            }
            """, TestSources.Employee).Compiles().File("Shop.AddRole.");
        Assert.Contains("BatchHookAsync", file, StringComparison.Ordinal);
        Assert.DoesNotContain("RunHookAsync", file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_with_a_hook_that_cannot_be_called_keeps_its_surface()
    {
        var generation = Generation.Of("""
            namespace Shop;
            [Backfill] public partial class Job
            {
                Scope<Employee> Scope() => Employee.All;
                void ProcessElement(Employee e) { }
                int AfterRunCompleted() => 1;
            }
            """, TestSources.Employee).Compiles();
        Assert.Contains("The backfill Job has errors; see DRIP6003.", generation.File("Shop.Job."), StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_that_cannot_be_called_is_not_in_the_manifest() => Assert.Empty(
        Generation.Of("[HookHandler] public static partial class Hooks { static int AfterRunCompleted() => 1; }").Compiles().Files);

    [Fact]
    public void A_handler_without_hooks_is_no_error() =>
        Generation.Of("[HookHandler] public static partial class Hooks;").Compiles();
}
