using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

public sealed class Streams
{
    [Fact]
    public async Task All_events_are_delivered_in_order_never_two_at_a_time_before_the_run_returns()
    {
        var heard = new List<int>();
        var inside = 0;
        var producer = new Plans()
            .Pipeline("P", steps => steps.Step("S", call =>
            {
                for (var i = 0; i < 10_000; i++) call.Stream.Push(i);
            }))
            .On<int>(i =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                heard.Add(i);
                Interlocked.Decrement(ref inside);
            }).Make();

        var result = await producer.RunAsync();

        Assert.Equal(Enumerable.Range(0, 10_000), heard);
        Assert.Empty(result.StreamErrors);
    }

    [Fact]
    public async Task What_a_handler_throws_is_kept_and_stops_nobody()
    {
        var heard = new List<int>();
        var producer = new Plans()
            .Pipeline("P", steps => steps.Step("S", call =>
            {
                call.Stream.Push(1);
                call.Stream.Push(2);
            }))
            .On<int>(i =>
            {
                heard.Add(i);
                throw new IOException($"handler {i}");
            }).Make();

        var result = await producer.RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal([1, 2], heard);
        Assert.Equal(["handler 1", "handler 2"], result.StreamErrors.Select(error => error.Message));
    }

    [Fact]
    public async Task Handlers_of_the_producer_and_of_a_stream_of_ones_own_are_both_called_run_after_run()
    {
        var heard = new List<string>();
        var stream = new ProducerStream().On<int>(i => heard.Add($"own {i}"));
        var plans = new Plans().Pipeline("P", steps => steps.Step("S", call =>
        {
            call.Stream.Push(1);
            call.Stream.Push("nobody listens");
        })).On<int>(i => heard.Add($"producer {i}"));

        await plans.Make(new ProducerOptions { Stream = stream }).RunAsync();
        await plans.Make(new ProducerOptions { Stream = stream }).RunAsync();

        Assert.Equal(["producer 1", "own 1", "producer 1", "own 1"], heard);
        Assert.Equal(2, stream.Unhandled);
    }
}
