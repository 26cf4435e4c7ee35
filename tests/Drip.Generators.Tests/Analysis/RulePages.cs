using System.Reflection;
using System.Text.RegularExpressions;
using Drip.Generators.Rules;
using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Tests.Analysis;

/// <summary>Every rule has a page, and what the page shows is what the compiler does.</summary>
public sealed partial class RulePages
{
    private static readonly DiagnosticDescriptor[] s_rules =
    [
        .. typeof(DripRules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>(),
    ];

    public static TheoryData<string> Ids => [.. s_rules.Select(static rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_wrong_example_of_a_page_breaks_its_rule_and_no_other(string id)
    {
        var output = Generation.Of(Shop.Compile(Example(id, "Wrong"))).Output;

        Assert.Equal([id], (await Harness.Rules.Report(output, PlanLock(id, "Wrong"))).Select(static diagnostic => diagnostic.Id).Distinct());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_right_example_of_a_page_breaks_no_rule_and_compiles(string id)
    {
        var output = Generation.Of(Shop.Compile(Example(id, "Right"))).Output;

        Assert.Empty(await Harness.Rules.Report(output, PlanLock(id, "Right")));
        Assert.DoesNotContain(Compiled.Complaints(output), static complaint => !IsOfJson(complaint));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_says_what_its_rule_is_and_how_severe(string id)
    {
        var rule = s_rules.Single(candidate => candidate.Id == id);
        var isFixed = rule.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable);

        Assert.StartsWith($"# {id}: {rule.Title}\n", Page(id));
        Assert.Contains($"| {rule.DefaultSeverity}{(isFixed ? ", cannot be configured" : "")} |", Page(id));
        Assert.EndsWith($"/docs/rules/{id}.md", rule.HelpLinkUri);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_says_whether_there_is_a_code_fix(string id)
    {
        var hasFix = CodeFixes.Repair.FixableRules.Contains(id);

        Assert.Equal(hasFix, Page(id).Contains("| Yes: ", StringComparison.Ordinal));
        Assert.Contains($"| [{id}]({id}.md) | {s_rules.Single(rule => rule.Id == id).Title} |", Page("README"));
        Assert.Equal(hasFix, Page("README").Split('\n').Single(line => line.Contains($"[{id}]")).EndsWith("| Yes |", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_line_in_the_release_file(string id)
    {
        var rule = s_rules.Single(candidate => candidate.Id == id);
        var lines = File.ReadLines(RepositoryFile("src/Drip.Generators/AnalyzerReleases.Shipped.md"))
            .Concat(File.ReadLines(RepositoryFile("src/Drip.Generators/AnalyzerReleases.Unshipped.md")));

        Assert.Contains(lines, line => line.StartsWith($"{id} | {rule.Category} | {rule.DefaultSeverity} |", StringComparison.Ordinal));
    }

    [Fact]
    public void There_is_no_page_without_a_rule()
    {
        var pages = Directory.EnumerateFiles(RepositoryFile("docs/rules"), "DRIP*.md").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(s_rules.Select(static rule => rule.Id).Order(), pages.Order());
    }

    // The context of a [Json] column is completed by the generator of System.Text.Json, which does not run here.
    private static bool IsOfJson(string complaint) =>
        complaint.Contains("JsonSerializerContext", StringComparison.Ordinal)
        || (complaint.Contains("CS0117", StringComparison.Ordinal) && complaint.Contains("'ShopJson'", StringComparison.Ordinal));

    private static string Example(string id, string heading) => CodeUnder(heading).Match(Page(id)).Groups["code"].Value;

    // The lock below the example, or the one that is shown on the page; null where the rule needs none.
    private static string? PlanLock(string id, string heading) => CodeUnder(heading).Match(Page(id)).Groups["lock"] is { Success: true } own
        ? own.Value
        : ShownLock().Match(Page(id)) is { Success: true } shown ? shown.Groups["lock"].Value : null;

    private static string Page(string name) => File.ReadAllText(RepositoryFile($"docs/rules/{name}.md"));

    internal static string RepositoryFile(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, path);
    }

    private static Regex CodeUnder(string heading) => heading == "Wrong" ? WrongCode() : RightCode();

    [GeneratedRegex(@"## Wrong\s+```csharp\n(?<code>.*?)```(\s+```text\n(?<lock>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex WrongCode();

    [GeneratedRegex(@"```text\n(?<lock>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShownLock();

    [GeneratedRegex(@"## Right\s+```csharp\n(?<code>.*?)```(\s+```text\n(?<lock>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex RightCode();
}
