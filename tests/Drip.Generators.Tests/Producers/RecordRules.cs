using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Producers;

public sealed class RecordRules
{
    private const string Json = """
        [System.Text.Json.Serialization.JsonSerializable(typeof(List<string>))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(IReadOnlyList<string>))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
        public sealed class Texts : System.Text.Json.Serialization.JsonSerializerContext
        {
            public Texts() : base(null) { }
            public static Texts Default { get; } = new();
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    [Theory]
    [InlineData("public partial class {|DRIP2020:Page|} { public int Id { get; init; } }")]
    [InlineData("public partial record struct {|DRIP2020:Page|} { public int Id { get; init; } }")]
    [InlineData("public partial record {|DRIP2020:Page|}([Key(0)] int A, [Key(1)] int B);")]
    [InlineData("public partial record Page(DateTime {|DRIP2020:Id|});")]
    [InlineData("public partial record Page(int Id) { public string? {|DRIP2020:Url|} { get; set; } }")]
    [InlineData("public partial record Page(int Id) { public int {|DRIP2020:Count|}; }")]
    [InlineData("public partial record Page(int Id, byte[] {|DRIP2020:Body|});")]
    [InlineData("public partial record Page(int Id, [Json(typeof(Texts))] List<string> {|DRIP2020:Links|});")]
    [InlineData("public partial record Page(int Id, [Json(typeof(Texts))] string[] {|DRIP2020:Links|});")]
    [InlineData("public partial record Page(int Id, string Url) { public string {|DRIP2020:Url|} { get; } = Url; }")]
    public Task DRIP2020_a_model_of_a_producer_is_immutable_and_has_one_id(string model) => Check(model);

    [Theory]
    [InlineData("public partial record Page(int Id, string? Url, DateTime At, [Json(typeof(Texts))] IReadOnlyList<string> Links);")]
    [InlineData("public partial record Page { [Key] public required Guid Number { get; init; } public string Text => Number.ToString(); private static int s_count; public static int Count() => s_count++; }")]
    [InlineData("sealed partial record Page(long Id);")]
    public Task An_immutable_record_with_one_id_breaks_no_rule(string model) => Check(model);

    [Theory]
    [InlineData("int Id, [{|DRIP2021:OnConflict(Conflict.Max)|}, Json(typeof(Texts))] IReadOnlyList<string> A")]
    [InlineData("int Id, [{|DRIP2021:OnConflict(Conflict.Sum)|}] string A")]
    [InlineData("int Id, [{|DRIP2021:OnConflict(Conflict.Sum)|}] int? A")]
    [InlineData("int Id, [{|DRIP2021:OnConflict(Conflict.Sum)|}] DateTime A")]
    [InlineData("int Id, [{|DRIP2021:OnConflict(Conflict.Sum)|}] DayOfWeek A")]
    [InlineData("[{|DRIP2021:OnConflict(Conflict.Max)|}] int Id")]
    public Task DRIP2021_a_policy_fits_its_field(string members) => Check($"public partial record Page({members});");

    [Theory]
    [InlineData("[OnConflict(Conflict.Max)] string? A")]
    [InlineData("[OnConflict(Conflict.Min)] DayOfWeek? A")]
    [InlineData("[OnConflict(Conflict.Sum)] TimeSpan A")]
    [InlineData("[property: OnConflict(Conflict.LastWriter)] string A")]
    public Task DRIP2021_accepts(string member) => Check($"public partial record Page(int Id, {member});");

    [Fact]
    public Task A_model_of_a_table_may_be_what_a_producers_must_not() => Harness.Rules.Check(
        "[Model] public partial class Page { [Key(0)] public int A { get; set; } [Key(1)] public DateTime B { get; set; } public byte[] Body { get; set; } = []; }");

    private static Task Check(string model) => Harness.Rules.Check(
        $"[Producer] public partial class P {{ [Model] {model} }} {Json}", TestSources.Engine);
}
