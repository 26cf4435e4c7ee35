using Drip.Tests.Time;
using Drip.Workers;

namespace Drip.Runtime.Tests.Workers;

/// <summary>A store's hint that there is work ends one wait; without one, a wait takes its time.</summary>
public sealed class Hints
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly SteppedTimeProvider _time = new();
    private readonly Wakes _wakes = new(new Threads(static work => work(), Task.Delay));

    [Fact]
    public async Task A_hint_ends_the_wait_of_the_slot_that_has_waited_longest_and_of_no_other()
    {
        var first = WaitAsync();
        var second = WaitAsync();

        _wakes.Wake();
        await first;
        Assert.False(second.IsCompleted);

        _wakes.Wake();
        await second;
        Assert.Equal(0, _time.GetTimestamp());
    }

    [Fact]
    public async Task A_hint_that_finds_nobody_waiting_lets_the_next_wait_be_left_out()
    {
        _wakes.Wake();
        _wakes.Wake();

        Assert.True(WaitAsync().IsCompletedSuccessfully);
        var next = WaitAsync();
        Assert.False(next.IsCompleted);
        _wakes.Wake();
        await next;
    }

    [Fact]
    public async Task Without_a_hint_a_wait_takes_its_time_and_a_hint_afterwards_is_for_the_next()
    {
        var wait = WaitAsync();
        _time.Advance(Poll);
        await wait;

        _wakes.Wake();
        Assert.True(WaitAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Who_is_told_to_leave_waits_no_more()
    {
        using var leave = new CancellationTokenSource();
        var wait = _wakes.WaitAsync(Poll, _time, leave.Token);
        leave.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private Task WaitAsync() => _wakes.WaitAsync(Poll, _time, default);
}
