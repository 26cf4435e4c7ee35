using Drip.Leases;
using Drip.Tests.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drip.Runtime.Tests.Leases;

/// <summary>How long a worker trusts a lease of 30 seconds that it cannot renew: 27.</summary>
public sealed class Trust
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Whole = new LeaseSettings().Trust;

    private readonly SteppedTimeProvider _time = new();
    private Func<Task<bool>> _renew = () => throw new DripException(DripErrorKind.Busy, "connection-lost", "Gone.", "Wait.");

    [Fact]
    public async Task Work_in_hand_ends_when_the_trust_does()
    {
        await using var keeper = Keeper();
        Assert.True(await keeper.EnterAsync(default));

        _time.Advance(Whole - Moment);
        Assert.False(keeper.Lost.IsCancellationRequested);

        _time.Advance(2 * Moment);
        Assert.True(keeper.Lost.IsCancellationRequested);
        Assert.False(keeper.IsTrusted);
    }

    [Fact]
    public async Task Work_goes_on_for_as_long_as_the_lease_is_renewed()
    {
        _renew = () => Task.FromResult(true);
        await using var keeper = Keeper();
        await keeper.EnterAsync(default);

        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.False(keeper.Lost.IsCancellationRequested);
        Assert.True(keeper.IsTrusted);
    }

    [Fact]
    public async Task The_trust_begins_when_the_last_renewal_was_sent()
    {
        _renew = () => Task.FromResult(true);
        await using var keeper = Keeper();
        await keeper.EnterAsync(default);
        _time.Advance(TimeSpan.FromSeconds(15));
        _renew = () => throw new DripException(DripErrorKind.Busy, "connection-lost", "Gone.", "Wait.");

        // It was renewed after 10 seconds.
        _time.Advance(TimeSpan.FromSeconds(22) - Moment);
        Assert.False(keeper.Lost.IsCancellationRequested);

        _time.Advance(2 * Moment);
        Assert.True(keeper.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_commit_that_was_sent_is_not_ended_and_the_next_work_makes_sure_of_the_lease()
    {
        await using var keeper = Keeper();
        await keeper.EnterAsync(default);
        keeper.Leave();

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(keeper.Lost.IsCancellationRequested);

        await Assert.ThrowsAsync<DripException>(() => keeper.EnterAsync(default).AsTask());
        _renew = () => Task.FromResult(true);
        Assert.True(await keeper.EnterAsync(default));
        _renew = () => Task.FromResult(false);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await keeper.EnterAsync(default));
    }

    [Fact]
    public async Task Where_a_transaction_keeps_others_out_no_work_is_ended()
    {
        await using var keeper = Keeper(endsWork: false);
        Assert.True(await keeper.EnterAsync(default));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(keeper.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Nothing_ends_once_the_lease_is_kept_no_more()
    {
        var keeper = Keeper();
        await keeper.EnterAsync(default);
        await keeper.DisposeAsync();

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(keeper.Lost.IsCancellationRequested);
    }

    private LeaseKeeper Keeper(bool endsWork = true) =>
        new(_time, new LeaseSettings(), _time.GetTimestamp(), _ => _renew(), NullLogger.Instance, "a test", endsWork);
}
