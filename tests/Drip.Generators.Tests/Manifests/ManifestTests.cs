using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Tests.Manifests;

public sealed class ManifestTests
{
    private const string Jobs = """
        namespace Shop;
        [Backfill(Name = "z")] public partial class First { Scope<Employee> Scope() => Employee.All; void ProcessElement(Employee e) { } }
        [Backfill(Name = "a")] internal partial class Second { Scope<Employee> Scope() => Employee.All; void ProcessElement(Employee e) { } }
        [Backfill(Name = "B")] public partial class Wrong { Scope<Employee> Scope() => Employee.All; void ProcessElement(Employee e) { } }
        """;

    [Fact]
    public void Jobs_are_registered_in_the_order_of_their_names() =>
        Snapshot.Match(Generation.Of(Jobs, TestSources.Employee).Compiles().File("DripManifest."), "Jobs");

    [Fact]
    public void The_host_registers_its_own_jobs_and_those_it_references()
    {
        var library = Library("Shop.Jobs");
        var host = Generation.Of(Compiled.Of("Host", OutputKind.ConsoleApplication, TestSources.Employee.Replace("Shop", "Other", StringComparison.Ordinal), """
            new Registry().AddJobs();
            public sealed class Registry : Drip.Generated.IJobRegistry
            {
                public void AddBackfill<TJob, TRow>() where TJob : class, Drip.Generated.IBackfill<TJob, TRow> where TRow : IModel<TRow> { }
                public void AddHookHandler(Drip.Generated.IHookHandler handler, string name) { }
                public void AddProducer(Drip.Generated.ProducerInfo producer) { }
            }
            [Backfill] public partial class Own { Scope<Other.Employee> Scope() => Other.Employee.All; void ProcessElement(Other.Employee e) { } }
            """).AddReferences(library)).Compiles();
        Snapshot.Match(host.File("DripManifest."), "Host");
    }

    [Fact]
    public void A_program_without_jobs_can_still_add_none() => Generation.Of(Compiled.Of("Host", OutputKind.ConsoleApplication, """
        class Use
        {
            static void Main() { }
            static void Add(Drip.Generated.IJobRegistry registry) => registry.AddJobs();
        }
        """)).Compiles();

    [Fact]
    public void A_library_without_jobs_gets_nothing() => Assert.Empty(Generation.Of("public class Nothing;").Files);

    [Fact]
    public void Code_without_Drip_gets_nothing()
    {
        var compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            "Plain", [Compiled.Tree("class Program { static void Main() { } }", "Program.cs")],
            Compiled.References.Where(static reference => !reference.Display!.Contains("Drip", StringComparison.Ordinal)));
        Assert.Empty(Generation.Of(compilation).Files);
    }

    [Fact]
    public void A_program_that_sees_the_AddJobs_of_another_assembly_gets_none_that_would_be_ambiguous()
    {
        var library = Library("Shop.Jobs", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Host\")]");
        Generation.Of(Compiled.Of("Host", OutputKind.ConsoleApplication, """
            class Use
            {
                static void Main() { }
                static void Add(Drip.Generated.IJobRegistry registry) => registry.AddJobs();
            }
            """).AddReferences(library)).Compiles();
    }

    [Theory]
    [InlineData("Shop.Jobs", "DripManifest_Shop_Jobs")]
    [InlineData("Shop_Jobs", "DripManifest_Shop_Jobs_")]
    [InlineData("Shop-Jobs", "DripManifest_Shop_Jobs_")]
    public void Assemblies_whose_names_look_alike_have_different_manifests(string assembly, string start)
    {
        var spec = Parsing.ManifestParser.Combine(
            [new Model.JobSpec("a", "A", "R")], [], [], new Model.EnvironmentSpec(assembly, true, false, false, default))!;
        Assert.StartsWith(start, spec.ClassName, StringComparison.Ordinal);
        Assert.Equal(start.EndsWith('_'), spec.ClassName.Length > "DripManifest_Shop_Jobs".Length);
    }

    private static PortableExecutableReference Library(string name, params string[] more) => MetadataReference.CreateFromImage(Compiled.Emit(
        Generation.Of(Compiled.Of(name, OutputKind.DynamicallyLinkedLibrary, [Jobs, TestSources.Employee, .. more])).Compiles().Output));
}
