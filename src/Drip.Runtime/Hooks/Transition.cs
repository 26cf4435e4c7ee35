using Drip.Generated;

namespace Drip.Hooks;

/// <summary>What became of a transition.</summary>
internal enum TransitionEnd
{
    /// <summary>It happened.</summary>
    Done,
    /// <summary>The action itself found that there is nothing to do.</summary>
    NotDone,
    /// <summary>The around-hook returned without calling <see cref="HookNext"/>.</summary>
    Skipped,
}

/// <summary>The end of a transition, and what the around-hook threw after it had happened.</summary>
internal readonly record struct TransitionResult(TransitionEnd End, HookException? Late);

/// <summary>
/// Enters one status: <c>before → around up to next() → the action → around after next()</c>. The after-hook is the
/// caller's, because it is called through the outbox.
/// </summary>
internal static class Transition
{
    /// <param name="hooks">Which hooks there are.</param>
    /// <param name="target">Of what.</param>
    /// <param name="status">The status.</param>
    /// <param name="call">Calls a hook.</param>
    /// <param name="action">Writes the status, and whatever belongs to that; false if there was nothing to do.</param>
    /// <param name="stop">Asks to leave: a hook that obeys it has not failed.</param>
    /// <exception cref="HookException">The before-hook threw, or the around-hook did before it called <see cref="HookNext"/>; the action was not begun.</exception>
    public static async Task<TransitionResult> RunAsync(
        HookSet hooks, HookTarget target, HookStatus status, Func<HookPoint, HookNext?, ValueTask> call, Func<Task<bool>> action, CancellationToken stop)
    {
        var before = HookPoint.Of(target, status, HookMoment.Before);
        if (hooks.Contains(before)) await CallAsync(before, null).ConfigureAwait(false);

        var around = HookPoint.Of(target, status, HookMoment.Around);
        if (!hooks.Contains(around)) return new TransitionResult(await action().ConfigureAwait(false) ? TransitionEnd.Done : TransitionEnd.NotDone, null);

        var next = new OneNext(around, action);
        HookException? thrown = null;
        try
        {
            await CallAsync(around, next.CallAsync).ConfigureAwait(false);
        }
        catch (HookException error)
        {
            thrown = error;
        }
        catch (OperationCanceledException) when (next.IsCalled)
        {
            // Told to leave after it had called next: what became of the action is what counts.
        }

        if (next.Close() is not { } begun) return thrown is null ? new TransitionResult(TransitionEnd.Skipped, null) : throw thrown;

        // The action's own error counts, whatever the hook made of it; and a hook that did not wait for it is waited for.
        var isDone = await begun.ConfigureAwait(false);
        return new TransitionResult(isDone ? TransitionEnd.Done : TransitionEnd.NotDone, thrown);

        async ValueTask CallAsync(HookPoint point, HookNext? wrapped)
        {
            try
            {
                await call(point, wrapped).ConfigureAwait(false);
            }
            catch (Exception error) when (!(error is OperationCanceledException && stop.IsCancellationRequested))
            {
                throw new HookException(point, error);
            }
        }
    }

    /// <summary>The action, which is begun once, and not after the hook has returned.</summary>
    private sealed class OneNext(HookPoint around, Func<Task<bool>> action)
    {
        private readonly Lock _lock = new();
        private Task<bool>? _begun;
        private bool _isClosed;

        public bool IsCalled => _begun is not null;

        public Task CallAsync()
        {
            TaskCompletionSource<bool> mine;
            lock (_lock)
            {
                if (_begun is not null) return _begun;
                if (_isClosed) throw new InvalidOperationException($"{around} called next() after it had returned, which does nothing.");
                mine = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                _begun = mine.Task;
            }

            return BeginAsync(mine);
        }

        public Task<bool>? Close()
        {
            lock (_lock)
            {
                _isClosed = true;
                return _begun;
            }
        }

        private async Task BeginAsync(TaskCompletionSource<bool> mine)
        {
            try
            {
                mine.SetResult(await action().ConfigureAwait(false));
            }
            catch (Exception error)
            {
                mine.SetException(error);
                throw;
            }
        }
    }
}
