namespace Drip.Generators.Tests.CodeFixes;

public sealed class DeclarationFixes
{
    [Theory]
    [InlineData("public record Order(long Id);", "public partial record Order(long Id);")]
    [InlineData("record struct Order(long Id);", "partial record struct Order(long Id);")]
    [InlineData("// Bought.\nclass Order { public long Id { get; set; } }", "// Bought.\npartial class Order { public long Id { get; set; } }")]
    public Task A_model_becomes_partial(string before, string after) =>
        Repair.VerifyAsync("DRIP4001", "[Model] " + before, "[Model] " + after);

    [Fact]
    public Task The_types_around_it_become_partial_too() => Repair.VerifyAsync(
        "DRIP1001",
        """
        public static class Jobs
        {
            internal class People
            {
                [Backfill]
                public class AddRole
                {
                    private static Scope<Employee> Scope() => Employee.All;

                    private static void ProcessElement(Employee employee) => Console.WriteLine(employee);
                }
            }
        }
        """,
        """
        public static partial class Jobs
        {
            internal partial class People
            {
                [Backfill]
                public partial class AddRole
                {
                    private static Scope<Employee> Scope() => Employee.All;

                    private static void ProcessElement(Employee employee) => Console.WriteLine(employee);
                }
            }
        }
        """,
        place: 2);

    [Fact]
    public Task All_types_become_partial_at_once() => Repair.VerifyAllAsync(
        "DRIP4001",
        """
        public static class Tables
        {
            [Model] public record Order(long Id);

            [Model] public record Customer(long Id);
        }
        """,
        """
        public static partial class Tables
        {
            [Model] public partial record Order(long Id);

            [Model] public partial record Customer(long Id);
        }
        """);

    [Fact]
    public Task A_process_method_is_added_for_the_model_of_the_scope() => Repair.VerifyAsync(
        "DRIP1002",
        """
        [Backfill]
        public partial class AddRole
        {
            public Scope<Employee> Scope() => Employee.All;
        }
        """,
        """
        [Backfill]
        public partial class AddRole
        {
            public Scope<Employee> Scope() => Employee.All;

            private void ProcessElement(Employee employee, Changes<Employee> changes) => changes.Update(employee);
        }
        """);

    [Fact]
    public Task A_process_method_keeps_the_layout_of_a_nested_class_and_its_line_ends() => Repair.VerifyAsync(
        "DRIP1002",
        """
        namespace Work
        {
            [Backfill]
            public partial class AddRole
            {
                private Scope<Tables.Event> Scope() => Tables.Event.All;
            }

            public static partial class Tables
            {
                [Model] public partial record Event(long Id);
            }
        }
        """.ReplaceLineEndings("\r\n"),
        """
        namespace Work
        {
            [Backfill]
            public partial class AddRole
            {
                private Scope<Tables.Event> Scope() => Tables.Event.All;

                private void ProcessElement(Tables.Event row, Changes<Tables.Event> changes) => changes.Update(row);
            }

            public static partial class Tables
            {
                [Model] public partial record Event(long Id);
            }
        }
        """.ReplaceLineEndings("\r\n"));

    [Fact]
    public Task Without_a_scope_no_process_method_is_added() =>
        Repair.VerifyNoneAsync("DRIP1002", "[Backfill] public partial class AddRole { }");

    [Theory]
    [InlineData("public int Age { get; }", "public int Age { get; set; }")]
    [InlineData("public int Age { get; } = 20;", "public int Age { get; set; } = 20;")]
    [InlineData("public int Age { get; init; }", "public int Age { get; set; }")]
    [InlineData("public int Age { get; private set; }", "public int Age { get; set; }")]
    [InlineData("internal int Age { get; private init; }", "internal int Age { get; set; }")]
    public Task An_option_gets_a_set_accessor(string before, string after) =>
        Repair.VerifyAsync("DRIP1013", WithOption(before), WithOption(after));

    [Theory]
    [InlineData("public int Age => 3;")]
    [InlineData("public int Age { get { return 3; } }")]
    [InlineData("public static int Age { get; set; }")]
    public Task An_option_that_no_accessor_repairs_is_left_to_the_author(string property) =>
        Repair.VerifyNoneAsync("DRIP1013", WithOption(property));

    [Theory]
    [InlineData("[Model] public partial record Order(long OrderId, string Paid);", "[Model] public partial record Order([Key] long OrderId, string Paid);")]
    [InlineData(
        "[Model]\npublic partial class Order\n{\n    /// <summary>Its number.</summary>\n    public Guid OrderID { get; set; }\n}",
        "[Model]\npublic partial class Order\n{\n    /// <summary>Its number.</summary>\n    [Key]\n    public Guid OrderID { get; set; }\n}")]
    [InlineData(
        "using System.ComponentModel.DataAnnotations;\n[Model] public partial record Order(long OrderId);",
        "using System.ComponentModel.DataAnnotations;\n[Model] public partial record Order([Key] long OrderId);")]
    [InlineData(
        "namespace Shop;\npublic class KeyAttribute : Attribute;\n[Model] public partial record Order(long OrderId);",
        "namespace Shop;\npublic class KeyAttribute : Attribute;\n[Model] public partial record Order([global::Drip.Key] long OrderId);")]
    public Task The_only_member_that_can_be_meant_becomes_the_key(string before, string after) => Repair.VerifyAsync("DRIP4002", before, after);

    [Theory]
    [InlineData("[Model] public partial record Order(long OrderId, long CustomerId);")]
    [InlineData("[Model] public partial record Order(string Name);")]
    [InlineData("[Model] public partial record Order(int? OrderId);")]
    public Task Where_several_or_none_could_be_the_key_the_author_decides(string source) => Repair.VerifyNoneAsync("DRIP4002", source);

    [Fact]
    public Task A_property_that_cannot_be_stored_is_left_unmapped() => Repair.VerifyAsync(
        "DRIP4004",
        """
        [Model]
        public partial class Order
        {
            public long Id { get; set; }

            public Uri? Tracking { get; set; }
        }
        """,
        """
        [Model]
        public partial class Order
        {
            public long Id { get; set; }

            [System.ComponentModel.DataAnnotations.Schema.NotMapped]
            public Uri? Tracking { get; set; }
        }
        """);

    [Theory]
    [InlineData("[Model] public partial record Order(long Id, Uri Tracking);")]
    [InlineData("[Model] public partial record Order(long Id) { public required Uri Tracking { get; set; } }")]
    public Task A_member_that_every_row_needs_is_not_left_unmapped(string source) => Repair.VerifyNoneAsync("DRIP4004", source);

    private static string WithOption(string property) =>
        $$"""
        [Backfill]
        public partial class AddRole
        {
            [Option] {{property}}

            public Scope<Employee> Scope() => Employee.All;

            public void ProcessElement(Employee employee, Changes<Employee> changes) => changes.Update(employee);
        }
        """;
}
