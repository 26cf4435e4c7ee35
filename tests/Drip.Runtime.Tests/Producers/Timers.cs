using Drip.Runtime.Tests.Producers.Harness;
using Drip.Tests.Time;

namespace Drip.Runtime.Tests.Producers;

public sealed class Timers
{
    [Fact]
    public async Task A_timer_calls_with_where_the_run_stands_and_its_errors_are_kept()
    {
        var time = new SteppedTimeProvider();
        var ticks = new List<ProducerStats>();
        var ticked = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource();
        var producer = new Plans()
            .Each("P", steps => steps.StepAsync("S", _ => goOn.Task), concurrency: 2)
            .Every(TimeSpan.FromSeconds(5), stats =>
            {
                ticks.Add(stats);
                ticked.Release();
                if (ticks.Count == 2) throw new IOException("tick");
            }).Make(new ProducerOptions { Time = time });

        var run = producer.RunAsync([.. Enumerable.Range(1, 10).Select(id => new Item(id, ""))]);
        for (var tick = 0; tick < 3; tick++)
        {
            // The timer for the next call is set after the last one has ended.
            while (!await ticked.WaitAsync(TimeSpan.FromMilliseconds(1))) time.Advance(TimeSpan.FromSeconds(1));
        }

        goOn.SetResult();
        var result = await run;

        Assert.Equal((8L, 2, 0L, 0L), (ticks[0].Waiting, ticks[0].Running, ticks[0].Completed, ticks[0].Failed));
        Assert.True(ticks[1].Elapsed >= TimeSpan.FromSeconds(10));
        Assert.Equal(2, ticks[0].Version);
        Assert.Equal("tick", Assert.Single(result.TimerErrors).Message);
    }
}
