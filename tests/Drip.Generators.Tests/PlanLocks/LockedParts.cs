using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.PlanLocks;

/// <summary>Producers, pipelines, models and fields beside the lock.</summary>
public sealed class LockedParts
{
    private const string Update = "or update the lock with 'dotnet build -p:DripUpdatePlanLock=true'.";

    public static TheoryData<string> Harmless =>
    [
        Plan.Edited("string? Note", "string? Note, string? More"),
        Plan.Edited("string Url", "string? Url"),
        Plan.Edited("string Url, string? Note", "string? Note, string Url"),
        Plan.Edited("string Url", "[property: Column(\"url\")] string Address"),
        Plan.Edited(", string? Note", "", "[Model] public partial record Page", "[Model, Retired(\"note\")] public partial record Page"),
        Plan.Edited("record Sum", "record Total", "[Model] public partial record Total", "[Model, Renamed(\"Sum\")] public partial record Total"),
        Plan.Edited("record Page", "record Site", "typeof(Page)", "typeof(Site)", "[Model] public partial record Site", "[Model, Renamed(\"Page\")] public partial record Site"),
        Plan.Edited("    [Model] public partial record Sum(string Id, int Ok);\n", "", "[Producer]", "[Producer, Retired(\"Sum\")]"),
        Plan.Edited("[Model] public partial record Sum", "[Model] public partial record New(int Id, int N);\n    [Model] public partial record Sum"),
        Plan.Edited("class Work", "class Labour", "[Producer]", "[Producer(Name = \"work\")]"),
        Plan.Source + "\n[Producer] public partial class Other { [Pipeline] public partial class P { [Step] public void S() { } } }",
    ];

    [Theory]
    [MemberData(nameof(Harmless), DisableDiscoveryEnumeration = true)]
    public async Task What_versions_can_be_read_with_is_no_error(string source) => Assert.Empty(await Locking.Messages(Plan.Lock, source));

