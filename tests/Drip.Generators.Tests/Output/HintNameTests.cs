using Drip.Generators.Parsing;
using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Output;

public sealed class HintNameTests
{
    [Fact]
    public void Types_whose_names_look_alike_get_a_file_each()
    {
        var generation = Generation.Of("""
            namespace A { [Model] public partial record B_C(long Id); }
            namespace A_B { [Model] public partial record C(long Id); }
            namespace A.B { [Model] public partial record C(long Id); }
            namespace A
            {
                public partial class D { [Model] public partial record C(long Id); }
                [Model] public partial record D_C(long Id);
            }
            namespace É { [Model] public partial record C(long Id); }
            namespace È { [Model] public partial record C(long Id); }
            """).Compiles();
        Assert.Equal(7, generation.Files.Count);
    }

    [Fact]
    public void A_name_is_left_as_it_is_where_nothing_has_to_be_replaced() => Assert.Equal("A.B_C", HintNames.Of("A.B_C"));

    [Fact]
    public void A_name_in_which_something_was_replaced_has_a_hash() => Assert.NotEqual(HintNames.Of("A.É"), HintNames.Of("A.È"));

    [Fact]
    public void Two_kinds_of_types_of_one_name_do_not_lose_the_output() => Assert.Single(Generation.Of("""
        [Model] public partial record Row(long Id);
        [Model] public partial struct Row { public long Id { get; set; } }
        """).Files);

    [Fact]
    public void Two_parts_with_the_attribute_get_one_file() => Assert.Single(Generation.Of("""
        [Model] public partial record Row(long Id);
        [Model] public partial record Row;
        """).Files);
}
