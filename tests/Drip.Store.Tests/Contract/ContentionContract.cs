using System.Collections.Concurrent;
using System.Globalization;
using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

/// <summary>Workers with connections of their own that want the same runs of one store.</summary>
public abstract class ContentionContract : IAsyncLifetime
{
    private const int Runs = 16;
    private const int ClaimsOfEachRun = 12;

    private readonly int[] _holders = new int[Runs];
    private readonly ConcurrentQueue<long>[] _epochs = [.. Enumerable.Range(0, Runs).Select(_ => new ConcurrentQueue<long>())];
    private SqlStore[] _stores = [];
    private volatile bool _hasFailed;

    public async ValueTask InitializeAsync()
    {
        _stores = [OpenStore(), OpenStore()];
        await _stores[0].MigrateAsync();
        foreach (var number in Enumerable.Range(0, Runs)) await _stores[0].CreateAsync(ADistinctRun(number));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The same store, as another process has it.</summary>
    private protected abstract SqlStore OpenStore();

    private protected abstract ValueTask CloseAsync();

    [Fact]
    public async Task Many_workers_of_two_processes_lose_no_claim_and_never_have_a_run_at_the_same_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(worker => Task.Run(() => WorkAsync(_stores[worker % 2], $"worker {worker}", worker))));

        Assert.All(_epochs, epochs => Assert.Equal(Enumerable.Range(1, ClaimsOfEachRun).Select(epoch => (long)epoch), epochs));
        Assert.All(await _stores[1].ListAsync(new RunFilter()), run => Assert.Equal(RunStatus.Completed, run.Status));
    }

    [Fact]
    public async Task Of_sixteen_processes_that_create_the_same_run_at_once_one_does()
    {
        var stores = Enumerable.Range(0, 16).Select(_ => OpenStore()).ToArray();

        var others = await Task.WhenAll(stores.Select((store, number) => Task.Run(async () => await store.CreateAsync(ARun($"same{number}", "same")))));

        var winner = Assert.Single(await _stores[0].ListAsync(new RunFilter("same")));
        Assert.Single(others, other => other is null);
        Assert.All(others.OfType<Run>(), other => Assert.Equal(winner, other));
    }

    [Fact]
    public async Task Of_runs_of_the_same_job_and_options_that_are_reopened_at_once_one_is()
    {
        for (var round = 0; round < 20; round++)
        {
            var runs = Enumerable.Range(0, 4).Select(number => ARun($"r{round}n{number}", "same", $"{round}", RunStatus.Failed)).ToArray();
            foreach (var run in runs) await _stores[0].CreateAsync(run);

            var reopened = await Task.WhenAll(runs.Select((run, number) => Task.Run(() => TryReopenAsync(_stores[number % 2], run.Id))));

            var winner = Assert.Single(reopened, run => run.StartsWith('r'));
            Assert.All(reopened.Where(run => run != winner), error => Assert.Contains($"run {winner} is enqueued", error));
        }
    }

    private static async Task<string> TryReopenAsync(SqlStore store, string id)
    {
        try
        {
            return (await store.ReopenAsync(id, null, Noon))!.Id;
        }
        catch (DripException error) when (error.Code == "already-running")
        {
            return error.Message;
        }
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
