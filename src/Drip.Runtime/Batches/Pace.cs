namespace Drip.Batches;

/// <summary>
/// The waits of one walk between its batches: the pause that was asked for, and what keeps the rate that all workers of the run
/// share. Whoever waits looks at what was asked of the run meanwhile.
/// </summary>
/// <param name="shared">The run.</param>
/// <param name="stop">Ends each wait at once, because the walk does.</param>
internal sealed class Pace(SharedRun shared, CancellationToken stop)
{
    /// <summary>How long a wait may go on without a look at what was asked of the run.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(1);

    private readonly RunExecution _execution = shared.Execution;

    /// <summary>
    /// Reserves the time for a batch of so many rows, and waits until it begins; false if no batch is to begin any more. What
    /// was reserved and is not used then makes the run slower, never faster.
    /// </summary>
    public async Task<bool> AwaitAsync(int rows, double perSecond)
    {
        var now = _execution.Time.GetUtcNow();
        var at = now;
        await shared.Retry.RunAsync(ReserveAsync, stop).ConfigureAwait(false);
        if (at <= now) return true;
        await SleepAsync(at - _execution.Time.GetUtcNow()).ConfigureAwait(false);
        return !shared.IsLeaving;

        async Task<bool> ReserveAsync()
        {
            at = await _execution.Store.ReserveAsync(_execution.Run.Id, rows, perSecond, now, stop).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Waits, unless the walk is to leave.</summary>
    public async Task SleepAsync(TimeSpan time)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(_execution.Drain, stop);
        var fellAsleep = _execution.Time.GetTimestamp();
        try
        {
            while (!shared.IsLeaving && time - _execution.Time.GetElapsedTime(fellAsleep) is { Ticks: > 0 } rest)
            {
                await _execution.Parts.Threads.Wait(rest < LongestNap ? rest : LongestNap, _execution.Time, leave.Token).ConfigureAwait(false);
                if (rest > LongestNap) await shared.LookAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Told to leave in the middle of a pause: the walk sees it.
        }
    }
}
