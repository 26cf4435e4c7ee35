using System.Xml.Linq;

namespace Drip.Runtime.Tests.Architecture;

/// <summary>Which way references go, read from the project files; see "Which way references go" in the architecture.</summary>
public sealed class References
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Drip.Abstractions"] = [],
        ["Drip.Generators"] = [],
        ["Drip.CodeFixes"] = ["Drip.Generators"],
        ["Drip.Runtime"] = ["Drip.Abstractions"],
        ["Drip.Sqlite"] = ["Drip.Runtime"],
        ["Drip.Postgres"] = ["Drip.Runtime"],
        ["Drip.Kafka"] = ["Drip.Runtime"],
        ["Drip.Redshift"] = ["Drip.Runtime"],
        ["Drip.Dashboard"] = ["Drip.Runtime"],
        ["Drip.Testing"] = ["Drip.Runtime"],
        ["Drip.Hosting"] = ["Drip.Abstractions", "Drip.Runtime", "Drip.Sqlite", "Drip.Postgres", "Drip.Kafka", "Drip.Redshift", "Drip.Dashboard", "Drip.Testing"],
        ["Drip"] = ["Drip.Abstractions", "Drip.Runtime", "Drip.Sqlite", "Drip.Hosting", "Drip.Generators", "Drip.CodeFixes"],
    };

    public static TheoryData<string> Projects => [.. Files().Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_lies_below_it(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} is not in the architecture.");
        Assert.Empty(ReferencesOf(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(allowed));
    }

    [Fact]
    public void What_authors_write_against_depends_on_nothing() => Assert.Empty(ReferencesOf("Drip.Abstractions", "PackageReference"));

    [Fact]
    public void The_runtime_depends_on_logging_only() => Assert.Equal(["Microsoft.Extensions.Logging.Abstractions"], ReferencesOf("Drip.Runtime", "PackageReference"));

    [Fact]
    public void Only_the_providers_reference_the_libraries_of_their_databases()
    {
        Assert.Equal(["Drip.Postgres"], WhoReferences("Npgsql"));
        Assert.Equal(["Drip.Sqlite"], WhoReferences("Microsoft.Data.Sqlite.Core"));
    }

    [Fact]
    public void Only_the_code_fixes_reference_Roslyn_Workspaces() =>
        Assert.Equal(
            ["Drip.CodeFixes"],
            Files().Select(file => Path.GetFileNameWithoutExtension(file)).Where(project => ReferencesOf(project, "PackageReference").Any(package => package.Contains("Workspaces", StringComparison.Ordinal))));

    private static IEnumerable<string> WhoReferences(string package) =>
        Files().Select(file => Path.GetFileNameWithoutExtension(file)).Where(project => ReferencesOf(project, "PackageReference").Contains(package));

    private static IEnumerable<string> ReferencesOf(string project, string kind) =>
        XDocument.Load(Files().Single(file => Path.GetFileNameWithoutExtension(file) == project)).Descendants(kind)
            .Select(reference => reference.Attribute("Include")?.Value.Replace('\\', '/')).OfType<string>();

    private static string[] Files() => Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories);
}
