using Drip.Runtime.Tests.Producers.Harness;
using Drip.Tests.Time;

namespace Drip.Runtime.Tests.Producers;

public sealed class SynchronousMode
{
    [Fact]
    public void Everything_runs_on_the_caller_in_the_order_of_the_graph_and_the_same_each_time()
    {
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Pauses_between_tries_are_waited_for()
    {
        var tries = 0;
        var producer = new Plans().Pipeline("P", steps => steps.Step("S", _ =>
        {
            if (++tries == 1) throw new IOException("once");
        }, with: new Make(Retries: 1))).Make(new ProducerOptions { Synchronous = true, Time = new ManualTimeProvider { SkipsWaitsUpTo = TimeSpan.FromHours(1) } });

        Assert.True(producer.RunAsync().IsCompletedSuccessfully);
    }

    private static List<string> Run()
    {
        var caller = Environment.CurrentManagedThreadId;
        var ran = new List<string>();
        async Task Note(Call call, string step)
        {
            ran.Add($"{step} {call.Record?.Id} {Environment.CurrentManagedThreadId == caller}");
            call.Stream.Push(step);
            await Task.Yield();
        }

        var producer = new Plans()
            .Pipeline("A", steps => steps
                .StepAsync("One", call => Note(call, "One"))
                .StepAsync("Left", call => Note(call, "Left"), ["One"]).StepAsync("Right", call => Note(call, "Right"), ["One"])
                .StepAsync("Last", call => Note(call, "Last"), ["Left"]))
            .Each("B", steps => steps.StepAsync("First", call => Note(call, "First")).StepAsync("Second", call => Note(call, "Second")))
            .On<string>(step => ran.Add($"on {step} {Environment.CurrentManagedThreadId == caller}"))
            .Make(new ProducerOptions { Synchronous = true });
        var run = producer.RunAsync(new Item(2, ""), new Item(1, ""));

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(
            ["One", "Left", "Right", "Last", "First 1", "Second 1", "First 2", "Second 2"],
            ran.Where(line => !line.StartsWith("on", StringComparison.Ordinal)).Select(line => line.Replace(" True", "").Trim()));
        Assert.DoesNotContain(ran, line => line.Contains("False"));
        ran.AddRange(producer.History.Select(version => $"{version.Number} {version.Kind} {version.Step} {version.Record}"));
        return ran;
    }
}
