using Drip.Batches;
using Drip.Data;
using Drip.Jobs;
using Drip.Leases;
using Drip.Options;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Tests.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drip.Sqlite.Tests.Leases;

/// <summary>Leases (B17, B18): who has a run, until when, and what a worker can do that has it no more.</summary>
public sealed class LostRuns
{
    private static readonly string Dead = (WorkerIdentity.Current with { ProcessId = int.MaxValue }).ToString();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_run_whose_lease_lasts_is_not_taken_from_its_worker()
    {
        await using var bench = Bench();
        await StartAsync(bench, "ann");
        _time.Advance(TimeSpan.FromSeconds(29));

        var error = await Assert.ThrowsAsync<DripException>(() => StartAsync(bench, "ben"));

        Assert.Equal("already-running", error.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_worker_whose_lease_has_run_out_changes_nothing_and_says_so(int partitions)
    {
        await using var bench = Bench();
        var stopped = await StartAsync(bench, "ann", partitions);
        _time.Advance(TimeSpan.FromSeconds(30));

        var taken = await StartAsync(bench, "ben", partitions);
        var done = await Engine(bench, "ben").ExecuteAsync(taken, null, default, default);
        var error = await Assert.ThrowsAsync<DripException>(() => Engine(bench, "ann").ExecuteAsync(stopped, null, default, default));

        Assert.True(taken.TakenUp);
        Assert.Equal((stopped.Run.Id, RunStatus.Completed, 50), (done.Id, done.Status, done.Counters.Scanned));
        Assert.Equal((DripErrorKind.Busy, "lease-lost"), (error.Kind, error.Code));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
        Assert.Equal(RunStatus.Completed, (await bench.Store.FindAsync(done.Id))!.Status);
    }

    [Fact]
    public async Task A_worker_that_was_stopped_between_two_batches_commits_no_other()
    {
        await using var bench = Bench();
        var stopped = await StartAsync(bench, "ann");
        Run? done = null;

        var error = await Assert.ThrowsAsync<DripException>(() => Engine(bench, "ann").ExecuteAsync(stopped, progress =>
        {
            if (progress.Counters.Batches != 2 || done is not null) return;
            _time.Advance(TimeSpan.FromSeconds(60));
            var taken = StartAsync(bench, "ben").GetAwaiter().GetResult();
            done = Engine(bench, "ben").ExecuteAsync(taken, null, default, default).GetAwaiter().GetResult();
        }, default, default));

        Assert.Equal("lease-lost", error.Code);
        Assert.Equal((RunStatus.Completed, 50), (done!.Status, done.Counters.Scanned));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Fact]
    public async Task A_partition_whose_workers_vanish_again_and_again_fails_its_run_and_a_retry_tries_it_anew()
    {
        await using var bench = Bench();
        using var drain = new CancellationTokenSource();
        var held = await StartAsync(bench, "ann");
        await Engine(bench, "ann").ExecuteAsync(held, progress =>
        {
            if (progress.Counters.Batches == 2) drain.Cancel();
        }, drain.Token, default);
        bench.Execute("UPDATE drip_cursor SET owner = @Dead, rescues = 3", new { Dead });

        var failed = await Engine(bench, "ben").ExecuteAsync(await StartAsync(bench, "ben"), null, default, default);

        Assert.Equal((RunStatus.Failed, "20", 20), (failed.Status, failed.Error!.Element, failed.Counters.Scanned));
        Assert.Contains("vanished 4 times in a row in the batch after 20", failed.Error.Message);
        Assert.Contains(await bench.Store.ListEventsAsync(failed.Id), happened => happened.Kind == RunEventKind.Poisoned);

        var again = await Engine(bench, "ben").TakeAsync(new TakeRequest(failed.Id, TakeKind.Retry));
        Assert.Equal(RunStatus.Completed, (await Engine(bench, "ben").ExecuteAsync(again, null, default, default)).Status);
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Fact]
    public async Task A_batch_that_commits_makes_the_rescues_before_it_forgotten()
    {
        await using var bench = Bench();
        var held = await StartAsync(bench, "ann");
        await Engine(bench, "ann").ExecuteAsync(held, null, new CancellationToken(canceled: true), default);
        bench.Execute("UPDATE drip_cursor SET owner = @Dead, rescues = 2", new { Dead });
        List<int> rescues = [];

        await Engine(bench, "ben").ExecuteAsync(await StartAsync(bench, "ben"), _ => rescues.Add(bench.Ask<int>("SELECT rescues FROM drip_cursor")), default, default);

        Assert.Equal([2, 0, 0, 0, 0, 0], rescues);
    }

    private Workbench Bench()
    {
        var bench = new Workbench(Item.TableOf(50)) { Time = _time };
        bench.Script<Item>().CountTouches();
        return bench;
    }

    private async Task<HeldRun> StartAsync(Workbench bench, string worker, int partitions = 1)
    {
        await bench.Store.MigrateAsync();
        var options = OptionParser.Parse(new JobRegistry().AddJobs().Find("each-item").Info, new Dictionary<string, string?>());
        return await Engine(bench, worker).StartAsync(new RunRequest("each-item", options) { BatchSize = 10, Partitions = partitions });
    }

    // A worker of this name, whose process lives.
    private Engine Engine(Workbench bench, string worker)
    {
        var databases = new DatabaseSet();
        databases.Add("", new SqliteData(bench.Database));
        return new Engine(new JobRegistry().AddJobs(), bench.Store, databases, bench.Services, _time, NullLogger.Instance)
        {
            Worker = worker,
            Liveness = new Liveness(_time, owner => owner == Dead),
            TellEvery = TimeSpan.Zero,
        };
    }
}
