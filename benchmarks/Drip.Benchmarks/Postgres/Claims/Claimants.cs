using Drip.Benchmarks.Postgres.Worker;
using Drip.Data;
using Drip.Store;
using Npgsql;

namespace Drip.Benchmarks.Postgres.Claims;

/// <summary>Workers that take the enqueued runs of a store, each one after the other, until none is left or they are told to end.</summary>
internal static class Claimants
{
    public const int Workers = 16;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>By Drip's store, as its workers do, without what they do with a run then.</summary>
    /// <param name="address">The store's database.</param>
    /// <param name="claimed">Called with the id of each run.</param>
    /// <param name="stop">Ends it before all runs are taken.</param>
    public static async Task ByStoreAsync(string address, Action<string> claimed, CancellationToken stop)
    {
        await using var store = await PostgresWorker.OpenStoreAsync(address);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(number => Task.Run(() => TakeAllAsync(store.Value, number, claimed, stop), CancellationToken.None)));
    }

    private static async Task TakeAllAsync(IRunStore store, int number, Action<string> claimed, CancellationToken stop)
    {
        var clock = store.Clock ?? TimeProvider.System;
        string[] jobs = [QueueDatabase.Job];
        string? after = null;
        while (!stop.IsCancellationRequested)
        {
            var claim = new LeaseClaim($"worker-{number}", clock.GetUtcNow(), Lease);
            if (await store.TakeAsync(new TakeFilter(jobs, after), claim, CancellationToken.None) is { } run)
            {
                claimed(run.Id);
                after = run.Id;
            }
            else if (after is null)
            {
                return;
            }
            else
            {
                // As a worker does that found nothing behind its watermark.
                after = null;
            }
        }
    }

    /// <summary>By the statement that everybody writes by hand, on a connection of each worker's own; it writes no event.</summary>
    public static async Task ByHandAsync(string address, Action<string> claimed, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(number => Task.Run(() => TakeAllByHandAsync(source, number, claimed, stop), CancellationToken.None)));
    }

    private static async Task TakeAllByHandAsync(NpgsqlDataSource source, int number, Action<string> claimed, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        await using var take = new NpgsqlCommand("""
            UPDATE drip_run SET status = 'running', epoch = epoch + 1, owner = $1, started_at = now(), lease_until = now() + interval '30 seconds'
            WHERE id = (SELECT id FROM drip_run WHERE status = 'enqueued' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, options, batch_size, epoch
            """, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = $"worker-{number}" } } };
        await take.PrepareAsync(CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            if (await take.ExecuteScalarAsync(CancellationToken.None) is not string run) return;
            claimed(run);
        }
    }
}
