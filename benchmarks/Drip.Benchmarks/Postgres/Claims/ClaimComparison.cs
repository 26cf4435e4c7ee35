using System.Collections.Concurrent;
using System.Diagnostics;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Postgres.Servers;
using Npgsql;

namespace Drip.Benchmarks.Postgres.Claims;

/// <summary>
/// How many runs 16 workers of one process claim in a second, how that compares with the statement that everybody writes by hand, and
/// what a transaction that is held open, so that no dead row can be cleaned up, makes of it.
/// </summary>
internal sealed class ClaimComparison(BenchServer server) : IComparison
{
    private const double Wanted = 4000;

    public string Name => "PostgreSQL claims by 16 workers";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var queue = await QueueDatabase.MakeAsync(server, scale.Claims);
        List<double> rates = [], ratios = [];
        for (var round = -scale.WarmUps; round < scale.Rounds; round++)
        {
            var drip = round % 2 == 0 ? await RateAsync(queue, Claimants.ByStoreAsync) : 0;
            var byHand = await RateAsync(queue, Claimants.ByHandAsync);
            if (drip == 0) drip = await RateAsync(queue, Claimants.ByStoreAsync);
            if (round < 0) continue;
            rates.Add(drip);
            ratios.Add(drip / byHand);
        }

        var held = await SlowestSecondAsync(scale);
        return
        [
            Measure.OfRounds(Name + ", durable", "-", [.. rates], Wanted) with { Unit = "/s" },
            Measure.OfRounds(Name, "hand-written UPDATE … FOR UPDATE SKIP LOCKED … RETURNING", [.. ratios], null),
            new Measure($"{Name}, slowest second of {scale.HeldOpen.TotalSeconds:0} s with a transaction held open", "-", held, Wanted / 2) { Unit = "/s" },
        ];
    }

    private static async Task<double> RateAsync(QueueDatabase queue, Func<string, Action<string>, CancellationToken, Task> claimAsync)
    {
        var copy = await queue.CopyAsync();
        var claimed = new ConcurrentBag<string>();
        var start = Stopwatch.GetTimestamp();
        await claimAsync(queue.In(copy), claimed.Add, CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;

        await CheckAsync(queue.In(copy), claimed, queue.Runs);
        await queue.DropAsync(copy);
        return queue.Runs / elapsed;
    }

    private async Task<double> SlowestSecondAsync(Scale scale)
    {
        var length = scale.HeldOpen;
        var queue = await QueueDatabase.MakeAsync(server, (int)(length.TotalSeconds * Wanted * 3));
        var copy = await queue.CopyAsync();
        await using var holder = new NpgsqlConnection(queue.In(copy) + ";Pooling=false");
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using (var look = new NpgsqlCommand("SELECT txid_current(), count(*) FROM drip_run", holder)) await look.ExecuteNonQueryAsync();

        var claimed = new ConcurrentBag<string>();
        // The second in which the workers open their connections does not count, nor does the one in which they are told to end.
        var perSecond = new int[(int)length.TotalSeconds + 2];
        using var stop = new CancellationTokenSource(length + TimeSpan.FromSeconds(1));
        var start = Stopwatch.GetTimestamp();
        await Claimants.ByStoreAsync(
            queue.In(copy),
            run =>
            {
                claimed.Add(run);
                Interlocked.Increment(ref perSecond[Math.Min((int)Stopwatch.GetElapsedTime(start).TotalSeconds, perSecond.Length - 1)]);
            },
            stop.Token);
        await transaction.RollbackAsync();

        if (claimed.Count == queue.Runs) throw new InvalidOperationException("There were too few runs to claim.");
        await CheckAsync(queue.In(copy), claimed, claimed.Count);
        await queue.DropAsync(copy);
        return perSecond[1..^1].Min();
    }

    private static async Task CheckAsync(string address, ConcurrentBag<string> claimed, int expected)
    {
        await using var connection = new NpgsqlConnection(address + ";Pooling=false");
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM drip_run WHERE status = 'running' AND epoch = 1 AND owner IS NOT NULL", connection);
        var running = (long)(await count.ExecuteScalarAsync())!;
        var distinct = claimed.Distinct().Count();
        if (claimed.Count != expected || distinct != expected || running != expected)
            throw new InvalidOperationException($"{expected} runs were to be claimed once each; {claimed.Count} claims of {distinct} runs left {running} running.");
    }
}
