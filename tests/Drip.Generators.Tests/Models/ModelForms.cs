using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Models;

/// <summary>Declarations that a model can have; the output of each compiles without warnings.</summary>
public sealed class ModelForms
{
    [Theory]
    [InlineData("[Model] partial record Plain(long Id);")]
    [InlineData("[Model] internal sealed partial class Plain { public long Id { get; init; } }")]
    [InlineData("[Model] public partial struct Plain { public long Id { get; set; } }")]
    [InlineData("[Model] public partial record struct Plain(long Id, string? Text) { public int More { get; set; } }")]
    [InlineData("[Model] public partial record Plain(long Id, string Text) { public required int More { get; init; } }")]
    public void Every_kind_of_type_is_a_model(string source) => Generation.Of(source).Compiles();

    [Fact]
    public void Names_that_are_keywords_are_escaped() => Generation.Of("""
        namespace @namespace.@class;

        public static partial class @static
        {
            [Model] public partial record @record(long Id, string @class, int @event, bool @new, int value);
        }
        """).Compiles();

    [Fact]
    public void A_namespace_that_ends_in_System_does_not_hide_the_real_one() => Generation.Of("""
        namespace X.System
        {
            [Model] public partial record Row(long Id, global::System.Guid Code, string? Name, byte[] Data);
        }
        namespace X.Drip
        {
            [Model] public partial record Other(global::System.DateTime Id, int System, int global);
        }
        """).Compiles();

    [Fact]
    public void The_columns_of_a_base_class_come_first()
    {
        var file = Generation.Of("""
            public class Entity { public long Id { get; set; } public string Note { get; set; } = ""; }
            [Model] public partial class Row : Entity { public int Age { get; set; } }
            """).Compiles().File("Row.");
        Assert.Equal(["id", "note", "age"], Columns(file));
    }

    [Fact]
    public void A_class_can_be_made_through_the_constructor_that_takes_its_columns()
    {
        var file = Generation.Of("""
            [Model] public partial class Row(long id, string name)
            {
                public long Id { get; } = id;
                public string Name { get; } = name;
                public int Age { get; set; }
            }
            """).Compiles().File("Row.");
        Assert.Equal(["id", "name", "age"], Columns(file));
        Assert.Contains("new global::Row(id: __c0, name: __c1)", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_on_the_parameter_and_on_its_property_mean_the_same()
    {
        const string Usings = "using DataKey = System.ComponentModel.DataAnnotations.KeyAttribute; using System.ComponentModel.DataAnnotations.Schema;";
        var onParameter = Generation.Of("[Model] public partial record Row([Key] long Code, [Drip.Column(\"n\")] string Name, int Age);").Compiles();
        var onProperty = Generation.Of("[Model] public partial record Row([property: Key] long Code, [property: Drip.Column(\"n\")] string Name, int Age);").Compiles();
        var annotations = Generation.Of(Usings + "[Model] public partial record Row([property: DataKey] long Code, [property: System.ComponentModel.DataAnnotations.Schema.Column(\"n\")] string Name, int Age);").Compiles();
        Assert.Equal(onParameter.File("Row."), onProperty.File("Row."));
        Assert.Equal(onParameter.File("Row."), annotations.File("Row."));
    }

    [Fact]
    public void Members_that_the_author_has_are_left_to_the_author()
    {
        var file = Generation.Of("""
            [Model] public partial record Row(long Id)
            {
                public static Scope<Row> All => Scope<Row>.Where($"id > 0");
                public static int Where => 1;
            }
            """).Compiles().File("Row.");
        Assert.DoesNotContain("public static", file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_derives_from_a_model_hides_its_members_knowingly() => Generation.Of("""
        [Model] public partial record Animal(long Id);
        [Model] public partial record Cat(long Id, string Name) : Animal(Id);
        """).Compiles();

    [Fact]
    public void A_model_in_code_without_nullability_compiles_and_its_references_can_be_null()
    {
        var file = Generation.Of("""
            #nullable disable
            [Model] public partial class Row { [Key] public string Code { get; set; } public string Name { get; set; } public byte[] Data { get; set; } }
            """).Compiles().File("Row.");
        Assert.Contains("""new("name", "Name", global::Drip.ColumnType.Text, true)""", file, StringComparison.Ordinal);
        Assert.Contains("""new("code", "Code", global::Drip.ColumnType.Text, false)""", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Obsolete_members_bring_no_warning() => Generation.Of("""
        [Model] public partial record Row(long Id) { [Obsolete] public int Old { get; init; } }
        """).Compiles();

    [Theory]
    [InlineData("OrderID", "order_id")]
    [InlineData("HTTPCode", "http_code")]
    [InlineData("Address2", "address2")]
    [InlineData("Already_There", "already_there")]
    [InlineData("A", "a")]
    public void A_column_is_called_like_its_member_in_snake_case(string member, string column) =>
        Assert.Equal(column, Drip.Generators.Parsing.Naming.Snake(member));

    private static IEnumerable<string> Columns(string file) => file.Split('\n')
        .Where(static line => line.Contains("global::Drip.ColumnType.", StringComparison.Ordinal))
        .Select(static line => line.Split('"')[1]);
}
