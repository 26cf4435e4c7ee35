using Drip.Data;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>
/// The number of rows in a run's scope, counted beside the work, so that neither the start nor the end waits for it.
/// Unknown until it is counted, and for good if that takes too long.
/// </summary>
internal sealed class TotalCount : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _cancel;
    private readonly Task _counting;
    private long _value = -1;

    private TotalCount(RunExecution execution, Func<CancellationToken, Task<long>> count)
    {
        _cancel = new CancellationTokenSource(Patience, execution.Time);
        _counting = execution.Parts.Threads.Beside(() => CountAsync(execution, count));
    }

    /// <summary>The number, if it is known by now.</summary>
    public long? Value => Volatile.Read(ref _value) is >= 0 and var value ? value : null;

    public static TotalCount Start<TRow>(SharedRun shared, ITable<TRow> table) where TRow : IModel<TRow> =>
        new(shared.Execution, async cancellation =>
        {
            var total = 0L;
            await shared.Retry.RunAsync(async () => (total = await table.CountAsync(shared.Execution.Run.Id, cancellation).ConfigureAwait(false)) >= 0, cancellation).ConfigureAwait(false);
            return total;
        });

    public async ValueTask DisposeAsync()
    {
        _cancel.Cancel();
        await _counting.ConfigureAwait(false);
        _cancel.Dispose();
    }

    private async Task CountAsync(RunExecution execution, Func<CancellationToken, Task<long>> count)
    {
        try
        {
            var value = await count(_cancel.Token).ConfigureAwait(false);
            Volatile.Write(ref _value, execution.Run.Limit is { } limit ? Math.Min(limit, value) : value);
        }
        catch (OperationCanceledException)
        {
            // The run ended first, or the count took too long: the total stays unknown.
        }
        catch (Exception error)
        {
            // A total is a nicety. What is wrong with the database will be seen by the work itself, and told there.
            execution.Log.LogInformation("The rows of run {Run} could not be counted: {Problem}", execution.Run.Id, error.Message);
        }
    }
}
