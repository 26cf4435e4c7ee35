namespace Drip.Simulation.Scheduling;

/// <summary>Waits that end inside the event that ends them; those of the thread pool go on elsewhere when they are cancelled.</summary>
internal static class VirtualWait
{
    public static async Task For(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var end = new TaskCompletionSource();
        using var cancelled = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), end);
        using var timer = clock.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), end, time, Timeout.InfiniteTimeSpan);
        await end.Task.ConfigureAwait(false);
    }
}
