using System.Reflection;
using System.Text.RegularExpressions;
using Drip.Chaos;

namespace Drip.Crash.Tests.Matrix;

/// <summary>No place at which a worker can die is forgotten.</summary>
public sealed partial class EveryPlace
{
    private static readonly FieldInfo[] Places = typeof(FailPoints).GetFields();

    [Fact]
    public void Has_a_scenario() =>
        Assert.Equal(Places.Select(place => (string)place.GetRawConstantValue()!).Order(), Scenarios.All.Select(scenario => scenario.Place).Distinct().Order());

    [Fact]
    public void Is_hit_in_the_source()
    {
        var hit = Directory.EnumerateFiles(CrashApp.SourceFolder, "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.Contains("FailPoint.Hit(", StringComparison.Ordinal))
            .SelectMany(line => Named().Matches(line))
            .Select(match => match.Groups[1].Value);

        Assert.Equal(Places.Select(place => place.Name).Order(), hit.Distinct().Order());
    }

    [GeneratedRegex(@"FailPoints\.(\w+)")]
    private static partial Regex Named();
}
