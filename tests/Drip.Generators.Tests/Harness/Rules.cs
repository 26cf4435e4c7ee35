using System.Collections.Immutable;
using System.Globalization;
using Drip.Generators.Pipelines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Drip.Generators.Tests.Harness;

/// <summary>Checks what Drip's analyzers report, with its generators running as they do in a build.</summary>
internal static class Rules
{
    /// <summary>Every analyzer of the assembly.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(ModelGenerator).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .OrderBy(static type => type.FullName, StringComparer.Ordinal)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>
    /// Asserts that the rules marked in the sources are reported there, and nothing else, and that the compiler finds no
    /// error beside them.
    /// </summary>
    public static async Task Check(params string[] marked) =>
        Assert.Empty(await CheckOnly(marked));

    /// <summary>As <see cref="Check"/>, but returns the compiler's errors instead of refusing them.</summary>
    public static async Task<string[]> CheckOnly(params string[] marked)
    {
        var markup = marked.Select(Markup.Parse).ToArray();
        var generation = Generation.Of([.. markup.Select(static file => file.Source)]);
        var reported = await Report(generation.Output);
        var expected = markup.SelectMany(static (file, index) => file.Places
            .Select(place => Text(place.Rule, $"Test{index}.cs", place.Span.Start, place.Span.Length)));
        var actual = reported.Select(static diagnostic => Text(
            diagnostic.Id, diagnostic.Location.SourceTree?.FilePath ?? "", diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        return
        [
            .. generation.Output.GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(static diagnostic => diagnostic.ToString()),
        ];
    }

    /// <summary>The messages that the analyzers report for a source without marks.</summary>
    public static async Task<string[]> Messages(string source) =>
    [
        .. (await Report(Generation.Of(source).Output))
            .OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)),
    ];

    /// <summary>What the analyzers report for a compilation that the generators have run over, beside a plan lock where one is given.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Report(Compilation compilation, string? planLock = null, BuildProperties? properties = null)
    {
        ImmutableArray<AdditionalText> files = planLock is null ? [] : [new GivenFile("drip.plan.lock", planLock)];
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(files, properties ?? new BuildProperties()),
            onAnalyzerException: static (exception, _, _) => throw new InvalidOperationException("An analyzer threw.", exception),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        return await new CompilationWithAnalyzers(compilation, Analyzers, options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static string Text(string rule, string file, int start, int length) => $"{rule} in {file} at {start}, {length} long";
}
