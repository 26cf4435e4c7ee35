using static Drip.Generators.Tests.Analysis.SqlMarkup;

namespace Drip.Generators.Tests.Analysis;

public sealed class SqlQuotes
{
    [Fact]
    public async Task A_value_inside_quotes_is_refused()
    {
        var found = await VerifyWhereAsync("""$"department = '{|DRIP4022:{name}|}'" """);

        Assert.Equal(
            "The value 'name' stands inside quotes, where SQL reads text and not a parameter. "
            + "Remove the quotes: Drip makes every value a parameter.",
            found[0].GetMessage());
    }

    [Theory]
    [InlineData("""Employee.Where($"name LIKE '%{|DRIP4022:{name}|}%' AND role = '{|DRIP4022:{name}|}-{|DRIP4022:{age}|}'")""")]
    [InlineData("""Employee.Where($"name = 'it''s {|DRIP4022:{name}|}'")""")]
    [InlineData("""Employee.Where($"name = '{|DRIP4022:{name}|}")""")]
    [InlineData("""Employee.Where($"name = \"{|DRIP4022:{name}|}\"")""")]
    [InlineData("""Scope<Employee>.Sql($"SELECT * FROM employees WHERE name = '{|DRIP4022:{name}|}'")""")]
    [InlineData("""batch.UpdateAsync($"role = '{|DRIP4022:{name}|}'")""")]
    public Task It_is_refused_wherever_SQL_is_written(string expression) => VerifyAsync(expression);

    [Fact]
    public Task It_is_refused_for_a_handler_of_the_authors_own() => VerifySourceAsync(
        """
        public static class Query
        {
            public static Scope<Employee> Rich(SqlHandler condition) => Employee.Where(condition);

            public static Scope<Employee> Make(string name) => Rich($"name = '{|DRIP4022:{name}|}'");
        }
        """);

    [Theory]
    [InlineData("""$"name = {name} AND role = 'it''s' AND department = {name}" """)]
    [InlineData("""$"name = {name} -- isn't that so" """)]
    [InlineData("""$"name = '' AND role = {name}" """)]
    public Task A_value_beside_quotes_is_a_parameter(string argument) => VerifyWhereAsync(argument);

    [Fact]
    public Task An_ordinary_interpolated_string_is_not_SQL() => VerifyAsync("""$"salary = '{name}' ORDER BY bonus" """);
}
