namespace Drip.Workers;

/// <summary>Ends the waits of slots that have nothing to do, one for each hint that there is work now.</summary>
internal sealed class Wakes(Threads threads)
{
    private readonly Lock _lock = new();
    private readonly List<CancellationTokenSource> _waiting = [];
    private bool _isMissed;

    /// <summary>There may be work: the slot that has waited longest looks at once, or, where none waits, the next that would.</summary>
    public void Wake()
    {
        CancellationTokenSource longest;
        lock (_lock)
        {
            _isMissed = _waiting.Count == 0;
            if (_isMissed) return;
            longest = _waiting[0];
            _waiting.RemoveAt(0);
        }

        // Beside, because the slot's work goes on where its wait ends, and whoever gives hints has others to give.
        _ = threads.Beside(() =>
        {
            longest.Cancel();
            return Task.CompletedTask;
        });
    }

    /// <summary>Waits for this long, or until a hint comes.</summary>
    /// <exception cref="OperationCanceledException">Told to stop.</exception>
    public async Task WaitAsync(TimeSpan time, TimeProvider clock, CancellationToken stop)
    {
        // Not disposed, because a hint may cancel it when the wait has just ended by itself; it holds nothing.
        var woken = new CancellationTokenSource();
        lock (_lock)
        {
            if (_isMissed)
            {
                _isMissed = false;
                return;
            }

            _waiting.Add(woken);
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, woken.Token);
        try
        {
            await threads.Wait(time, clock, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Woken.
        }
        finally
        {
            lock (_lock) _waiting.Remove(woken);
        }
    }
}
