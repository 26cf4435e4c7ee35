using System.Runtime.CompilerServices;
using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Tests.Incremental;

public sealed class RetentionTests
{
    [Fact]
    public void A_compilation_that_was_replaced_is_let_go()
    {
        var (generation, first) = Run();
        for (var i = 0; i < 5 && first.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(first.IsAlive);
        GC.KeepAlive(generation);
    }

    // In a method of its own, so that no local keeps the first compilation.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference First) Run()
    {
        const string Job = "[Backfill] public partial class Job { Scope<Shop.Employee> Scope() => Shop.Employee.All; void ProcessElement(Shop.Employee e) { } }";
        const string Handler = "[HookHandler] public static partial class Hooks { static void AfterRunCompleted() { } }";
        var first = Compiled.Of(TestSources.Employee, Job, Handler);
        var generation = Generation.Of(first);
        var second = Compiled.Of(TestSources.Employee, Job, Handler, "class Other;");
        return (generation.Again(second).Driver, new WeakReference(first));
    }
}
