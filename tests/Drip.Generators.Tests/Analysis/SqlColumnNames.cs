using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using static Drip.Generators.Tests.Analysis.SqlMarkup;

namespace Drip.Generators.Tests.Analysis;

public sealed class SqlColumnNames
{
    [Fact]
    public async Task An_unknown_column_of_a_condition_is_refused_and_the_nearest_offered()
    {
        var found = await VerifyWhereAsync("""$"{|DRIP4020:rolle|} IS NULL AND age > {age}" """);

        Assert.Equal(
            "'rolle' is not a column of the model 'Employee'; the nearest is 'role'. Correct the name or add the column to the model.",
            found[0].GetMessage());
    }

    [Fact]
    public async Task Where_no_column_is_near_none_is_offered()
    {
        var found = await VerifyWhereAsync("""$"{|DRIP4020:salary|} > {age}" """);

        Assert.Equal(
            "'salary' is not a column of the model 'Employee'. Correct the name or add the column to the model.",
            found[0].GetMessage());
    }

    [Theory]
    [InlineData("nmae", "name")]
    [InlineData("depart", "department")]
    [InlineData("is_active_now", null)]
    [InlineData("actve", "active")]
    [InlineData("revision_number", "revision")]
    [InlineData("HiredAt", "hired")]
    [InlineData("x", null)]
    public async Task The_nearest_column_is_a_few_letters_away_or_begins_alike(string word, string? nearest)
    {
        var found = await VerifyWhereAsync($$"""$"{|DRIP4020:{{word}}|} = {name}" """);

        Assert.Equal(nearest, found[0].Properties.GetValueOrDefault("Column"));
    }

    [Theory]
    [InlineData("""$"role IS NULL AND NOT active OR age BETWEEN {1} AND {2}" """)]
    [InlineData("""$"ROLE is null and Employees.Age > 3 and main.employees.age < 4" """)]
    [InlineData("""$"\"role\" IS NULL AND `role` IS NULL AND [role] IS NULL" """)]
    [InlineData("""$"hired < CURRENT_TIMESTAMP AND name LIKE 'rolle%' ESCAPE '!' COLLATE NOCASE" """)]
    [InlineData("""$"lower(trim(name)) = {name} AND length(name) > 3 AND printf('%s', role) <> ''" """)]
    [InlineData("""$"CASE WHEN age > 3 THEN true ELSE false END = active AND rowid > 7" """)]
    [InlineData("""$"id IN ({ids}) AND age IN (1, 2.5e-3, .5, 0x1F) AND role <> x'00FF'" """)]
    [InlineData("""$"role IS NULL -- rolle is what people call it" """)]
    [InlineData("""$"role IS NULL /* not salary */ AND (age = 3)" """)]
    [InlineData("""$"id = (SELECT max(boss) FROM staff AS s WHERE s.boss = employees.id) AND EXISTS (WITH x AS (SELECT 1) SELECT * FROM x)" """)]
    [InlineData("""$"e.salary > 3 AND other.x = 4" """)]
    [InlineData("""$"CAST(age AS decimal) > 3 AND age::numeric(10, 2) > 3 AND age::money > 3" """)]
    [InlineData("""$"extract(year from hired) = 2024 AND hired > date '2024-01-01' AND role IS DISTINCT FROM name" """)]
    [InlineData("""$"hired AT TIME ZONE 'UTC' > now() - interval '3 days'" """)]
    public Task Columns_keywords_functions_texts_and_subselects_are_left_alone(string argument) => VerifyWhereAsync(argument);

    [Theory]
    [InlineData("""$"salary > $1" """)]
    [InlineData("""$"salary > @minimum" """)]
    [InlineData("""$"salary > :minimum" """)]
    [InlineData("""$"salary = E'it\\'s'" """)]
    [InlineData("""$"salary[1] > 3" """)]
    [InlineData("""$"salary > 3;" """)]
    [InlineData("""$"salary > (3" """)]
    [InlineData("""$"salary > 3)" """)]
    [InlineData("""$"salary = 'open" """)]
    [InlineData("""$"salary{age} > 3" """)]
    [InlineData("""$"salary > 3 UNION SELECT 4" """)]
    public Task A_text_that_is_not_fully_understood_is_not_judged(string argument) => VerifyWhereAsync(argument);

