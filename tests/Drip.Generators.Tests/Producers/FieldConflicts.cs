using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Producers;

public sealed class FieldConflicts
{
    private const string Page = "Store.Find<Page>(1)!";

    [Theory]
    [InlineData($"[Step] void A() => Changes.Update({Page} with {{ Url = \"\" }}); [Step(With = nameof(A))] void B() => Changes.Update({Page} with {{ {{|DRIP2023:Url = \"\"|}} }});")]
    [InlineData($"[Step] void A() {{ var page = {Page} with {{ Url = \"\", Count = 1 }}; Changes.Update(page); }} [Step(After = [])] void B() {{ Changes.Update({Page} with {{ {{|DRIP2023:Count = 2|}} }}); }}")]
    [InlineData($"[Step] void A() => Changes.Update({Page} with {{ Url = \"\" }}); [Step(With = nameof(A))] void B() {{ Array.ForEach([1], _ => Changes.Update({Page} with {{ {{|DRIP2023:Url = \"\"|}} }} with {{ Count = 1 }})); }}")]
    public Task DRIP2023_unordered_steps_do_not_write_one_field(string steps) => Check($"[Pipeline] public partial class Run {{ {steps} }}");

    [Theory]
    [InlineData($"[Step] void A() => Changes.Update({Page} with {{ Url = \"\" }}); [Step] void B() => Changes.Update({Page} with {{ Url = \"\" }});")]
    [InlineData($"[Step] void A() => Changes.Update({Page} with {{ Url = \"\" }}); [Step] void X() {{ }} [Step] void B() => Changes.Update({Page} with {{ Url = \"\" }});")]
    [InlineData($"[Step] void A() => Changes.Update({Page} with {{ Url = \"\" }}); [Step(With = nameof(A))] void B() => Changes.Update({Page} with {{ Count = 1 }});")]
    [InlineData($"[Step] void A() => Changes.Update({Page} with {{ Total = 1 }}); [Step(With = nameof(A))] void B() => Changes.Update({Page} with {{ Total = 1 }});")]
    [InlineData($"[Step] void A() => Changes.Create({Page} with {{ Url = \"\" }}); [Step(With = nameof(A))] void B() => Changes.Create({Page} with {{ Url = \"\" }});")]
    public Task Ordered_steps_other_fields_and_fields_with_a_policy_break_no_rule(string steps) => Check($"[Pipeline] public partial class Run {{ {steps} }}");

    [Fact]
    public Task DRIP2023_steps_of_two_pipelines_do_not_write_one_field() => Check($$"""
        [Pipeline] public partial class A { [Step] void Go() => Changes.Update({{Page}} with { Url = "" }); }
        [Pipeline] public partial class B { [Step] void Go() => Changes.Update({{Page}} with { {|DRIP2023:Url = ""|} }); }
        """);

    [Fact]
    public Task A_gate_may_keep_two_pipelines_apart() => Check($$"""
        [Pipeline] public partial class A { [Step] void Go() => Changes.Update({{Page}} with { Url = "" }); }
        [Pipeline] public partial class B { bool Open() => Store.All<Page>().Count > 1; [Step] void Go() => Changes.Update({{Page}} with { Url = "" }); }
        """);

    [Theory]
    [InlineData("", "Changes.Update(Store.Find<Sum>(\"all\")! with { {|DRIP2023:Pages = 1|} });")]
    [InlineData("", "Changes.Update(Store.Find<Page>(Record.Id + 1)! with { {|DRIP2023:Url = \"\"|} });")]
    [InlineData("", "Changes.Update(Record with { Url = \"\" });")]
    [InlineData(", Concurrency = 1", "Changes.Update(Store.Find<Sum>(\"all\")! with { Pages = 1 });")]
    public Task DRIP2023_a_step_for_many_records_writes_only_its_own(string setting, string body) => Check(
        $"[Pipeline(Each = typeof(Page){setting})] public partial class Run {{ [Step] void A() {{ {body} }} }}");

    [Theory]
    [InlineData("[Step(With = nameof(A))] void B() => Changes.Update(Record with { {|DRIP2023:Url = \"\"|} });")]
    [InlineData("[Step] void B() => Changes.Update(Record with { Url = \"\" });")]
    public Task DRIP2023_two_steps_for_the_same_record_are_in_order(string step) => Check(
        $"[Pipeline(Each = typeof(Page))] public partial class Run {{ [Step] void A() => Changes.Update(Record with {{ Url = \"\" }}); {step} }}");

    [Fact]
    public async Task The_steps_and_the_field_are_named() => Assert.Equal(
        ["'A/Go' and 'B/Stop' can run at the same time, and both write 'Url' of Page. Let one come after the other, or say with [OnConflict] how the values become one."],
        await Harness.Rules.Messages(In($$"""
            [Pipeline] public partial class A { [Step] void Go() => Changes.Update({{Page}} with { Url = "" }); }
            [Pipeline] public partial class B { [Step(Name = "Stop")] void Go() => Changes.Update({{Page}} with { Url = "" }); }
            """) + TestSources.Engine));

    private static Task Check(string pipelines) => Harness.Rules.Check(In(pipelines), TestSources.Engine);

    private static string In(string pipelines) => $$"""
        [Producer] public partial class P
        {
            [Model] public partial record Page(int Id, string Url, int Count, [OnConflict(Conflict.Sum)] int Total);
            [Model] public partial record Sum(string Id, int Pages);
            {{pipelines}}
        }

        """;
}
