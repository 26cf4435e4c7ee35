using System.Collections.Concurrent;
using System.Globalization;
using Drip.Runs;
using Drip.Sqlite;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Sqlite;

/// <summary>Workers with connections of their own that want the same runs of one file.</summary>
public sealed class ContentionTests : IAsyncLifetime
{
    private const int Runs = 16;
    private const int ClaimsOfEachRun = 12;

    private readonly TempDatabase _file = new();
    private readonly int[] _holders = new int[Runs];
    private readonly ConcurrentQueue<long>[] _epochs = [.. Enumerable.Range(0, Runs).Select(_ => new ConcurrentQueue<long>())];
    private SqlStore[] _stores = [];
    private volatile bool _hasFailed;

    public async ValueTask InitializeAsync()
    {
        _stores = [await _file.OpenMigratedStoreAsync(), _file.OpenStore()];
        foreach (var number in Enumerable.Range(0, Runs)) await _stores[0].CreateAsync(ADistinctRun(number));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task Many_workers_of_two_processes_lose_no_claim_and_never_have_a_run_at_the_same_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(worker => Task.Run(() => WorkAsync(_stores[worker % 2], $"worker {worker}", worker))));

        Assert.All(_epochs, epochs => Assert.Equal(Enumerable.Range(1, ClaimsOfEachRun).Select(epoch => (long)epoch), epochs));
        Assert.All(await _stores[1].ListAsync(new RunFilter()), run => Assert.Equal(RunStatus.Completed, run.Status));
    }

    private async Task WorkAsync(SqlStore store, string worker, int seed)
    {
        var random = new Random(seed);
        try
        {
            while (!_hasFailed && await store.FindWorkAsync() is { Count: > 0 } work)
            {
                var run = work[random.Next(work.Count)];
                if (run.Owner is null && await store.ClaimAsync(run.Id, run.Epoch, ALease(worker, Noon)) is { } mine) await HoldAsync(store, mine);
            }
        }
        catch
        {
            // The others would wait forever for the run that this one has.
            _hasFailed = true;
            throw;
        }
    }

    private async Task HoldAsync(SqlStore store, Run run)
    {
        var number = int.Parse(run.Id.AsSpan(1), CultureInfo.InvariantCulture);
        Assert.Equal(1, Interlocked.Increment(ref _holders[number]));
        _epochs[number].Enqueue(run.Epoch);
        Assert.True((await store.RenewAsync(run.Id, run.Epoch, ALease(run.Owner!, Noon))).Held);
        Assert.True((await store.RecordBatchesAsync([ABatch(run.Epoch, run.Id)], SomeCounters, run.Epoch, Noon, null)).Held);
        Interlocked.Decrement(ref _holders[number]);
        var status = run.Epoch < ClaimsOfEachRun ? RunStatus.Running : RunStatus.Completed;
        Assert.True(await store.ReleaseAsync(run.Id, run.Epoch, status, SomeCounters, null, Noon));
    }
}