    [Theory]
    [InlineData("""$"employees.{|DRIP4020:rolle|} IS NULL" """)]
    [InlineData("""$"\"{|DRIP4020:rolle|}\" IS NULL AND age > 3" """)]
    [InlineData("""$"[{|DRIP4020:rolle|}] IS NULL AND [age] > 3" """)]
    [InlineData("""$"(age > 3 AND (lower({|DRIP4020:nam|}) = {name}))" """)]
    [InlineData("""$"role = 'it''s' AND {|DRIP4020:salary|} > 3 AND {|DRIP4020:bonus|} > 3" """)]
    [InlineData("""$"id IN (SELECT id FROM staff) AND {|DRIP4020:salary|} > 3" """)]
    [InlineData("""$"{|DRIP4020:größe|} > 3" """)]
    public Task An_unknown_column_is_found_wherever_a_column_can_stand(string argument) => VerifyWhereAsync(argument);

    [Fact]
    public Task A_name_that_the_text_itself_defines_is_known() =>
        VerifyWhereAsync("""$"sum(age) OVER (PARTITION BY role) AS total AND total > 3" """);

    [Theory]
    [InlineData("""Scope<Employee>.Where($"{|DRIP4020:rolle|} IS NULL")""")]
    [InlineData("""Employee.All.And($"{|DRIP4020:rolle|} IS NULL")""")]
    [InlineData("""Employee.All.AndIf(age > 3, $"{|DRIP4020:rolle|} IS NULL")""")]
    [InlineData("""batch.UpdateAsync($"{|DRIP4020:rolle|} = {name}, revision = revision + 1")""")]
    [InlineData("""batch.UpdateAsync($"role = {name}, revision = {|DRIP4020:version|} + 1")""")]
    public Task Every_piece_of_SQL_that_names_columns_is_checked(string expression) => VerifyAsync(expression);

    [Fact]
    public Task An_update_by_key_is_checked() => VerifySourceAsync(
        """
        public static class Job
        {
            public static void Run(Changes<Employee> changes) => changes.Update(7, $"{|DRIP4020:rolle|} = {"intern"}");
        }
        """);

    [Fact]
    public Task A_whole_select_is_not_checked_for_columns() =>
        VerifyAsync("""Scope<Employee>.Sql($"SELECT e.*, boss.rank FROM employees e JOIN staff boss ON boss.id = employee_id")""");

    [Fact]
    public Task A_type_parameter_has_no_columns_to_check() => VerifySourceAsync(
        """
        public static class Query<T> where T : IModel<T>
        {
            public static Scope<T> Make() => Scope<T>.Where($"salary > {3}");
        }
        """);

    [Fact]
    public Task A_handler_of_the_authors_own_is_not_checked_for_columns() => VerifySourceAsync(
        """
        public static class Query
        {
            public static Scope<Employee> Rich(SqlHandler condition) => Employee.Where(condition);

            public static Scope<Employee> Make() => Rich($"salary > {3}");
        }
        """);

    [Theory]
    [InlineData("lentt", true)]
    [InlineData("lent", false)]
    [InlineData("borrower", false)]
    public async Task The_columns_of_a_model_in_another_assembly_are_known(string column, bool isUnknown)
    {
        var library = Generation.Of(Compiled.Of("Library", OutputKind.DynamicallyLinkedLibrary,
            """
            [Model]
            public partial record Book(long Id, [Column("lent")] bool IsLent)
            {
                public string? Borrower { get; internal set; }
            }
            """)).Output;
        var reader = Compiled.Of($"public static class Query {{ public static Scope<Book> Make() => Book.Where($\"{column} = {{3}}\"); }}")
            .AddReferences(MetadataReference.CreateFromImage(Compiled.Emit(library)));

        var found = await Harness.Rules.Report(Generation.Of(reader).Output);

        Assert.Equal(isUnknown ? ["DRIP4020"] : [], found.Select(static diagnostic => diagnostic.Id));
    }
}
