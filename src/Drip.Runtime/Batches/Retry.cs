using Drip.Data;
using Drip.Workers;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>
/// Tries a batch again when the database was busy. Each try waits about twice as long as the one before, with jitter, so
/// that workers which met once do not meet again.
/// </summary>
internal sealed class Retry(IDatabase database, TimeProvider time, Random random, ILogger log)
{
    private const int MaxTries = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    /// <summary>Where the waits are.</summary>
    public Threads Threads { get; init; } = Threads.OfThePool;

    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (Exception error) when (tries < MaxTries && Trouble.IsTransient(error, database))
            {
                var wait = FirstWait * Math.Pow(2, tries - 1) * (0.5 + random.NextDouble());
                log.LogWarning("Try {Try} of a batch met a busy database and is repeated in {Wait} ms: {Problem}", tries, (int)wait.TotalMilliseconds, error.Message);
                await Threads.Wait(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
