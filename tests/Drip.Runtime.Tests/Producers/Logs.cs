using Drip.Producers.Versions;
using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

/// <summary>What the run asks of the log, and what becomes of it when the log breaks.</summary>
public sealed class Logs
{
    private static readonly DripException Full = new(DripErrorKind.Paused, "disk-full", "The disk is full.", "Make room.");

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(7, false)]
    [InlineData(0, true)]
    [InlineData(3, true)]
    public async Task A_log_that_cannot_write_ends_the_run_with_its_error(int afterVersions, bool synchronous)
    {
        var storage = new TestStorage
        {
            Appending = version =>
            {
                if (version.Number >= afterVersions) throw Full;
            },
        };
        var producer = new Plans()
            .Each("P", steps => steps.StepAsync("S", async _ => await Task.Yield()).Step("T"))
            .Make(new ProducerOptions { Synchronous = synchronous }, storage);

        var thrown = await Assert.ThrowsAsync<DripException>(() => producer.RunAsync([.. Enumerable.Range(1, 20).Select(id => new Item(id, ""))]));

        Assert.Same(Full, thrown);
    }

    [Fact]
    public async Task A_step_that_waits_for_its_token_ends_when_the_log_breaks()
    {
        var waits = new TaskCompletionSource();
        var storage = new TestStorage
        {
            Appending = version =>
            {
                if (version.Step == "Breaks") throw Full;
            },
        };
        var producer = new Plans().Pipeline("P", steps => steps
            .StepAsync("Waits", async call =>
            {
                waits.SetResult();
                await Task.Delay(Timeout.Infinite, call.Token);
            }, [])
            .StepAsync("Breaks", _ => waits.Task, [])).Make(storage: storage);

        Assert.Same(Full, await Assert.ThrowsAsync<DripException>(() => producer.RunAsync()));
    }

    [Fact]
    public async Task With_strict_durability_a_step_begins_only_when_what_it_waits_for_is_on_the_disk()
    {
        var order = new List<string>();
        var written = 0;
        var storage = new TestStorage
        {
            Flushing = async versions =>
            {
                await Task.Yield();
                lock (order) order.Add($"flushed {versions}");
                written = versions;
            },
        };
        var producer = new Plans().Pipeline("P", steps => steps.Step("One", _ => Assert.True(written >= 1)).Step("Two", _ => Assert.True(written >= 3)))
            .Make(new ProducerOptions { Durability = Durability.Strict }, storage);

        Assert.True((await producer.RunAsync()).Succeeded);
        Assert.Contains("flushed 3", order);
        Assert.Equal(StepOutcome.Succeeded, storage.Outcome);
    }

    [Fact]
    public async Task An_intent_is_on_the_disk_before_its_step_begins()
    {
        var flushed = 0;
        var storage = new TestStorage
        {
            Flushing = async versions =>
            {
                await Task.Yield();
                flushed = versions;
            },
        };
        var producer = new Plans().Pipeline("P", steps => steps.Step("Pay", _ => Assert.Equal(3, flushed), with: new Make(IsNonIdempotent: true))).Make(storage: storage);

        Assert.True((await producer.RunAsync()).Succeeded);
        Assert.Equal([VersionKind.Initial, VersionKind.Opened, VersionKind.Intent, VersionKind.Step], storage.Versions.Select(version => version.Kind));
    }

    [Fact]
    public async Task An_intent_that_cannot_be_flushed_ends_the_run_and_the_step_does_not_begin()
    {
        var storage = new TestStorage { Flushing = versions => versions == 3 ? Task.FromException(Full) : Task.CompletedTask };
        var producer = new Plans().Pipeline("P", steps => steps.Step("Pay", _ => Assert.Fail("must not run"), with: new Make(IsNonIdempotent: true))).Make(storage: storage);

        Assert.Same(Full, await Assert.ThrowsAsync<DripException>(() => producer.RunAsync()));
    }

    [Fact]
    public async Task The_view_for_a_snapshot_shows_the_version_that_is_just_appended_and_can_be_let_go_without_the_lock()
    {
        var shown = new List<(long Version, int Items)>();
        TestStorage? storage = null;
        storage = new TestStorage
        {
            Appending = _ =>
            {
                var view = storage!.Begun!.Capture();
                shown.Add((view.Version, view.All(0).Count()));
                // As a log's writer does it, while whoever appends waits for it.
                Task.Run(view.Dispose).Wait();
            },
        };
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", call => call.Changes.Create(new Item(0, "new")))).Make(storage: storage);

        await producer.RunAsync();

        Assert.Equal([(0, 0), (1, 0), (2, 1)], shown);
    }
}
