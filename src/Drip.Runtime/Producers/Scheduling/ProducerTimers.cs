using Drip.Generated;

namespace Drip.Producers.Scheduling;

/// <summary>Calls the author's timers while a run goes on, one call at a time.</summary>
internal sealed class ProducerTimers(ProducerCode code, TimeProvider time, Func<ProducerStats> stats, Action<Exception> failed)
{
    private readonly TimeSpan[] _intervals = code.Plan.Timers;

    /// <summary>Calls them until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_intervals.Length == 0) return;
        var begun = time.GetTimestamp();
        var due = (TimeSpan[])_intervals.Clone();
        while (true)
        {
            var next = 0;
            for (var timer = 1; timer < due.Length; timer++)
            {
                if (due[timer] < due[next]) next = timer;
            }

            try
            {
                var pause = due[next] - time.GetElapsedTime(begun);
                if (pause > TimeSpan.Zero) await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
                if (cancellationToken.IsCancellationRequested) return;
            }
            catch (OperationCanceledException)
            {
                // The run has ended.
                return;
            }

            await TickAsync(next).ConfigureAwait(false);
            // A call that took longer than its interval is followed by the next full one, not by those that were missed.
            var now = time.GetElapsedTime(begun);
            do due[next] += _intervals[next];
            while (due[next] <= now);
        }
    }

    private async Task TickAsync(int timer)
    {
        try
        {
            await code.TickAsync(timer, stats()).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failed(error);
        }
    }
}
