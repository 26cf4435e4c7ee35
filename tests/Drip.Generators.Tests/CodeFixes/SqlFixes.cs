namespace Drip.Generators.Tests.CodeFixes;

public sealed class SqlFixes
{
    [Theory]
    [InlineData("""$"rolle IS NULL" """, """$"role IS NULL" """)]
    [InlineData("""$"employees.\"HiredAt\" > {age}" """, """$"employees.\"hired\" > {age}" """)]
    [InlineData("$@\"role = \"\"age\"\" AND rolle = 3\"", "$@\"role = \"\"age\"\" AND role = 3\"")]
    public Task An_unknown_column_becomes_the_nearest(string before, string after) =>
        Repair.VerifyAsync("DRIP4020", Where(before), Where(after));

    [Fact]
    public Task A_column_that_is_near_none_is_left_to_the_author() => Repair.VerifyNoneAsync("DRIP4020", Where("""$"salary > 3" """));

    [Fact]
    public Task All_unknown_columns_are_repaired_at_once() => Repair.VerifyAllAsync(
        "DRIP4020", Where("""$"rolle IS NULL AND nmae = {name} AND agee > {age}" """), Where("""$"role IS NULL AND name = {name} AND age > {age}" """));

    [Theory]
    [InlineData("""$"role IS NULL ORDER BY age" """, """$"role IS NULL" """)]
    [InlineData("""$"role IS NULL AND age > {age} LIMIT {age} OFFSET 3" """, """$"role IS NULL AND age > {age}" """)]
    [InlineData("""$@"role IS NULL ORDER BY age" """, """$@"role IS NULL" """)]
    [InlineData("$\"\"\"\n    role IS NULL\n    ORDER BY age\n    LIMIT 3\n    \"\"\"", "$\"\"\"\n    role IS NULL\n    \"\"\"")]
    [InlineData("$\"\"\"\n    role IS NULL\n    LIMIT {age}\n    \"\"\"", "$\"\"\"\n    role IS NULL\n    \"\"\"")]
    [InlineData("$\"\"\"role IS NULL LIMIT 3\"\"\"", "$\"\"\"role IS NULL\"\"\"")]
    public Task An_order_or_a_limit_is_removed_with_all_that_follows(string before, string after) =>
        Repair.VerifyAsync("DRIP4021", Where(before), Where(after));

    [Theory]
    [InlineData("""$"ORDER BY age" """)]
    [InlineData("""$"role IS NULL" + $" ORDER BY age" """)]
    public Task Where_nothing_would_be_left_nothing_is_removed(string argument) => Repair.VerifyNoneAsync("DRIP4021", Where(argument));

    [Theory]
    [InlineData("""$"name = '{name}'" """, """$"name = {name}" """)]
    [InlineData("""$"name LIKE '%{name}%' AND age > 3" """, """$"name LIKE '%' || {name} || '%' AND age > 3" """)]
    [InlineData("""$"name = 'it''s {name}: {age}'" """, """$"name = 'it''s ' || {name} || ': ' || {age}" """)]
    [InlineData("""$"name = `{name}`" """, """$"name = {name}" """)]
    [InlineData("$\"\"\"\n    name = \"{name}\"\n    \"\"\"", "$\"\"\"\n    name = {name}\n    \"\"\"")]
    [InlineData("$\"name = \\\"{name}\\\"\"", "$\"name = {name}\"")]
    [InlineData("$@\"name = \"\"{name}\"\"\"", "$@\"name = {name}\"")]
    public Task A_value_is_taken_out_of_its_quotes(string before, string after) =>
        Repair.VerifyAsync("DRIP4022", Where(before), Where(after));

    [Theory]
    [InlineData("""$"name = `it is {name}`" """)]
    [InlineData("""$"name = '{name}" """)]
    public Task A_value_that_cannot_simply_be_taken_out_is_left_to_the_author(string argument) =>
        Repair.VerifyNoneAsync("DRIP4022", Where(argument));

    [Fact]
    public Task All_values_are_taken_out_at_once() => Repair.VerifyAllAsync(
        "DRIP4022", Where("""$"name = '{name}' AND role = '{name}-{age}'" """), Where("""$"name = {name} AND role = {name} || '-' || {age}" """));

    private static string Where(string argument) =>
        $$"""
        public static class Query
        {
            public static Scope<Employee> Make(string name, int age) => Employee.Where({{argument}});
        }
        """;
}
