using static Drip.Generators.Tests.Analysis.SqlMarkup;

namespace Drip.Generators.Tests.Analysis;

public sealed class SqlPaging
{
    [Theory]
    [InlineData("""Employee.Where($"role IS NULL {|DRIP4021:ORDER BY|} age")""")]
    [InlineData("""Employee.Where($"role IS NULL {|DRIP4021:order  by|} age LIMIT 3")""")]
    [InlineData("""Employee.All.And($"role IS NULL {|DRIP4021:limit|} {age}")""")]
    [InlineData("""Employee.All.AndIf(true, $"role IS NULL {|DRIP4021:OFFSET|} 3")""")]
    [InlineData("""Scope<Employee>.Sql($"SELECT * FROM employees {|DRIP4021:ORDER BY|} age")""")]
    [InlineData("""Scope<Employee>.Sql($"SELECT * FROM employees {|DRIP4021:FETCH|} FIRST 3 ROWS ONLY")""")]
    public async Task An_order_or_a_limit_of_a_scope_is_refused(string expression) =>
        Assert.Single(await VerifyAsync(expression));

    [Theory]
    [InlineData("""Scope<Employee>.Sql($"SELECT * FROM (SELECT * FROM employees ORDER BY age LIMIT 3)")""")]
    [InlineData("""Employee.Where($"id IN (SELECT id FROM employees ORDER BY age LIMIT 3)")""")]
    [InlineData("""Employee.Where($"name = 'ORDER BY' -- LIMIT 3")""")]
    [InlineData("""Employee.Where($"\"limit\".x > 3 AND e.offset > 3")""")]
    public async Task Within_parentheses_quotes_and_comments_they_are_left_alone(string expression) =>
        Assert.Empty(await VerifyAsync(expression));

    [Fact]
    public async Task The_message_names_what_was_found()
    {
        var found = await VerifyWhereAsync("""$"role IS NULL {|DRIP4021:limit|} 3" """);

        Assert.Equal(
            "The scope contains LIMIT, but the order and the size of pages are Drip's. Remove it; a run takes --limit and --batch-size.",
            found[0].GetMessage());
    }

    [Fact]
    public Task A_column_may_have_the_name_of_a_limit() => VerifySourceAsync(
        """
        [Model]
        public partial record Account(long Id, int Limit, int Offset);

        public static class Query
        {
            public static Scope<Account> Make() => Account.Where($"offset > 3");
        }
        """);
}
