using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Drip.Generators.Tests.Incremental;

/// <summary>
/// Edits of any token of a small project, each undone by the next. Whatever they break, a driver that has seen all edits
/// makes of the project what a driver that has seen nothing makes of it.
/// </summary>
public sealed class RandomEditTests
{
    private const int Edits = 25;

    private static readonly string[] s_sources =
    [
        """
        global using Table = Drip.ModelAttribute;
        global using Shop.Rows;
        namespace Shop.Rows
        {
            public enum Level : byte { Low = 1, Middle, High = Low + 4 }
            [Table("employees")] public partial record Employee(long Id, [Drip.Column("full_name")] string? Name, Level Level, DateTime? Left);
            [Model] public partial class Part { [Drip.Key(1)] public int Line { get; set; } [Drip.Key(0)] public long Order { get; init; } public byte[] Data { get; set; } = []; }
        }
        """,
        """
        namespace Shop;
        internal static class Texts { public const string Name = "mend-" + What, Sleep = "2s"; public const int Size = 10 * 5; const string What = "names"; }
        public abstract class JobBase
        {
            [Option(Label = "Only some")] public bool Only { get; set; }
            protected JobBase(IServiceProvider services) { if (services is null) throw new ArgumentNullException(nameof(services)); }
            protected static async Task AroundBatchRunningAsync(BatchContext batch, HookNext next) { if (batch.Size > 0) await next(); else await next(); }
            protected virtual Scope<Employee> Scope() => Employee.Where($"name IS NULL").AndIf(Only, $"level = {Level.Low}");
        }
        """,
        """
        #nullable enable
        using System.ComponentModel.DataAnnotations;
        namespace Shop.Work;
        [Backfill(Name = Texts.Name, BatchSize = Texts.Size, Sleep = Texts.Sleep)]
        public partial class Mend(IServiceProvider services) : JobBase(services)
        {
            [Option, Range(0, Texts.Size)] public int? Age { get; set; } = 3;
            [Option] public required Level Least { get; set; }
            private void AfterRunCompleted(RunContext run, CancellationToken ct) => Console.WriteLine(run.Job);
            internal Task ProcessElementAsync(Employee row, Changes<Employee> changes, CancellationToken ct) { changes.Update(row); return Task.CompletedTask; }
        }
        public static partial class Outer
        {
            [HookHandler] internal static partial class Hooks { static ValueTask BeforeRunRunning(RunContext run, IServiceProvider? services) => default; }
            [Backfill] internal partial class Parts { Scope<Part> Scope() => Part.All; int ProcessBatch(Batch<Part> batch, Changes<Employee> others) => batch.Size; }
        }
        """,
        """
        namespace Shop.Reports;
        [Producer(Name = "sum-" + "up", Description = Texts.Name)]
        public partial class SumUp
        {
            [Model] public partial record Page(int Id, [OnConflict(Conflict.Max)] Level Level, [OnConflict(Conflict.Sum)] long Size);
            [Model, Renamed("Total")] internal partial record Sum(string Id) { [OnConflict(Conflict.LastWriter)] public string? Text { get; init; } }
            [Pipeline] public partial class First
            {
                bool Open() { if (Store.All<Sum>().Count > 3) { return false; } return true; }
                [Step] void A() => Changes.Create(new Page(0, default, Texts.Size));
                [Step(Retries = Texts.Size, Backoff = Texts.Sleep)] Task B(IFormatProvider? format, CancellationToken ct) => Task.CompletedTask;
                [Step(With = nameof(B), OnFailure = OnFailure.Skip), NonIdempotent] ValueTask C() => default;
                [Step(After = [nameof(A), nameof(C)])] void D() { }
            }
            [Pipeline(Each = typeof(Page), Concurrency = 2)] internal partial class Second(IServiceProvider services) { bool Open() => Record.Id < Store.All<Page>().Count; [Step] void Go() => services.ToString(); }
            [On] void OnText(string text) { }
            [Every(Texts.Sleep)] static void Tick(ProducerStats stats) { }
        }
        """,
        TestSources.Engine,
    ];

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_driver_that_saw_other_edits_generates_what_a_fresh_one_does(int seed)
    {
        var random = new Random(seed);
        var project = Compiled.Of(s_sources);
        var generation = Generation.Of(project).Compiles();
        for (var i = 0; i < Edits; i++)
        {
            var (edited, what) = Edit(project, random);
            generation = generation.Again(edited);
            var fresh = Generation.Of(Compiled.Anew(edited));
            Assert.True(fresh.Text == generation.Text, $"{what} was not seen:\n{generation.Text}\ninstead of\n{fresh.Text}");
        }
    }

    private static (CSharpCompilation Project, string What) Edit(CSharpCompilation project, Random random)
    {
        var tree = Any(project.SyntaxTrees, random);
        var token = Any(Tokens(tree), random);
        var other = Any(Tokens(Any(project.SyntaxTrees, random)), random).Text;
        var text = random.Next(4) switch
        {
            0 => "",
            1 => $"{token.Text} {other}",
            2 => $"{token.Text}\n#nullable disable\n",
            _ => other,
        };
        var edited = tree.ToString().Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, text);
        return (project.ReplaceSyntaxTree(tree, Compiled.Tree(edited, tree.FilePath)),
            $"'{text}' instead of '{token}' at {token.SpanStart} in {tree.FilePath}");
    }

    private static SyntaxToken[] Tokens(SyntaxTree tree) =>
        [.. tree.GetRoot().DescendantTokens().Where(static token => token.Span.Length > 0)];

    private static T Any<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];
}
