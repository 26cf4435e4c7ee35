using Drip.Generators.PlanLocks;
using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.Tests.PlanLocks;

public sealed class ReadingLocks
{
    [Fact]
    public async Task Without_a_lock_nothing_is_compared()
    {
        var output = Generation.Of(Locking.Compile(Plan.Edited("void Fetch", "void Load"))).Output;
        Assert.Empty(await Harness.Rules.Report(output));
        Assert.NotEmpty(await Harness.Rules.Report(output, Plan.Lock));
    }

    [Fact]
    public async Task A_build_that_writes_the_lock_compares_nothing() =>
        Assert.Empty(await Locking.Report(Plan.Lock, Plan.Edited("void Fetch", "void Load"), Locking.Asked));

    [Fact]
    public async Task An_edit_of_the_lock_is_seen()
    {
        Assert.Empty(await Locking.Report(Plan.Lock, Plan.Source));
        Assert.Equal(["DRIP2082 at Crawl"], await Locking.Places(Plan.EditedLock("step Fetch\n", "step First\n      body 0123456789abcdef\n    step Fetch\n"), Plan.Source));
    }

    [Fact]
    public async Task A_lock_of_a_newer_format_is_left_alone()
    {
        var newer = Plan.EditedLock("lock 1:", "lock 2:").Replace("  model", "  whatever", StringComparison.Ordinal);
        Assert.StartsWith("The plan lock cannot be read: it has the format 2, and this Drip reads up to 1. Use the version of Drip", Assert.Single(await Locking.Messages(newer, Plan.Source)));
        Assert.StartsWith("DRIP2080 at /* drip.plan.lock 2", Assert.Single(await Locking.Places(newer, Plan.Source)));
    }

    [Theory]
    [InlineData("  model Sum\n", "  model Sum\n<<<<<<< mine\n")]
    [InlineData("  model Sum\n", "  model Page\n")]
    [InlineData("  model Sum\n", "  model Sum of all\n")]
    [InlineData("  model Sum\n", "  model\n")]
    [InlineData("  model Page\n", "")]
    [InlineData("    field url Text\n", "    field url Text\n    field url Text\n")]
    [InlineData("    field url Text\n", "    field url Text maybe\n")]
    [InlineData("    field url Text\n", "    field url\n")]
    [InlineData("each Page", "each Moon")]
    [InlineData("each Page", "each")]
    [InlineData("producer work", "producer work\nproducer work")]
    [InlineData("after Left Right", "after Left Moon")]
    [InlineData("after Left Right", "after")]
    [InlineData("      body", "      bodies")]
    [InlineData("      body", "      body x")]
    [InlineData("    step Save after Fetch\n", "    step Save after Fetch\n    step Other\n")]
    [InlineData("    step Save after Fetch\n", "    step Fetch\n")]
    [InlineData("/* drip.plan.lock 1", "/* drip.plan.lock one")]
    [InlineData("/* drip.plan.lock 1", "/* drip.plan.lock 0")]
    [InlineData("/* drip", "// drip")]
    [InlineData("*/\n", "")]
    [InlineData("*/\n", "*/\n*/\n")]
    public void A_lock_that_is_torn_is_not_read(string before, string after)
    {
        var reading = LockReader.Read(SourceText.From(Plan.EditedLock(before, after)));
        Assert.NotNull(reading.Problem);
        Assert.Empty(reading.Producers);
    }

    [Fact]
    public void A_lock_that_ends_too_early_is_not_read()
    {
        for (var length = 0; length < Plan.Lock.Length - 1; length++)
        {
            Assert.NotNull(LockReader.Read(SourceText.From(Plan.Lock[..length])).Problem);
        }
    }

    [Fact]
    public void A_lock_with_any_character_changed_is_compared_or_refused()
    {
        var compilation = Locking.Compile(Plan.Source);
        var present = PresentProducer.Read(compilation.GetTypeByMetadataName("Work")!, compilation, TestContext.Current.CancellationToken)!;
        var findings = 0;
        for (var place = 0; place < Plan.Lock.Length; place++)
        {
            foreach (var other in " \t\n%/x0")
            {
                var reading = LockReader.Read(SourceText.From(Plan.Lock.Remove(place, 1).Insert(place, other.ToString())));
                Assert.Equal(reading.Producers.Select(static producer => producer.Name).Order(), reading.Places.Keys.Order());
                foreach (var producer in reading.Producers) ProducerComparison.Compare(producer, present, new LockFindings(_ => findings++));
            }
        }

        Assert.True(findings > 100, $"There were {findings} findings.");
    }

    [Fact]
    public async Task A_lock_that_is_torn_is_one_error()
    {
        var planLock = Plan.EditedLock("*/\n", "");
        Assert.Equal(["DRIP2080 at       body " + planLock.TrimEnd()[^16..]], await Locking.Places(planLock, Plan.Edited("void Fetch", "void Load")));
        Assert.Equal(
            "The plan lock cannot be read: its end is missing. Take it from the repository again, or write it anew with 'dotnet build -p:DripUpdatePlanLock=true'.",
            Assert.Single(await Locking.Messages(planLock, Plan.Source)));
    }

    [Fact]
    public async Task The_line_that_is_wrong_is_named()
    {
        var planLock = Plan.EditedLock("    field url Text\n", "    feld url Text\n");
        Assert.StartsWith("The plan lock cannot be read: its line 5 is not one of a plan lock there.", Assert.Single(await Locking.Messages(planLock, Plan.Source)));
        Assert.Equal(["DRIP2080 at     feld url Text"], await Locking.Places(planLock, Plan.Source));
    }
}
