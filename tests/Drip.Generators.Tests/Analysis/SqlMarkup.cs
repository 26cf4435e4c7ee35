using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Tests.Analysis;

/// <summary>Checks SQL whose mistakes are marked: <c>{|DRIP4020:rolle|} IS NULL</c>. Exactly the marked places are reported.</summary>
internal static class SqlMarkup
{
    /// <summary>Checks the argument of <c>Employee.Where(…)</c>, quotes and all.</summary>
    public static Task<Diagnostic[]> VerifyWhereAsync(string argument) => VerifyAsync($"Employee.Where({argument})");

    /// <summary>Checks an expression in which <c>name</c>, <c>age</c>, <c>ids</c> and <c>batch</c> are known.</summary>
    public static Task<Diagnostic[]> VerifyAsync(string expression) => VerifySourceAsync(
        $$"""
        public static class Query
        {
            public static object? Make(string name, int age, int[] ids, Batch<Employee> batch) =>
                {{expression}};
        }
        """);

    public static async Task<Diagnostic[]> VerifySourceAsync(string marked)
    {
        await Harness.Rules.Check(marked, Shop.Employee);
        var found = await Harness.Rules.Report(Generation.Of(Markup.Parse(marked).Source, Shop.Employee).Output);
        return [.. found.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }
}
