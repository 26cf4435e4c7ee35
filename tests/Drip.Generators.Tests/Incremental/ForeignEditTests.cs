using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Drip.Generators.Tests.Incremental;

/// <summary>
/// Edits outside of a job's and a model's own declarations that change what these mean. Each must be seen: what the
/// generators make of the edited project is what they would make of it if they had never seen another.
/// </summary>
public sealed class ForeignEditTests
{
    private const string Row = "namespace Shop { [Model] public partial record Row(long Id, string Name); }";

    private const string Job = """
        namespace Shop.Work;
        [Backfill(Description = Texts.About)]
        public partial class Job : JobBase
        {
            [Option] public Level Level { get; set; }
            [Option] public int Age { get; set; } = Limits.Age;
            private Scope<Row> Scope() => Row.All;
            private void ProcessElement(Row row) { }
        }
        """;

    private const string Others = """
        public enum Level { Low, High }
        public static class Texts { public const string About = "It mends " + Subject; private const string Subject = "rows."; }
        public static class Limits { public const int Age = 20; }
        public abstract class JobBase { public bool Exact { get; set; } protected Task AfterRun(RunContext run) => Task.CompletedTask; }
        """;

    [Fact]
    public void A_member_that_an_enum_gets_is_seen() => AssertSeen("High }", "High, Top }", "choices", "Top");

    [Fact]
    public void A_value_of_an_enum_is_seen() => AssertSeen("Low, High", "Low = 5, High", "choices", "5");

    [Fact]
    public void An_option_that_a_base_class_gets_is_seen() => AssertSeen("public bool Exact", "[Option] public bool Exact", "exact");

    [Fact]
    public void A_hook_that_a_base_class_gets_is_seen() => AssertSeen("AfterRun(", "AfterRunCompleted(", "AfterRunCompleted(run)");

    [Fact]
    public void What_a_hook_of_a_base_class_returns_is_seen() => AssertSeen(
        Compiled.Of(Row, Job, Others.Replace("AfterRun(", "AfterRunCompleted(", StringComparison.Ordinal)),
        "Test2.cs", "protected Task", "protected async void", "DRIP6003");

    [Fact]
    public void What_a_hook_takes_is_seen_through_an_alias() => AssertSeen(
        Compiled.Of("[HookHandler] public static partial class Hooks { static void AfterRunCompleted(Taken taken) { } }", "global using Taken = Drip.RunContext;"),
        "Test1.cs", "Drip.RunContext", "System.Threading.CancellationToken", "AfterRunCompleted(cancellationToken)");

    [Fact]
    public void An_alias_of_the_attribute_of_a_handler_is_seen() => AssertSeen(
        Compiled.Of("[All] public static partial class Hooks { static void AfterRunCompleted() { } }", "global using AllAttribute = System.ObsoleteAttribute;"),
        "Test1.cs", "System.Obsolete", "Drip.HookHandler", "AddHookHandler");

    [Theory]
    [InlineData("p.Status == \"ok\") < 3", "p.Status == \"ok\") < Record.Id", "GateReadsRecord = true")]
    [InlineData("=> Store.All<Page>().Count", "=> Store.All<Summary>().Count > 1 || Store.All<Page>().Count", "GateReads = new int[] { 0, 1 }")]
    [InlineData("=> Store.All<Page>().Count", "=> Few() && Store.All<Page>().Count", "HasGate = true, GateReadsRecord = true }")]
    public void What_a_gate_reads_is_seen(string before, string after, string expected)
    {
        var few = TestSources.CrawlReport.Replace("public bool Open()", "bool Few() => true; public bool Open()", StringComparison.Ordinal)
            .Replace(", Renamed(\"Load\")", "", StringComparison.Ordinal);
        AssertSeen(Compiled.Of(few, TestSources.Engine), "Test0.cs", before, after, expected);
    }

    [Fact]
    public void A_step_of_another_file_is_seen() => AssertSeen(
        Compiled.Of("[Producer] public partial class P { [Pipeline] public partial class Run { [Step(After = [])] void A() { } } }", TestSources.Engine, "partial class P { partial class Run { [Step(After = [nameof(A)])] void B() { } } }"),
        "Test2.cs", "void B()", "void C(CancellationToken ct)", "C after A");

