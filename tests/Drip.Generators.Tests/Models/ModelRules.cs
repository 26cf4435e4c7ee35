using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Models;

public sealed class ModelRules
{
    private const string Json = """
        using System.Text.Json.Serialization;
        public sealed record Address(string Street);
        public sealed record Person(string Name);
        [JsonSerializable(typeof(Address))]
        public abstract class ShopJson : JsonSerializerContext
        {
            protected ShopJson() : base(null) { }
            public static ShopJson Default => throw new NotSupportedException();
        }
        """;

    [Fact]
    public Task DRIP4001_a_model_is_partial() => Harness.Rules.Check(
        "[Model] public record {|DRIP4001:Row|}(long Id);");

    [Fact]
    public Task DRIP4001_the_types_around_a_model_are_partial() => Harness.Rules.Check(
        "public class {|DRIP4001:Outer|} { [Model] public partial record Row(long Id); }");

    [Fact]
    public Task DRIP4001_a_file_local_type_has_no_other_part() => Harness.Rules.Check(
        "[Model] file partial record {|DRIP4001:Row|}(long Id);");

    [Fact]
    public Task DRIP4002_a_model_has_a_key() => Harness.Rules.Check(
        "[Model] public partial record {|DRIP4002:Row|}(long Number);",
        "[Model] public partial record Fine(long ID);",
        "[Model] public partial record Marked([Key] long Number);");

    [Theory]
    [InlineData("int")]
    [InlineData("long")]
    [InlineData("string")]
    [InlineData("Guid")]
    [InlineData("DateTime")]
    public Task DRIP4003_accepts_the_types_of_keys(string type) => Harness.Rules.Check($"[Model] public partial record Row({type} Id);");

    [Theory]
    [InlineData("int?")]
    [InlineData("string?")]
    [InlineData("double")]
    [InlineData("DayOfWeek")]
    [InlineData("byte[]")]
    [InlineData("DateOnly")]
    public Task DRIP4003_refuses_other_types_of_keys(string type) =>
        Harness.Rules.Check($"[Model] public partial record Row({type} {{|DRIP4003:Id|}});");

    [Theory]
    [InlineData("object")]
    [InlineData("List<int>")]
    [InlineData("int[]")]
    [InlineData("(int A, int B)")]
    [InlineData("Uri?")]
    public Task DRIP4004_refuses_what_cannot_be_stored(string type) =>
        Harness.Rules.Check($"[Model] public partial record Row(long Id, {type} {{|DRIP4004:Value|}});");

    [Fact]
    public Task DRIP4004_leaves_members_alone_that_are_not_mapped() => Harness.Rules.Check("""
        using System.ComponentModel.DataAnnotations.Schema;
        [Model] public partial class Row
        {
            public long Id { get; set; }
            [NotMapped] public object? Tag { get; set; }
            public List<int> Computed => [];
            internal object? Inner { get; set; }
        }
        """);

    [Fact]
    public Task DRIP4005_two_members_do_not_share_a_column() => Harness.Rules.Check("""
        [Model] public partial record Row(long Id, string Name, [Column("NAME")] string {|DRIP4005:Title|}, [Column("other")] string NAME);
        """);

    [Fact]
    public Task DRIP4006_a_model_is_not_generic() => Harness.Rules.Check(
        "[Model] public partial record {|DRIP4006:Row|}<T>(long Id);");

    [Fact]
    public Task DRIP4006_a_model_is_not_inside_a_generic_type() => Harness.Rules.Check(
        "public partial class {|DRIP4006:Outer|}<T> { [Model] public partial record Row(long Id); }");

    [Fact]
    public Task DRIP4007_a_model_is_not_abstract() => Harness.Rules.Check(
        "[Model] public abstract partial class {|DRIP4007:Row|} { public long Id { get; set; } }");

