using Drip.Batches;
using Drip.Data;
using Drip.Hooks;
using Drip.Tests.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drip.Runtime.Tests.Batches;

public sealed class Retries
{
    private readonly ManualTimeProvider _time = new() { SkipsWaitsUpTo = TimeSpan.FromMinutes(1) };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_database_that_is_busy_a_few_times_is_asked_again(int busy)
    {
        var tries = 0;

        var result = await Retry().RunAsync(() => ++tries <= busy ? throw new BusyException() : Task.FromResult(42), default);

        Assert.Equal((42, busy + 1, busy), (result, tries, _time.Waits.Count));
    }

    [Fact]
    public async Task A_database_that_stays_busy_is_given_up_after_five_tries()
    {
        var tries = 0;

        await Assert.ThrowsAsync<BusyException>(() => Retry().RunAsync<int>(() => throw (++tries > 0 ? new BusyException() : null!), default));

        Assert.Equal(5, tries);
    }

    [Fact]
    public async Task Each_wait_is_about_twice_as_long_as_the_one_before()
    {
        await Assert.ThrowsAsync<BusyException>(() => Retry().RunAsync<int>(() => throw new BusyException(), default));

        var expected = 100.0;
        foreach (var wait in _time.Waits)
        {
            Assert.InRange(wait.TotalMilliseconds, expected * 0.5, expected * 1.5);
            expected *= 2;
        }
    }

    [Fact]
    public async Task A_connection_is_made_again_for_about_as_long_as_a_lease_lasts()
    {
        var began = _time.GetTimestamp();

        var error = await Assert.ThrowsAsync<DripException>(() => Retry().RunAsync<int>(() => throw Lost(), default));

        Assert.Equal("connection-lost", error.Code);
        Assert.InRange(_time.GetElapsedTime(began), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(33));
        Assert.InRange(_time.Waits.Max(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_server_that_restarts_is_waited_for()
    {
        var began = _time.GetTimestamp();

        var result = await Retry().RunAsync(() => _time.GetElapsedTime(began) < TimeSpan.FromSeconds(25) ? throw Lost() : Task.FromResult(42), default);

        Assert.Equal(42, result);
    }

    [Fact]
    public async Task A_connection_that_broke_below_the_author_s_error_is_made_again()
    {
        var tries = 0;

        var result = await Retry().RunAsync(() => ++tries == 1 ? throw new InvalidOperationException("It failed.", new TimeoutException("Slow.", Lost())) : Task.FromResult(42), default);

        Assert.Equal((42, 2), (result, tries));
    }

    [Fact]
    public async Task A_server_that_comes_back_busy_has_five_tries_again()
    {
        var tries = 0;

        await Assert.ThrowsAsync<BusyException>(() => Retry().RunAsync<int>(() => ++tries <= 3 ? throw Lost() : throw new BusyException(), default));

        Assert.Equal(8, tries);
    }

    [Fact]
    public async Task What_is_to_be_finished_by_a_worker_that_leaves_is_tried_once_more_and_not_waited_for()
    {
        using var leave = new CancellationTokenSource();
        var time = new ManualTimeProvider { Waiting = _ => leave.Cancel() };
        var tries = 0;

        var retry = new Retry(new BusyDatabase(), time, Random.Shared, NullLogger.Instance);
        await Assert.ThrowsAsync<DripException>(() => retry.FinishAsync<int>(() => throw (++tries > 0 ? Lost() : null!), leave.Token));

        Assert.Equal((2, 0), (tries, time.Waits.Count));
    }

    [Fact]
    public async Task Other_errors_are_not_tried_again()
    {
        var tries = 0;

        await Assert.ThrowsAsync<FormatException>(() => Retry().RunAsync<int>(() => throw (++tries > 0 ? new FormatException() : null!), default));

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_lease_that_was_lost_is_not_tried_again()
    {
        var tries = 0;

        await Assert.ThrowsAsync<DripException>(() => Retry().RunAsync<int>(() => throw (++tries > 0 ? Lease.Lost("run") : null!), default));

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_wait_ends_when_the_work_is_aborted()
    {
        using var abort = new CancellationTokenSource();
        var time = new ManualTimeProvider { Waiting = _ => abort.Cancel() };
        var retry = new Retry(new BusyDatabase(), time, Random.Shared, NullLogger.Instance);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => retry.RunAsync<int>(() => throw new BusyException(), abort.Token));
    }

    private Retry Retry() => new(new BusyDatabase(), _time, Random.Shared, NullLogger.Instance);

    private static DripException Lost() => new(DripErrorKind.Busy, "connection-lost", "The connection broke.", "Wait.");

    private sealed class BusyException : Exception;

    /// <summary>Knows one error: that it is busy.</summary>
    private sealed class BusyDatabase : IDatabase
    {
        public string Description => "busy";

        public ValueTask<ITable<T>> OpenAsync<T>(Scope<T> scope, CancellationToken cancellationToken) where T : IModel<T> => throw new NotSupportedException();

        public ICursors Cursors => throw new NotSupportedException();

        public IQuarantine Quarantine => throw new NotSupportedException();

        public IOutbox Outbox => throw new NotSupportedException();

        public DripException? Explain(Exception error) =>
            error is BusyException ? new DripException(DripErrorKind.Busy, "database-locked", "It is busy.", "Wait.") : null;

        public ValueTask DisposeAsync() => default;
    }
}
