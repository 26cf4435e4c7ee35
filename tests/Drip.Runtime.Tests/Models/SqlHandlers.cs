namespace Drip.Runtime.Tests.Models;

public sealed class SqlHandlers
{
    [Fact]
    public void A_value_becomes_a_parameter()
    {
        var sql = Sql($"role = {"intern"} AND age > {21}");

        Assert.Equal(["role = ", " AND age > ", ""], sql.Literals);
        Assert.Equal(["intern", 21], sql.Values);
        Assert.Equal("role = ? AND age > ?", sql.ToString());
    }

    [Fact]
    public void A_null_is_a_parameter_too() => Assert.Equal([null], Sql($"role IS {(string?)null}").Values);

    [Fact]
    public void A_list_becomes_a_parameter_for_each_element() => Assert.Equal("id IN (?, ?, ?)", Sql($"id IN ({new[] { 1, 2, 3 }})").ToString());

    [Fact]
    public void An_empty_list_becomes_NULL_which_no_row_is_in() => Assert.Equal("id IN (NULL)", Sql($"id IN ({Array.Empty<int>()})").ToString());

    [Fact]
    public void A_text_and_bytes_are_no_lists()
    {
        var bytes = new byte[] { 1, 2 };

        Assert.Equal(["ab", bytes], Sql($"a = {"ab"} AND b = {bytes}").Values);
    }

    [Fact]
    public void A_value_inside_quotes_is_refused()
    {
        var error = Assert.Throws<DripException>(() => Sql($"name = '{"Ann"}'"));

        Assert.Equal((DripErrorKind.Usage, "value-inside-quotes"), (error.Kind, error.Code));
        Assert.Contains("name = '", error.Message);
    }

    [Fact]
    public void A_list_inside_quotes_is_refused() => Assert.Throws<DripException>(() => Sql($"name = '{new[] { 1 }}'"));

    [Fact]
    public void A_value_behind_a_closed_quote_is_a_parameter() => Assert.Equal(["x"], Sql($"a = 'it''s' AND b = {"x"}").Values);

    [Fact]
    public void An_apostrophe_in_a_comment_opens_no_quotes() =>
        Assert.Equal(["x"], Sql($"a = 1 -- Ann's own\n AND b = {"x"}").Values);

    [Fact]
    public void Two_dashes_in_a_text_open_no_comment() => Assert.Throws<DripException>(() => Sql($"a = '-- {"x"}'"));

    [Fact]
    public void A_condition_that_is_not_wanted_does_not_evaluate_its_values()
    {
        var scope = Scope<Nothing>.All.AndIf(false, $"a = {Fail()}");

        Assert.Empty(scope.Conditions);
        static int Fail() => throw new InvalidOperationException("Evaluated.");
    }

    [Fact]
    public void A_scope_is_not_changed_by_what_is_built_on_it()
    {
        var scope = Scope<Nothing>.Where($"a = 1");

        Assert.Equal(2, scope.And($"b = 2").Conditions.Count);
        Assert.Equal(2, scope.AndIf(true, $"c = {3}").Conditions.Count);
        Assert.Single(scope.Conditions);
    }

    private static SqlText Sql(SqlHandler sql) => sql.ToSql();
}

/// <summary>A model that is only named.</summary>
internal sealed class Nothing : IModel<Nothing>
{
    public static ModelSchema Schema { get; } = new("Nothing", "nothing", [new ModelColumn("id", "Id", ColumnType.Int64, false)], [0], isMutable: false);

    public static Nothing Read<TReader>(ref TReader reader) where TReader : struct, IRowReader => new();

    public static void Write<TWriter>(ref TWriter writer, Nothing row, ColumnSet columns) where TWriter : struct, IRowWriter
    {
    }

    public static void WriteKey<TWriter>(ref TWriter writer, Nothing row) where TWriter : struct, IRowWriter
    {
    }

    public static ColumnSet Diff(Nothing before, Nothing after) => default;

    public static bool SameKey(Nothing left, Nothing right) => true;

    public static Key KeyOf(Nothing row) => 0;

    public static Nothing Copy(Nothing row) => row;
}
