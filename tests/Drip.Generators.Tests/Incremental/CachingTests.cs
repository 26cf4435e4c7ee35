using Drip.Generators.Model;
using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Tests.Incremental;

/// <summary>What an edit makes the generators do again. Each test that must see nothing has a twin that must see something.</summary>
public sealed class CachingTests
{
    private const string Source = """
        namespace Shop;
        [Model] public partial record Row(long Id, string Name);
        [Backfill] public partial class First { [Option] public int Age { get; set; } = 1; Scope<Row> Scope() => Row.All; void ProcessElement(Row row) { } }
        [HookHandler] public static partial class Hooks { static void AfterRunCompleted() { } }
        [Backfill] public partial class Second { Scope<Row> Scope() => Row.All; void ProcessElement(Row row) { } }
        """;

    private const string Unrelated = "class Unrelated { int N => 1; }";

    private static readonly string[] s_steps = [Steps.Project, Steps.Models, Steps.Backfills, Steps.HookHandlers, Steps.Manifest];

    [Fact]
    public void An_edit_of_another_file_changes_nothing()
    {
        var again = Edit(1, Unrelated, "class Unrelated { int N => 2; }");
        Assert.All(s_steps.SelectMany(again.Reasons), AssertUnchanged);
        Assert.All(again.OutputReasons(), AssertUnchanged);
    }

    [Fact]
    public void A_line_above_in_the_same_file_changes_nothing()
    {
        var again = Edit(0, Source, "\n\n// a comment\n" + Source);
        Assert.All(s_steps.SelectMany(again.Reasons), AssertUnchanged);
        Assert.All(again.OutputReasons(), AssertUnchanged);
    }

    [Fact]
    public void An_edit_inside_a_method_changes_nothing()
    {
        var again = Edit(0, Source, Source.Replace("{ }", "{ _ = row.Id; }", StringComparison.Ordinal));
        Assert.All(s_steps.SelectMany(again.Reasons), AssertUnchanged);
        Assert.All(again.OutputReasons(), AssertUnchanged);
    }

    [Fact]
    public void A_new_member_that_is_none_of_Drips_changes_no_output()
    {
        var again = Edit(1, Unrelated, "class Unrelated { int N => 1; int M => 1; }");
        Assert.All(s_steps.SelectMany(again.Reasons), AssertUnchanged);
        Assert.All(again.OutputReasons(), AssertUnchanged);
    }

    [Fact]
    public void A_new_column_is_seen()
    {
        var again = Edit(0, Source, Source.Replace("string Name", "string Name, int Age", StringComparison.Ordinal));
        Assert.Contains(IncrementalStepRunReason.Modified, again.Reasons(Steps.Models));
    }

