using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Drip.Generators.Tests.Harness;

/// <summary>Writes plan locks as a build does that asks for it, and compares sources with them.</summary>
internal static class Locking
{
    /// <summary>The property that asks for the lock.</summary>
    public static BuildProperties Asked { get; } = new(("DripUpdatePlanLock", "true"));

    /// <summary>A compilation of a source with producers.</summary>
    public static CSharpCompilation Compile(string source) => Compiled.Of(source, TestSources.Engine);

    /// <summary>The lock of the source.</summary>
    public static string Of(string source) => Generation.Of(Compile(source), Asked).Compiles().File("DripPlanLock");

    /// <summary>What is reported for a source beside a lock, and nothing else is wrong with it.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> Report(string planLock, string source, BuildProperties? properties = null) =>
        [.. (await Rules.Report(Generation.Of(Compile(source)).Compiles().Output, planLock, properties)).OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];

    /// <summary>Which rules are broken where: the id, and the code or the line of the lock that it stands on.</summary>
    public static async Task<string[]> Places(string planLock, string source) => [.. (await Report(planLock, source)).Select(diagnostic =>
    {
        var text = diagnostic.Location.SourceTree?.ToString() ?? planLock;
        return $"{diagnostic.Id} at {text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)}";
    })];

    public static async Task<string[]> Messages(string planLock, string source) =>
        [.. (await Report(planLock, source)).Select(static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture))];
}