    [Fact]
    public void The_log_in_SQLite_is_seen() => AssertSeen(
        Compiled.Of("[Producer] public partial class P;", TestSources.Engine, "namespace Drip.Sqlite { public static class Versions { public static Drip.Producers.Versions.VersionStorage Storage => null!; } }"),
        "Test2.cs", "class Versions", "class SqliteVersions", "SqliteVersions.Storage");

    [Fact]
    public void A_constant_in_an_attribute_is_seen() => AssertSeen("\"rows.\"", "\"all rows.\"", "It mends all rows.");

    [Fact]
    public void A_constant_in_a_default_is_seen() => AssertSeen("Age = 20", "Age = 21", "21");

    [Fact]
    public void A_constant_that_becomes_a_field_is_seen() => AssertSeen("public const int Age", "public static int Age");

    [Fact]
    public void A_nearer_type_of_the_same_name_is_seen() =>
        AssertSeen("public enum Level", "namespace Shop.Work { [Model] public partial record Row(long Id); }\npublic enum Level", "Shop.Work.Row");

    [Fact]
    public void A_variable_of_the_top_level_statements_that_hides_a_class_is_seen() => AssertSeen(
        Compiled.Of("TestJobs", OutputKind.ConsoleApplication, Row, Job, Others, "var Number = 1; Console.WriteLine(Number);"), "Test3.cs", "Number", "Texts");

    [Fact]
    public void A_member_type_in_another_part_of_a_model_is_seen() => AssertSeen(
        Compiled.Of("[Model] public partial class Row { public long Id { get; set; } }", "public partial class Row { public int Age { get; set; } }"),
        "Test1.cs", "int Age", "long Age", "long");

    [Fact]
    public void A_column_of_the_model_that_a_job_shows_is_seen() =>
        AssertSeen(Compiled.Of(Row, Job, Others), "Test0.cs", "string Name", "string FullName", "full_name");

    [Fact]
    public void A_global_using_is_seen() => AssertSeen(
        Compiled.Of(Others, Row.Replace("Shop", "Old", StringComparison.Ordinal), Row.Replace("Shop", "New", StringComparison.Ordinal), Job, "global using Old;"),
        "Test4.cs", "Old", "New", "New.Row");

    [Fact]
    public void A_global_alias_is_seen() => AssertSeen(
        Compiled.Of(Others, Row.Replace("Shop", "Old", StringComparison.Ordinal), Row.Replace("Shop", "New", StringComparison.Ordinal), Job, "global using Row = Old.Row;"),
        "Test4.cs", "Old", "New", "New.Row");

    [Fact]
    public void A_global_alias_of_the_attribute_is_seen() => AssertSeen(
        Compiled.Of(Row, Job.Replace("[Backfill", "[Repair", StringComparison.Ordinal), Others, "global using RepairAttribute = System.ObsoleteAttribute;"),
        "Test3.cs", "System.Obsolete", "global::Drip.Backfill", "It mends rows.");

    [Fact]
    public void An_alias_of_the_attribute_is_seen() => AssertSeen(
        Compiled.Of("using Table = System.ObsoleteAttribute; [Table] public partial record Row(long Id);"),
        "Test0.cs", "System.Obsolete", "Drip.Model", "Row");

    [Fact]
    public void An_alias_of_an_alias_of_the_attribute_is_seen() => AssertSeen(
        Compiled.Of("using Outer = System.ObsoleteAttribute; namespace Shop { using Inner = Outer; [Inner] public partial record Row(long Id); }"),
        "Test0.cs", "System.Obsolete", "Drip.Model", "Row");

    [Fact]
    public void A_comment_that_says_that_a_file_is_generated_is_seen() => AssertSeen(
        Compiled.Of("// By hand\n[Model] public partial class Row { public long Id { get; set; } public string Name { get; set; } = \"\"; }"),
        "Test0.cs", "By hand", "<auto-generated>");

