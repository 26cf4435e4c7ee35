using Drip.Chaos;
using Microsoft.Extensions.Logging;

namespace Drip.Leases;

/// <summary>
/// Keeps one lease while its work goes on: renews it from a timer of its own, unless a commit has just done so, and says
/// when it is lost. The worker trusts it only for the time that it lasts from the moment at which the renewal was sent,
/// measured by the clock that never jumps; a worker that was stopped finds it run out before it begins anything. Where others
/// can take what it works on while it is at work, that trust also ends its work in the middle.
/// </summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly LeaseSettings _settings;
    private readonly Func<CancellationToken, Task<bool>> _renew;
    private readonly ILogger _log;
    private readonly string _what;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly ITimer _timer;
    private readonly ITimer? _trust;
    private readonly Lock _lock = new();
    private bool _isWorking;
    private TaskCompletionSource? _renewing;
    private long _renewedAt;

    /// <summary>Begins to keep a lease that was claimed just now.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="settings">How long it lasts and how often it is renewed.</param>
    /// <param name="claimedAt">The timestamp of the moment at which the claim was sent.</param>
    /// <param name="renew">Renews it; false if it is another's.</param>
    /// <param name="log">Where renewals that fail are told.</param>
    /// <param name="what">What it is of, for that.</param>
    /// <param name="endsWork">Whether the lease is lost when its trust ends while there is work in hand.</param>
    public LeaseKeeper(
        TimeProvider time, LeaseSettings settings, long claimedAt, Func<CancellationToken, Task<bool>> renew, ILogger log, string what, bool endsWork = false)
    {
        (_time, _settings, _renew, _log, _what, _renewedAt) = (time, settings, renew, log, what, claimedAt);
        Lost = _lost.Token;
        _timer = time.CreateTimer(_ => _ = OnTimerAsync(), null, settings.Renewal, settings.Renewal);
        if (endsWork) _trust = time.CreateTimer(_ => OnTrust(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the lease is lost; can be asked after the lease is kept no more, too.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Whether the lease still lasts, as far as this worker can know.</summary>
    public bool IsTrusted => !_lost.IsCancellationRequested && Age < _settings.Trust;

    private TimeSpan Age => _time.GetElapsedTime(Volatile.Read(ref _renewedAt));

    /// <summary>A commit that was begun at this timestamp has renewed the lease.</summary>
    public void Renewed(long at) => Volatile.Write(ref _renewedAt, at);

    /// <summary>Makes sure of the lease before something is begun; false if it is lost.</summary>
    public async Task<bool> EnsureAsync(CancellationToken cancellationToken)
    {
        if (!IsTrusted) await RenewAsync(cancellationToken).ConfigureAwait(false);
        return IsTrusted;
    }

    /// <summary>Work begins that must not outlast the lease, where this keeper ends it; false if the lease is lost.</summary>
    public async ValueTask<bool> EnterAsync(CancellationToken cancellationToken)
    {
        if (_trust is null) return true;
        if (!await EnsureAsync(cancellationToken).ConfigureAwait(false)) return false;
        lock (_lock)
        {
            _isWorking = true;
            Await(_trust);
        }

        return true;
    }

    /// <summary>That work is over, or can be undone no more.</summary>
    public void Leave()
    {
        if (_trust is null) return;
        lock (_lock)
        {
            _isWorking = false;
            _trust.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_trust is not null) await _trust.DisposeAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _end.Cancel();

        // A renewal that is under way is waited for, so that it does not come after the lease was given back.
        while (Volatile.Read(ref _renewing) is { } renewal) await renewal.Task.ConfigureAwait(false);
        _end.Dispose();
        _lost.Dispose();
    }

    // To the millisecond, because timers are, and not before: a lease that is renewed meanwhile is awaited anew.
    private void Await(ITimer trust) => trust.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((_settings.Trust - Age).TotalMilliseconds))), Timeout.InfiniteTimeSpan);

    private void OnTrust()
    {
        lock (_lock)
        {
            if (!_isWorking) return;
            if (Age < _settings.Trust)
            {
                Await(_trust!);
                return;
            }

            _isWorking = false;
        }

        _log.LogWarning("The lease of {What} could not be renewed in time, so the batch in hand is given up.", _what);
        _lost.Cancel();
    }

    private async Task OnTimerAsync()
    {
        try
        {
            if (Age < _settings.Renewal / 2) return;
            await RenewAsync(_end.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The work ended while its lease was being renewed.
        }
        catch (Exception error)
        {
            // The next renewal may get through; until the lease has run out nothing is lost.
            _log.LogWarning("The lease of {What} could not be renewed: {Problem}", _what, error.Message);
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        // One at a time. What waits goes on where the renewal ends, as everything here does: a semaphore would send it to
        // the thread pool, and a simulation could not tell when it is done.
        var mine = new TaskCompletionSource();
        while (Interlocked.CompareExchange(ref _renewing, mine, null) is { } other) await other.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            FailPoint.Hit(FailPoints.LeaseRenewal);
            var sent = _time.GetTimestamp();
            if (await _renew(cancellationToken).ConfigureAwait(false)) Renewed(sent);
            else _lost.Cancel();
        }
        finally
        {
            Volatile.Write(ref _renewing, null);
            mine.SetResult();
        }
    }
}