    [Fact]
    public Task DRIP4007_a_constructor_takes_only_columns() => Harness.Rules.Check("""
        [Model] public partial class {|DRIP4007:Row|}
        {
            public Row(long id, object other) => Id = id;
            public long Id { get; set; }
        }
        """);

    [Fact]
    public Task DRIP4007_only_one_constructor_fits() => Harness.Rules.Check("""
        [Model] public partial class {|DRIP4007:Row|}
        {
            public Row(long id) => Id = id;
            public Row(long id, string name) => (Id, Name) = (id, name);
            public long Id { get; set; }
            public string Name { get; set; } = "";
        }
        """);

    [Fact]
    public Task DRIP4007_a_required_member_is_a_column() => Harness.Rules.Check("""
        [Model] public partial class {|DRIP4007:Row|}
        {
            public long Id { get; set; }
            [System.ComponentModel.DataAnnotations.Schema.NotMapped] public required object Tag { get; init; }
        }
        """);

    [Fact]
    public Task DRIP4007_a_positional_parameter_that_is_not_mapped_is_optional() => Harness.Rules.Check("""
        using System.ComponentModel.DataAnnotations.Schema;
        [Model] public partial record {|DRIP4007:Row|}(long Id, [property: NotMapped] object Tag);
        [Model] public partial record Fine(long Id, [property: NotMapped] object? Tag = null);
        """);

    [Fact]
    public Task DRIP4008_a_model_has_at_most_256_columns() => Harness.Rules.Check(
        $"[Model] public partial record {{|DRIP4008:Wide|}}(long Id, {Members(256)});",
        $"[Model] public partial record Fits(long Id, {Members(255)});");

    [Theory]
    [InlineData("[Key(1)] long A, int B")]
    [InlineData("[Key(0)] long A, [Key(2)] int B")]
    [InlineData("[Key] long A, [Key] int B")]
    public Task DRIP4009_key_columns_are_numbered_from_0(string members) => Harness.Rules.Check(
        $"[Model] public partial record {{|DRIP4009:Row|}}({members});",
        "[Model] public partial record Fine([Key(1)] long A, [Key(0)] int B);");

    [Fact]
    public Task DRIP4010_a_JSON_context_lists_the_type() => Harness.Rules.Check(Json, """
        [Model] public partial record Row(long Id, [Json(typeof(ShopJson))] Address? Home, [{|DRIP4010:Json(typeof(ShopJson))|}] Person Owner);
        """);

    [Fact]
    public Task DRIP4010_a_JSON_context_is_one() => Harness.Rules.Check(Json, """
        [Model] public partial record Row(long Id, [{|DRIP4010:Json(typeof(Address))|}] Address Home);
        """);

    [Fact]
    public async Task Each_message_says_what_to_do()
    {
        var messages = await Harness.Rules.Messages("[Model] public partial record Row(double Id, object Tag);");
        Assert.Equal(
        [
            "The key column 'Id' has the type 'double', which a key cannot have. Use int, long, string, Guid or DateTime, not nullable.",
            "The column 'Tag' has the type 'object', which Drip cannot store. Mark it with [Json(typeof(YourJsonContext))] or [NotMapped].",
        ], messages);
    }

    [Theory]
    [InlineData("[Model] public partial record Row(long Id, Missing Value);")]
    [InlineData("[Model] public partial record Row(Missing Id);")]
    [InlineData("[Model] public partial record Row(long Id, [Json(typeof(Missing))] string Value);")]
    [InlineData("[Model(")]
    [InlineData("[Model] public partial record Row(long Id, [Key(")]
    [InlineData("[Model] public partial class { public long Id { get; set; }")]
    [InlineData("[Model] [Model] public partial record Row(long Id);")]
    public async Task Half_typed_code_gets_the_compilers_errors_only(string source) => Assert.NotEmpty(await Harness.Rules.CheckOnly(source));

    private static string Members(int count) => string.Join(", ", Enumerable.Range(0, count).Select(static number => $"int C{number}"));
}