    [Fact]
    public void A_new_default_of_an_option_is_seen_in_its_job_only()
    {
        var again = Edit(0, Source, Source.Replace("= 1;", "= 2;", StringComparison.Ordinal));
        var edited = again.Outputs(Steps.Backfills).Where(static output => !IsUnchanged(output.Reason)).ToArray();
        Assert.Equal(2, again.Outputs(Steps.Backfills).Length);
        Assert.Equal("first", Assert.IsType<BackfillSpec>(Assert.Single(edited).Value).Name);
        Assert.Equal(IncrementalStepRunReason.Modified, edited[0].Reason);
        Assert.All(again.Reasons(Steps.Models), AssertUnchanged);
        Assert.All(again.Reasons(Steps.Manifest), AssertUnchanged);
        Assert.Single(again.OutputReasons(), IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void A_new_hook_of_a_job_is_seen_in_it_only()
    {
        var again = Edit(0, Source, Source.Replace("class First {", "class First { void BeforeRunRunning() { }", StringComparison.Ordinal));
        var edited = again.Outputs(Steps.Backfills).Where(static output => !IsUnchanged(output.Reason)).ToArray();
        Assert.Equal("first", Assert.IsType<BackfillSpec>(Assert.Single(edited).Value).Name);
        Assert.All(again.Reasons(Steps.HookHandlers), AssertUnchanged);
        Assert.All(again.Reasons(Steps.Manifest), AssertUnchanged);
        Assert.Single(again.OutputReasons(), IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void A_new_hook_of_a_handler_is_seen_in_it_only()
    {
        var again = Edit(0, Source, Source.Replace("void AfterRunCompleted() { }", "void AfterRunCompleted() { } static void AfterRunFailed() { }", StringComparison.Ordinal));
        Assert.Equal([IncrementalStepRunReason.Modified], again.Reasons(Steps.HookHandlers));
        Assert.All(again.Reasons(Steps.Backfills), AssertUnchanged);
        Assert.All(again.Reasons(Steps.Manifest), AssertUnchanged);
        Assert.Single(again.OutputReasons(), IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void An_edit_inside_a_hook_changes_nothing()
    {
        var again = Edit(0, Source, Source.Replace("void AfterRunCompleted() { }", "void AfterRunCompleted() { Console.WriteLine(); }", StringComparison.Ordinal));
        Assert.All(s_steps.SelectMany(again.Reasons), AssertUnchanged);
        Assert.All(again.OutputReasons(), AssertUnchanged);
    }

    [Fact]
    public void A_handler_that_is_removed_leaves_the_manifest()
    {
        var again = Edit(0, Source, Source.Replace("[HookHandler]", "", StringComparison.Ordinal));
        Assert.Equal([IncrementalStepRunReason.Removed], again.Reasons(Steps.HookHandlers));
        Assert.All(again.Reasons(Steps.Backfills), AssertUnchanged);
        Assert.Contains(IncrementalStepRunReason.Modified, again.Reasons(Steps.Manifest));
    }

    [Fact]
    public void A_new_job_generates_no_other_again()
    {
        var again = Edit(1, Unrelated, "namespace Shop; [Backfill] public partial class Third { Scope<Row> Scope() => Row.All; void ProcessElement(Row row) { } }");
        Assert.Equal(1, again.Reasons(Steps.Backfills).Count(static reason => reason == IncrementalStepRunReason.New));
        Assert.Equal(2, again.Reasons(Steps.Backfills).Count(IsUnchanged));
        Assert.Contains(IncrementalStepRunReason.Modified, again.Reasons(Steps.Manifest));
    }

    [Fact]
    public void A_new_model_in_front_of_all_generates_no_other_again()
    {
        var again = Edit(0, Source, Source.Replace("[Model]", "[Model] public partial record Ahead(long Id);\n[Model]", StringComparison.Ordinal));
        Assert.Equal(1, again.Reasons(Steps.Models).Count(static reason => reason == IncrementalStepRunReason.New));
        Assert.Equal(1, again.Reasons(Steps.Models).Count(IsUnchanged));
        Assert.Equal(2, again.Reasons(Steps.Models).Length);
        Assert.All(again.Reasons(Steps.Backfills), AssertUnchanged);
        Assert.Single(again.OutputReasons(), static reason => !IsUnchanged(reason));
    }

    [Fact]
    public void A_job_that_is_removed_generates_no_other_again()
    {
        var again = Edit(0, Source, Source.Replace("[Backfill] public partial class First", "public partial class First", StringComparison.Ordinal));
        Assert.Equal(1, again.Reasons(Steps.Backfills).Count(static reason => reason == IncrementalStepRunReason.Removed));
        Assert.Equal(1, again.Reasons(Steps.Backfills).Count(IsUnchanged));
    }

    [Fact]
    public void A_new_reference_that_has_no_manifest_changes_nothing()
    {
        var reference = MetadataReference.CreateFromImage(Compiled.Emit(Compiled.Of("Other", OutputKind.DynamicallyLinkedLibrary, "public class Other;")));
        var compilation = Compiled.Of(Source, Unrelated);
        var again = Generation.Of(compilation).Again(compilation.AddReferences(reference));
        Assert.All(again.OutputReasons(), AssertUnchanged);
    }

    private static Generation Edit(int file, string before, string after)
    {
        var compilation = Compiled.Of(Source, Unrelated);
        return Generation.Of(compilation).Again(Compiled.Edit(compilation, $"Test{file}.cs", before, after));
    }

    private static bool IsUnchanged(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static void AssertUnchanged(IncrementalStepRunReason reason) => Assert.True(IsUnchanged(reason), $"A step was {reason}.");
}