    [Fact]
    public async Task A_pipeline_that_is_gone_is_an_error_until_it_is_retired()
    {
        var gone = Plan.Source[..Plan.Source.IndexOf("    [Pipeline(Each", StringComparison.Ordinal)] + "}";
        Assert.Equal(["DRIP2082 at Work"], await Locking.Places(Plan.Lock, gone));
        Assert.Equal(
            "The plan lock has the pipeline 'Crawl' of 'Work', and the code has no such pipeline. "
            + "Say [Renamed(\"Crawl\")] on the pipeline that it has become, or [Retired(\"Crawl\")] on 'Work', " + Update,
            Assert.Single(await Locking.Messages(Plan.Lock, gone)));
        Assert.Empty(await Locking.Messages(Plan.Lock, gone.Replace("[Producer]", "[Producer, Retired(\"Crawl\")]", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_pipeline_that_has_another_name_is_an_error() =>
        Assert.Equal(["DRIP2082 at Work"], await Locking.Places(Plan.Lock, Plan.Edited("class Crawl", "class Visit")));

    [Theory]
    [InlineData("typeof(Page)", "typeof(Sum)", "that it runs for each Page, and the code says that it runs for each Sum")]
    [InlineData("(Each = typeof(Page))", "", "that it runs for each Page, and the code says that it runs once")]
    public async Task A_pipeline_that_runs_for_something_else_is_an_error(string before, string after, string difference)
    {
        Assert.Equal(["DRIP2083 at Crawl"], await Locking.Places(Plan.Lock, Plan.Edited(before, after)));
        Assert.Contains($"The plan lock says of the pipeline 'Crawl' {difference}. Change it back, " + Update, await Locking.Messages(Plan.Lock, Plan.Edited(before, after)));
    }

    [Fact]
    public async Task A_pipeline_that_now_runs_for_each_record_is_an_error() => Assert.Equal(
        ["DRIP2083 at Prepare"], await Locking.Places(Plan.Lock, Plan.Edited("    [Pipeline]", "    [Pipeline(Each = typeof(Sum))]")));

    [Fact]
    public async Task A_model_that_is_gone_is_an_error()
    {
        var message = Assert.Single(await Locking.Messages(Plan.Lock, Plan.Edited("    [Model] public partial record Sum(string Id, int Ok);\n", "")));
        Assert.StartsWith("The plan lock has the model 'Sum' of 'Work', and the code has no such model. Say [Renamed(\"Sum\")] on the model", message);
    }

    [Fact]
    public async Task A_field_that_is_gone_is_an_error()
    {
        var source = Plan.Edited(", string? Note", "");
        Assert.Equal(["DRIP2082 at Page"], await Locking.Places(Plan.Lock, source));
        Assert.Equal(
            "The plan lock has the field 'note' of the model 'Page', and the code has no such field. "
            + "Say [Column(\"note\")] on the member that it has become, or [Retired(\"note\")] on 'Page', " + Update,
            Assert.Single(await Locking.Messages(Plan.Lock, source)));
    }

    [Theory]
    [InlineData("int Ok", "long Ok", "DRIP2083 at Ok", "that it is Int32, and the code says that it is Int64")]
    [InlineData("string? Note", "string Note", "DRIP2083 at Note", "that it is Text or null, and the code says that it is Text")]
    [InlineData("string? Note", "int? Note", "DRIP2083 at Note", "that it is Text or null, and the code says that it is Int32 or null")]
    [InlineData("Sum(string Id", "Sum(Guid Id", "DRIP2083 at Id", "that it is the id, Text, and the code says that it is the id, Guid")]
    public async Task A_field_of_another_type_is_an_error(string before, string after, string place, string difference)
    {
        Assert.Equal([place], await Locking.Places(Plan.Lock, Plan.Edited(before, after)));
        Assert.Contains(difference, Assert.Single(await Locking.Messages(Plan.Lock, Plan.Edited(before, after))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_id_is_an_error() => Assert.Equal(
        ["DRIP2083 at Id", "DRIP2083 at Url"], await Locking.Places(Plan.Lock, Plan.Edited("string Url", "[property: Key] string Url")));

    [Fact]
    public async Task A_new_field_that_cannot_be_null_is_an_error()
    {
        var source = Plan.Edited("int Ok", "int Ok, int Failed");
        Assert.Equal(["DRIP2084 at Failed"], await Locking.Places(Plan.Lock, source));
        Assert.Equal(
            "The field 'failed' of the model 'Sum' is new, and versions from before have no value for it. Declare it as nullable, " + Update,
            Assert.Single(await Locking.Messages(Plan.Lock, source)));
    }

    [Fact]
    public async Task A_producer_that_is_gone_is_told_at_its_line_of_the_lock()
    {
        var source = Plan.Edited("class Work", "class Labour");
        Assert.Equal(["DRIP2081 at producer work"], await Locking.Places(Plan.Lock, source));
        Assert.Equal(
            "The plan lock has the producer 'work', and the code has none of that name. Give it its name back with [Producer(Name = \"work\")], " + Update,
            Assert.Single(await Locking.Messages(Plan.Lock, source)));
    }

    [Theory]
    [InlineData("[Producer]", "[Producer, Retired(\"Crawl\")]")]
    [InlineData("[Producer]", "[Producer, Retired(\"Sum\")]")]
    [InlineData("[Pipeline]", "[Pipeline, Retired(\"Merge\")]")]
    [InlineData("[Model] public partial record Sum", "[Model, Retired(\"ok\")] public partial record Sum")]
    public async Task What_is_retired_and_there_is_an_error(string before, string after)
    {
        var place = Assert.Single(await Locking.Places(Plan.Lock, Plan.Edited(before, after)));
        Assert.StartsWith("DRIP2085 at Retired(", place);
    }

    [Fact]
    public async Task What_is_retired_and_renamed_is_an_error() => Assert.Equal(
        ["DRIP2085 at Retired(\"Fetch\")"],
        await Locking.Places(Plan.Lock, Plan.Edited("[Pipeline(", "[Retired(\"Fetch\"), Pipeline(", "[Step] public void Fetch", "[Step, Renamed(\"Fetch\")] public void Load")));
}
