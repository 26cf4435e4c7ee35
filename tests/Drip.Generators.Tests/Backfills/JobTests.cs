using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Backfills;

/// <summary>Generated jobs, loaded and run.</summary>
public sealed class JobTests
{
    private static readonly Loaded s_output = Loaded.Of("""
        using System.ComponentModel.DataAnnotations;

        namespace Shop;

        [Model] public partial record Row(long Id)
        {
            public static Row[] Two => [new(1), new(2)];
        }

        public enum Level : ulong { Low, High = ulong.MaxValue }

        public sealed class Log
        {
            public List<string> Lines { get; } = [];
            public static Log New => new();
        }

        [Backfill(Sleep = "1m", RatePerSecond = 0.5, Partitions = 4, MaxFailures = 10, FailureRate = 0.01)]
        public partial class Job(Log log, IFormatProvider? missing)
        {
            [Option] public int Age { get; set; } = 5;
            [Option] public int? Limit2 { get; set; } = 7;
            [Option] public Level? Level { get; set; }
            [Option] public Level[]? Levels { get; set; }
            [Option, RegularExpression("[a-z]+")] public string? Code { get; set; }
            [Option] public required string Must { get; init; }

            public string Shown => $"{Age} {Limit2?.ToString() ?? "null"} {Level} {string.Join("+", Levels ?? [])} {Code} {Must} {missing is null}";

            Scope<Row> Scope() => Row.All;

            void ProcessElement(Row row, BatchContext context) => log.Lines.Add($"{context.Job} {row.Id}");
        }
        """);

    private static readonly Type[] s_types = [s_output.Type("Shop.Job"), s_output.Type("Shop.Row")];

    private static BackfillInfo Info => (BackfillInfo)Loaded.Call(typeof(JobTests), nameof(InfoOf), s_types)!;

    [Fact]
    public void Every_row_of_a_batch_reaches_the_method_and_counts()
    {
        var log = s_output.Static("Shop.Log", "New")!;
        var job = Create(log, []);
        var count = Loaded.Call(typeof(JobTests), nameof(Process), s_types, job, s_output.Static("Shop.Row", "Two"));
        Assert.Equal(2, count);
        Assert.Equal(["job 1", "job 2"], (List<string>)log.GetType().GetProperty("Lines")!.GetValue(log)!);
    }

    [Fact]
    public void Options_that_are_not_given_keep_the_authors_defaults() =>
        Assert.Equal("5 7    must True", Shown(new() { ["must"] = "must" }));

    [Fact]
    public void Options_that_are_given_are_set() => Assert.Equal("6 null High Low+High abc must True", Shown(new()
    {
        ["age"] = 6,
        ["limit2"] = null,
        ["level"] = -1L,
        ["levels"] = new[] { 0L, -1L },
        ["code"] = "abc",
        ["must"] = "must",
    }));

    [Theory]
    [InlineData("abc", true)]
    [InlineData("", true)]
    [InlineData("abc1", false)]
    [InlineData("abc\n", false)]
    public void A_pattern_must_match_the_whole_text(string text, bool matches) =>
        Assert.Equal(matches, Info.Options.Single(static option => option.Name == "code").Matches!(text));

    [Fact]
    public void A_service_that_the_host_lacks_is_named()
    {
        var error = Assert.Throws<DripException>(() => Create(new object(), []));
        Assert.Equal("The job job needs a service of type Shop.Log, and the host has none.", error.Message);
    }

    [Fact]
    public void The_settings_of_the_attribute_are_known()
    {
        Assert.Equal(("job", "Shop.Job", 1000, TimeSpan.FromMinutes(1), true),
            (Info.Name, Info.Class, Info.BatchSize, Info.Sleep, Info.IsElementWise));
        Assert.Equal(0.5, Info.RatePerSecond);
        Assert.Equal((4, 10, 0.01), (Info.Partitions, Info.MaxFailures, Info.FailureRate));
    }

    public static BackfillInfo InfoOf<TJob, TRow>() where TJob : class, Generated.IBackfill<TJob, TRow> where TRow : IModel<TRow> =>
        Jobs.Info<TJob, TRow>();

    public static TJob CreateJob<TJob, TRow>(object service, Dictionary<string, object?> given)
        where TJob : class, Generated.IBackfill<TJob, TRow> where TRow : IModel<TRow> =>
        Jobs.Create<TJob, TRow>(new Services(service), given);

    public static int Process<TJob, TRow>(TJob job, TRow[] rows)
        where TJob : class, Generated.IBackfill<TJob, TRow> where TRow : IModel<TRow> =>
        Jobs.Process(job, rows, new Services());

    private static object Create(object service, Dictionary<string, object?> given) =>
        Loaded.Call(typeof(JobTests), nameof(CreateJob), s_types, service, given)!;

    private static string Shown(Dictionary<string, object?> given)
    {
        var job = Create(s_output.Static("Shop.Log", "New")!, given);
        return (string)job.GetType().GetProperty("Shown")!.GetValue(job)!;
    }
}
