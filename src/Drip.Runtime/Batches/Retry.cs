using Drip.Data;
using Drip.Leases;
using Drip.Workers;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>
/// Tries again when the database was busy, or the connection to it broke. Each try waits about twice as long as the one
/// before, with jitter, so that workers which met once do not meet again. A busy database gets five tries. A connection is
/// made again for about as long as a lease lasts: until then nobody else reaches the server either to take over, and a server
/// that restarts is back.
/// </summary>
/// <param name="database">Knows what errors mean; null where all that is tried is the store's, whose errors say it themselves.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws the jitter.</param>
/// <param name="log">Where tries that failed are told.</param>
internal sealed class Retry(IDatabase? database, TimeProvider time, Random random, ILogger log)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Where the waits are.</summary>
    public Threads Threads { get; init; } = Threads.OfThePool;

    /// <summary>How often a busy database is asked; once where a person waits for the answer, who is told at once what is in the way.</summary>
    public int BusyTries { get; init; } = 5;

    /// <summary>How long connections are made again after the first that broke.</summary>
    public TimeSpan Patience { get; init; } = new LeaseSettings().Duration;

    /// <summary>Tries until it succeeds, fails for another reason, or is given up; cancelling ends the wait for the next try.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken) => RunAsync(attempt, cancellationToken, leave: default);

    /// <summary>The same for what gives no answer.</summary>
    public Task RunAsync(Func<Task> attempt, CancellationToken cancellationToken) => RunAsync(Answering(attempt), cancellationToken, leave: default);

    /// <summary>The same for what a worker that is told to leave at once still does: then there is one more try, and no wait.</summary>
    public Task<T> FinishAsync<T>(Func<Task<T>> attempt, CancellationToken leave) => RunAsync(attempt, default, leave);

    /// <summary>The same for what gives no answer.</summary>
    public Task FinishAsync(Func<Task> attempt, CancellationToken leave) => RunAsync(Answering(attempt), default, leave);

    private static Func<Task<bool>> Answering(Func<Task> attempt) => async () =>
    {
        await attempt().ConfigureAwait(false);
        return true;
    };

    private async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken, CancellationToken leave)
    {
        Tries? tries = null;
        while (true)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (Exception error) when (!leave.IsCancellationRequested && (tries ??= new Tries(this)).IsAnother(error))
            {
                log.LogWarning("Try {Try} met {What} and is repeated in {Wait} ms: {Problem}", tries.Count, tries.IsLost ? "a broken connection" : "a busy database", (int)tries.Wait.TotalMilliseconds, error.Message);
                await WaitAsync(tries.Wait, cancellationToken, leave).ConfigureAwait(false);
            }
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken, CancellationToken leave)
    {
        try
        {
            await Threads.Wait(wait, time, leave.CanBeCanceled ? leave : cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            // Told to leave: the last try is now.
        }
    }

    /// <summary>The tries of one piece of work, from the first that failed.</summary>
    private sealed class Tries(Retry retry)
    {
        private readonly TimeProvider _time = retry.Clock;
        private int _busy;
        private int _lost;
        private long _lostAt;

        public int Count => _busy + _lost;

        public bool IsLost { get; private set; }

        public TimeSpan Wait { get; private set; }

        public bool IsAnother(Exception error)
        {
            IsLost = Trouble.IsConnectionLost(error, retry.Database);
            if (!IsLost && !Trouble.IsTransient(error, retry.Database)) return false;
            if (IsLost ? !IsSoon() : ++_busy >= retry.BusyTries) return false;
            var wait = FirstWait * Math.Pow(2, (IsLost ? _lost : _busy) - 1);
            Wait = (wait < LongestWait ? wait : LongestWait) * (0.5 + retry.Draw());
            return true;
        }

        private bool IsSoon()
        {
            if (_lost++ == 0) _lostAt = _time.GetTimestamp();
            return _time.GetElapsedTime(_lostAt) < retry.Patience;
        }
    }

    private IDatabase? Database => database;

    private TimeProvider Clock => time;

    private double Draw() => random.NextDouble();
}
