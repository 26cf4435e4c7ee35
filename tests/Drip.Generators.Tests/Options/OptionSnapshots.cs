using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Options;

public sealed class OptionSnapshots
{
    [Fact]
    public void Options_of_every_type() => Match("Types", """
        public enum Level : byte { Low, High }

        [Backfill]
        public partial class Job
        {
            [Option] public string Text { get; set; } = "none";
            [Option] public string? TextOrNull { get; set; }
            [Option] public int Int { get; set; } = -5;
            [Option] public int? IntOrNull { get; set; }
            [Option] public long Long { get; set; } = 5;
            [Option] public float Float { get; set; } = 0.5f;
            [Option] public double Double { get; set; } = 1;
            [Option] public decimal Decimal { get; set; } = 1.50m;
            [Option] public bool Off { get; set; }
            [Option] public bool On { get; set; } = true;
            [Option] public bool? Either { get; set; }
            [Option] public DateOnly Date { get; set; }
            [Option] public TimeOnly? Time { get; set; }
            [Option] public DateTime DateTime { get; set; } = new(2030, 1, 1);
            [Option] public DateTimeOffset? DateTimeOffset { get; set; }
            [Option] public Guid? Guid { get; set; }
            [Option] public Level Level { get; set; } = Level.High;
            [Option] public Level? LevelOrNull { get; set; }
            [Option] public Level[] Levels { get; set; } = [];
            [Option] public Level[]? LevelsOrNull { get; set; }
            [Option] public required string Must { get; init; }
            [Option] public required Level MustLevel { get; set; }
            Scope<Row> Scope() => Row.All;
            void ProcessElement(Row row) { }
        }
        """);

    [Fact]
    public void What_attributes_say_of_options() => Match("Attributes", """
        public enum Size { Small = 1, Large = 2 }

        [Backfill]
        public partial class Job
        {
            [Option, Range(0, 150)] public int? Age { get; set; }
            [Option, Range(0, double.MaxValue, MinimumIsExclusive = true)] public decimal Price { get; set; } = 1;
            [Option, Range(typeof(DateOnly), "2020-01-01", "2029-12-31"), DefaultValue("2025-06-01")] public DateOnly Since { get; set; }
            [Option, Required, StringLength(20, MinimumLength = 2, ErrorMessage = "{0} has {2} to {1} letters.")] public string? Department { get; set; }
            [Option, MinLength(1), MaxLength(3)] public string Short { get; set; } = "a";
            [Option, Length(1, 2)] public Size[]? Sizes { get; set; }
            [Option, RegularExpression("[a-z]+\\d\"")] public string? Code { get; set; }
            [Option, AllowedValues("eu", "us")] public string? Region { get; set; }
            [Option, DefaultValue(Size.Large)] public Size Size { get; set; }
            [Option, DefaultValue(new[] { Size.Small, Size.Large })] public Size[]? All { get; set; }
            [Option, DefaultValue(typeof(decimal), "2.5")] public decimal Factor { get; set; }
            [Option(Name = "who", Label = "Who?", Description = "Whom to ask.", Secret = true)] public string? Person { get; set; }
            [Option, Display(Name = "The unit", Description = "A unit.")] public string? Unit { get; set; }
            [Option, Description("Plain."), DataType(DataType.Password)] public string? Pin { get; set; }
            Scope<Row> Scope() => Row.All;
            void ProcessElement(Row row) { }
        }
        """);

    private static void Match(string name, string source)
    {
        const string Usings = "using System.ComponentModel; using System.ComponentModel.DataAnnotations;\nnamespace Shop;\n";
        var generation = Generation.Of(Usings + source, "namespace Shop; [Model] public partial record Row(long Id);").Compiles();
        Snapshot.Match(generation.File("Shop.Job."), name);
    }
}