    [Fact]
    public void An_editor_config_that_says_that_a_file_is_generated_is_seen()
    {
        var compilation = Compiled.Of("// mine\n[Model] public partial class Row { public long Id { get; set; } public string Name { get; set; } = \"\"; }");
        var provider = new TreeOptions(static tree => tree.ToString().Contains("not mine", StringComparison.Ordinal));
        AssertSeen(compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(provider)), "Test0.cs", "mine", "not mine");
    }

    [Theory]
    [InlineData("void Before() { //\n}")]
    [InlineData("int Before => //\n1;")]
    public void A_directive_inside_a_body_is_seen_behind_it(string member) => AssertSeen(
        Compiled.Of($"[Model] public partial class Row {{ {member} public long Id {{ get; set; }} public string Name {{ get; set; }} = \"\"; }}"),
        "Test0.cs", "//", "\n#nullable disable");

    [Fact]
    public void A_symbol_of_the_preprocessor_is_seen()
    {
        var before = Compiled.Of("[Model] public partial class Row { public long Id { get; set; }\n#if MORE\npublic int More { get; set; }\n#endif\n}");
        var tree = before.SyntaxTrees.Single(static tree => tree.FilePath == "Test0.cs");
        var more = CSharpSyntaxTree.ParseText(
            tree.ToString(), Compiled.ParseOptions.WithPreprocessorSymbols("MORE"), tree.FilePath, cancellationToken: TestContext.Current.CancellationToken);
        AssertSeen(before, before.ReplaceSyntaxTree(tree, more), "more");
    }

    [Fact]
    public void The_nullability_of_the_project_is_seen()
    {
        var before = Compiled.Of(Row);
        AssertSeen(before, before.WithOptions(before.Options.WithNullableContextOptions(NullableContextOptions.Disable)));
    }

    [Fact]
    public void The_name_of_the_assembly_is_seen()
    {
        var before = Compiled.Of(Row, Job, Others);
        AssertSeen(before, before.WithAssemblyName("Other"), "DripManifest_Other");
    }

    [Fact]
    public void An_edit_of_a_referenced_project_is_seen()
    {
        var library = Compiled.Of("Library", OutputKind.DynamicallyLinkedLibrary, Others);
        var before = Compiled.Of(Row, Job).AddReferences(library.ToMetadataReference());
        var after = before.ReplaceReference(before.References.Last(), Compiled.Edit(library, "Test0.cs", "High", "Top").ToMetadataReference());
        AssertSeen(before, after, "Top");
    }

    [Fact]
    public void An_assembly_that_takes_the_place_of_another_is_seen()
    {
        var library = Compiled.Of("Library", OutputKind.DynamicallyLinkedLibrary, Others);
        var before = Compiled.Of(Row, Job).AddReferences(MetadataReference.CreateFromImage(Compiled.Emit(library)));
        var edited = MetadataReference.CreateFromImage(Compiled.Emit(Compiled.Edit(library, "Test0.cs", "High", "Top")));
        AssertSeen(before, before.ReplaceReference(before.References.Last(), edited), "Top");
    }

    [Fact]
    public void The_order_of_the_parts_of_a_model_is_seen()
    {
        var before = Compiled.Of(
            "[Model] public partial class Row { public long Id { get; set; } }",
            "public partial class Row { public int A { get; set; } }",
            "public partial class Row { public int B { get; set; } }");
        var moved = before.SyntaxTrees.Single(static tree => tree.FilePath == "Test1.cs");
        AssertSeen(before, before.RemoveSyntaxTrees(moved).AddSyntaxTrees(moved));
    }

    private static void AssertSeen(string before, string after, params string[] expected) =>
        AssertSeen(Compiled.Of(Row, Job, Others), "Test2.cs", before, after, expected);

    private static void AssertSeen(CSharpCompilation compilation, string path, string before, string after, params string[] expected) =>
        AssertSeen(compilation, Compiled.Edit(compilation, path, before, after), expected);

    private static void AssertSeen(CSharpCompilation before, CSharpCompilation after, params string[] expected)
    {
        var first = Generation.Of(before);
        var again = first.Again(after);
        Assert.Equal(Generation.Of(Compiled.Anew(after)).Text, again.Text);
        Assert.NotEqual(first.Text, again.Text);
        Assert.All(expected, text => Assert.Contains(text, again.Text, StringComparison.OrdinalIgnoreCase));
    }
}
