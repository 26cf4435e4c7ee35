using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.PlanLocks;

public sealed class LockedSteps
{
    private const string Update = "or update the lock with 'dotnet build -p:DripUpdatePlanLock=true'.";

    public static TheoryData<string> Harmless =>
    [
        Plan.Source,
        Plan.Edited("void Fetch() { }", "void Fetch() { _ = Record.Url; }"),
        // New steps: at the end, between two others, beside one.
        Plan.Edited("void Save() { }", "void Save() { } [Step] public void After() { }"),
        Plan.Edited("[Step] public void Save", "[Step] public void Between() { } [Step] public void Save"),
        Plan.Edited("void Save() { }", "void Save() { } [Step(With = nameof(Save))] public void Beside() { }"),
        // A new pipeline.
        Plan.Edited("    [Pipeline(Each", "    [Pipeline] public partial class Extra { [Step] public void Only() { } }\n    [Pipeline(Each"),
        // Renamed and retired.
        Plan.Edited("[Step] public void Fetch", "[Step, Renamed(\"Fetch\")] public void Load"),
        Plan.Edited("[Pipeline(Each = typeof(Page))]", "[Pipeline(Each = typeof(Page)), Retired(\"Save\")]", "        [Step] public void Save() { }\n", ""),
        Plan.Edited("[Pipeline(Each = typeof(Page))]", "[Pipeline(Each = typeof(Page)), Retired(\"Fetch\")]", "        [Step] public void Fetch() { }\n", ""),
        Plan.Edited("[Pipeline(Each", "[Renamed(\"Crawl\"), Pipeline(Each", "class Crawl", "class Visit"),
        Plan.Edited("class Crawl", "class Visit", "typeof(Page)", "typeof(Page), Name = \"Crawl\""),
        Plan.Edited("[Step] public void Seed", "[Step(After = [])] public void Seed", "=> Seed();", "=> Merge();"),
        // What says after what it comes can stand anywhere.
        Plan.Edited("        [Step] public void Left() => Seed();\n", "", "void Merge() { }", "void Merge() { } [Step(After = [nameof(Seed)])] public void Left() { }",
            "[Step(With = nameof(Left))]", "[Step(After = [nameof(Seed)])]"),
    ];

    [Theory]
    [MemberData(nameof(Harmless), DisableDiscoveryEnumeration = true)]
    public async Task What_versions_can_go_on_with_is_no_error(string source) => Assert.Empty(await Locking.Messages(Plan.Lock, source));

    [Fact]
    public async Task A_step_that_has_another_name_is_one_error()
    {
        var source = Plan.Edited("void Fetch", "void Load");
        Assert.Equal(["DRIP2082 at Load"], await Locking.Places(Plan.Lock, source));
        Assert.Equal(
            "The plan lock has the step 'Fetch' of the pipeline 'Crawl', and in its place the code has 'Load'. "
            + "Say [Renamed(\"Fetch\")] on 'Load' if it is the same step, or [Retired(\"Fetch\")] on 'Crawl' if it is not, " + Update,
            Assert.Single(await Locking.Messages(Plan.Lock, source)));
    }

    [Fact]
    public async Task A_step_that_is_removed_is_an_error()
    {
        var source = Plan.Edited("        [Step] public void Save() { }\n", "");
        Assert.Equal(["DRIP2082 at Crawl"], await Locking.Places(Plan.Lock, source));
        Assert.Equal(
            "The plan lock has the step 'Save' of the pipeline 'Crawl', and the code has no such step. "
            + "Say [Renamed(\"Save\")] on the step that it has become, or [Retired(\"Save\")] on 'Crawl', " + Update,
            Assert.Single(await Locking.Messages(Plan.Lock, source)));
    }

    [Fact]
    public async Task Steps_of_which_any_may_be_the_renamed_one_are_told_at_their_pipeline() => Assert.Equal(
        ["DRIP2082 at Prepare", "DRIP2082 at Prepare"],
        await Locking.Places(Plan.Lock, Plan.Edited("void Left", "void One", "void Right", "void Two", "nameof(Left)", "nameof(One)", "nameof(Right)", "nameof(Two)")));

    [Fact]
    public async Task Two_steps_in_different_places_are_each_found_again() => Assert.Equal(
        ["DRIP2082 at One", "DRIP2082 at Two"],
        await Locking.Places(Plan.Lock, Plan.Edited("void Seed", "void One", "=> Seed", "=> One", "void Merge", "void Two")));

    [Fact]
    public async Task Steps_in_another_order_are_one_error()
    {
        var source = Plan.Edited("public void Fetch", "public void X", "public void Save", "public void Fetch", "public void X", "public void Save");
        Assert.Equal(["DRIP2083 at Save"], await Locking.Places(Plan.Lock, source));
        Assert.Equal(
            "The plan lock says of the step 'Save' of the pipeline 'Crawl' that it comes after Fetch, and the code says that it comes after no other step. Change it back, " + Update,
            Assert.Single(await Locking.Messages(Plan.Lock, source)));
    }

    [Fact]
    public async Task Steps_that_no_longer_run_beside_each_other_are_an_error() =>
        Assert.Equal(["DRIP2083 at Right"], await Locking.Places(Plan.Lock, Plan.Edited("With = nameof(Left)", "After = [nameof(Left)]")));

    [Fact]
    public async Task A_new_step_by_way_of_which_one_waits_for_another_is_an_error() => Assert.Equal(
        ["DRIP2083 at Right"],
        await Locking.Places(Plan.Lock, Plan.Edited("[Step(With = nameof(Left))]", "[Step(After = [nameof(Left)])] public void New() { } [Step(After = [nameof(New)])]")));

    [Fact]
    public async Task A_renamed_step_that_waits_for_another_than_before_is_an_error() => Assert.Equal(
        ["DRIP2083 at Load"],
        await Locking.Places(Plan.Lock, Plan.Edited("[Step] public void Save", "[Step(After = []), Renamed(\"Save\")] public void Load")));

    [Fact]
    public async Task What_a_step_that_is_retired_stood_between_stays_in_order() => Assert.Equal(
        ["DRIP2083 at Merge"],
        await Locking.Places(Plan.Lock, Plan.Edited(
            "    [Pipeline]", "    [Pipeline, Retired(\"Left\"), Retired(\"Right\")]", "        [Step] public void Left() => Seed();\n", "",
            "        [Step(With = nameof(Left))] public void Right() { }\n", "", "After = [nameof(Left), nameof(Right)]", "After = []")));
}
