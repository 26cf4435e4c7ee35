using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Options;

public sealed class OptionRules
{
    [Theory]
    [InlineData("object?")]
    [InlineData("short")]
    [InlineData("Uri?")]
    [InlineData("string[]?")]
    [InlineData("List<DayOfWeek>?")]
    [InlineData("DayOfWeek?[]?")]
    public Task DRIP1011_an_option_has_a_type_that_can_be_typed(string type) =>
        Check($"[Option] public {type} {{|DRIP1011:Value|}} {{ get; set; }}");

    [Fact]
    public Task DRIP1012_two_options_do_not_share_a_name() => Check("""
        [Option] public int? Age { get; set; }
        [Option(Name = "age")] public int? {|DRIP1012:Years|} { get; set; }
        """);

    [Theory]
    [InlineData("Limit")]
    [InlineData("BatchSize")]
    [InlineData("DryRun")]
    [InlineData("Help")]
    public Task DRIP1012_an_option_is_not_called_like_a_flag_of_run(string name) =>
        Check($"[Option] public string? {{|DRIP1012:{name}|}} {{ get; set; }}");

    [Theory]
    [InlineData("public int? {|DRIP1013:Age|} { get; }")]
    [InlineData("public int? {|DRIP1013:Age|} { get; init; }")]
    [InlineData("public int? {|DRIP1013:Age|} { get; private set; }")]
    [InlineData("public static int? {|DRIP1013:Age|} { get; set; }")]
    public Task DRIP1013_an_option_can_be_set(string property) => Check("[Option] " + property);

    [Theory]
    [InlineData("public required int Age { get; init; }")]
    [InlineData("internal int Age { get; set; }")]
    [InlineData("public int Age { get; internal set; }")]
    public Task DRIP1013_accepts(string property) => Check("[Option] " + property);

    [Theory]
    [InlineData("Range(1, 2)", "string?")]
    [InlineData("Range(1, 2)", "DayOfWeek?")]
    [InlineData("StringLength(5)", "int?")]
    [InlineData("StringLength(5)", "DayOfWeek[]?")]
    [InlineData("MinLength(5)", "int?")]
    [InlineData("RegularExpression(\"a\")", "int?")]
    [InlineData("AllowedValues(1, 2)", "int?")]
    [InlineData("EmailAddress", "string?")]
    [InlineData("CustomValidation(typeof(object), \"x\")", "string?")]
    [InlineData("Even", "int?")]
    public Task DRIP1014_a_validation_that_is_not_checked_is_named(string attribute, string type) =>
        Check($"[Option, {{|DRIP1014:{attribute}|}}] public {type} Value {{ get; set; }}");

    [Theory]
    [InlineData("DefaultValue(\"5\")", "int")]
    [InlineData("DefaultValue(5000000000)", "int")]
    [InlineData("DefaultValue(1.5)", "long")]
    [InlineData("DefaultValue(\"15.1.2030\")", "DateOnly")]
    [InlineData("DefaultValue(DayOfWeek.Friday)", "ConsoleColor")]
    [InlineData("DefaultValue(\"Someday\")", "DayOfWeek")]
    [InlineData("DefaultValue(null)", "int")]
    [InlineData("DefaultValue(\"yes\")", "bool")]
    [InlineData("Range(0, 2.5)", "int?")]
    [InlineData("Range(5, 1)", "int?")]
    [InlineData("Range(typeof(DateOnly), \"2030\", \"2031-01-01\")", "DateOnly?")]
    [InlineData("RegularExpression(\"(\")", "string?")]
    [InlineData("AllowedValues(\"a\", 1)", "string?")]
    [InlineData("Length(3, 1)", "string?")]
    public Task DRIP1015_a_value_in_an_attribute_fits(string attribute, string type) =>
        Check($"[Option, {{|DRIP1015:{attribute}|}}] public {type} Value {{ get; set; }}");

    [Fact]
    public Task DRIP1015_a_declared_default_is_inside_the_range() =>
        Check("[Option, Range(1, 10), {|DRIP1015:DefaultValue(11)|}] public int Value { get; set; }");

    [Fact]
    public Task DRIP1015_an_own_default_is_inside_the_range() =>
        Check("[Option, Range(typeof(decimal), \"0\", \"1\", MaximumIsExclusive = true)] public decimal {|DRIP1015:Value|} { get; set; } = 1;");

    [Theory]
    [InlineData("DefaultValue(5)", "long")]
    [InlineData("DefaultValue(5)", "decimal")]
    [InlineData("DefaultValue(\"2030-01-15 22:30\")", "DateTime")]
    [InlineData("DefaultValue(\"2030-01-15 22:30 +02:00\")", "DateTimeOffset")]
    [InlineData("DefaultValue(\"22:30\")", "TimeOnly")]
    [InlineData("DefaultValue(\"Friday\")", "DayOfWeek")]
    [InlineData("DefaultValue(\"Friday, Monday\")", "DayOfWeek[]")]
    [InlineData("DefaultValue(null)", "int?")]
    [InlineData("Range(0, double.MaxValue)", "int?")]
    [InlineData("Range(0, int.MaxValue)", "long?")]
    public Task DRIP1015_accepts(string attribute, string type) =>
        Check($"[Option, {attribute}] public {type} Value {{ get; set; }}{(type.EndsWith(']') ? " = [];" : "")}");

    [Fact]
    public Task DRIP1009_the_name_of_an_option_is_in_kebab_case() =>
        Check("[{|DRIP1009:Option(Name = \"Active Only\")|}] public bool Active { get; set; }");

    private static Task Check(string members) => Harness.Rules.Check($$"""
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        public sealed class EvenAttribute : ValidationAttribute;
        [Model] public partial record Row(long Id);
        [Backfill] public partial class Job
        {
            {{members}}
            Scope<Row> Scope() => Row.All;
            void ProcessElement(Row row) { }
        }
        """);
}
