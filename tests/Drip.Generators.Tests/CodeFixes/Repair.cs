using Drip.Generators.Tests.Analysis;
using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Drip.Generators.Tests.CodeFixes;

/// <summary>Applies fixes the way an editor does: to a document of a workspace, after the analyzers have seen the generated code.</summary>
internal static class Repair
{
    private static readonly CodeFixProvider[] s_fixes =
    [
        .. typeof(Drip.CodeFixes.TextFix).Assembly.GetTypes()
            .Where(static type => type.IsDefined(typeof(ExportCodeFixProviderAttribute), inherit: false))
            .Select(static type => (CodeFixProvider)Activator.CreateInstance(type, nonPublic: true)!),
    ];

    /// <summary>The rules that some fix repairs.</summary>
    public static IReadOnlySet<string> FixableRules { get; } = s_fixes.SelectMany(static fix => fix.FixableDiagnosticIds).ToHashSet();

    /// <summary>One place that breaks the rule, the first by default, is repaired: the result is the given one, which keeps it there.</summary>
    public static async Task VerifyAsync(string rule, string before, string after, int place = 0, string? planLock = null)
    {
        var document = DocumentOf(before);
        var diagnostics = await FindAsync(document, rule, planLock);
        var action = Assert.Single(await OfferAsync(document, diagnostics[place]));

        var repaired = await ApplyAsync(document, action);
        Assert.Equal(after, (await repaired.GetTextAsync(Cancellation)).ToString());
        Assert.True((await FindAsync(repaired, rule, planLock)).Count < diagnostics.Count);
        await AssertCompilesAsync(repaired);
    }

    /// <summary>The rule is broken, and no fix is offered.</summary>
    public static async Task VerifyNoneAsync(string rule, string source, string? planLock = null)
    {
        var document = DocumentOf(source);
        var diagnostics = await FindAsync(document, rule, planLock);

        Assert.NotEmpty(diagnostics);
        Assert.Empty(await OfferAsync(document, diagnostics[0]));
    }

    /// <summary>All places that break the rule are repaired at once, and the result keeps it.</summary>
    public static async Task VerifyAllAsync(string rule, string before, string after)
    {
        var document = DocumentOf(before);
        var diagnostics = await FindAsync(document, rule);
        var fix = s_fixes.Single(candidate => candidate.FixableDiagnosticIds.Contains(rule));
        var action = (await OfferAsync(document, diagnostics[0]))[0];
        var context = new FixAllContext(
            document, fix, FixAllScope.Document, action.EquivalenceKey!, [rule], new Found(diagnostics), Cancellation);
        var all = await fix.GetFixAllProvider()!.GetFixAsync(context);

        var repaired = await ApplyAsync(document, all!);
        Assert.Equal(after, (await repaired.GetTextAsync(Cancellation)).ToString());
        Assert.Empty(await FindAsync(repaired, rule));
        await AssertCompilesAsync(repaired);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Document DocumentOf(string source)
    {
        var compilation = Shop.Compile(source);
        var project = new AdhocWorkspace()
            .AddProject("Shop", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options)
            .WithParseOptions(Compiled.ParseOptions)
            .AddMetadataReferences(compilation.References);
        foreach (var tree in compilation.SyntaxTrees)
        {
            project = project.AddDocument(tree.FilePath, tree.GetText(Cancellation)).Project;
        }

        return project.Documents.Single(static document => document.Name == "Test0.cs");
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindAsync(Document document, string rule, string? planLock = null)
    {
        var compilation = await document.Project.GetCompilationAsync(Cancellation);
        var tree = await document.GetSyntaxTreeAsync(Cancellation);
        return [.. (await Harness.Rules.Report(Generation.Of(compilation!).Output, planLock))
            .Where(diagnostic => diagnostic.Id == rule && diagnostic.Location.SourceTree == tree)
            .OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static async Task AssertCompilesAsync(Document document)
    {
        var compilation = await document.Project.GetCompilationAsync(Cancellation);
        Generation.Of(compilation!).Compiles();
    }

    private static async Task<IReadOnlyList<CodeAction>> OfferAsync(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        foreach (var fix in s_fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), Cancellation));
        }

        return actions;
    }

    private static async Task<Document> ApplyAsync(Document document, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(Cancellation);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
    }

    private sealed class Found(IReadOnlyList<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
