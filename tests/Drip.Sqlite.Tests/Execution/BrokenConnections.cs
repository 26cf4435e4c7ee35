using Drip.Batches;
using Drip.Data;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Store;
using Drip.Tests.Time;
using Drip.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drip.Sqlite.Tests.Execution;

/// <summary>
/// A server that restarts breaks a connection at any call of the engine, before or after what was asked for has happened: the run goes
/// on and ends as if nothing had been.
/// </summary>
public sealed class BrokenConnections
{
    private const int Rows = 40;

    [Theory]
    [InlineData("each-item", 1)]
    [InlineData("item-batches", 3)]
    public async Task A_command_goes_on_wherever_the_connection_breaks(string job, int partitions)
    {
        var (all, reached) = (0, 0);
        foreach (var at in await BreaksOfAsync(breaks => RunAsync(job, partitions, breaks), most: 2))
        {
            var breaks = new Breaks(at);
            await RunAsync(job, partitions, breaks);
            all++;
            if (breaks.HasBroken) reached++;
        }

        // Which walk gets which partition is chance.
        Assert.InRange(reached, partitions == 1 ? all : all / 2, all);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_worker_goes_on_wherever_the_connection_breaks(int partitions)
    {
        foreach (var at in await BreaksOfAsync(breaks => WorkAsync(partitions, breaks)))
        {
            // What is wrong with the store at the start is told at once.
            if (at is { Call: "IRunStore.FindWorkAsync", Nth: 1 }) continue;
            await WorkAsync(partitions, new Breaks(at));
        }
    }

    [Fact]
    public async Task A_row_is_not_to_blame_for_a_connection_that_breaks_in_its_method()
    {
        await using var bench = Bench();
        var isFirst = true;
        bench.Script<Item>().Element = (item, changes) =>
        {
            if (item.Id == 15 && isFirst)
            {
                isFirst = false;
                throw new InvalidOperationException("The service could not be asked.", Breaks.Lost());
            }

            changes.Update(item with { Revision = item.Revision + 1 });
        };

        var run = await bench.RunAsync("each-item", batchSize: 10);

        Assert.Equal((RunStatus.Completed, Rows, 0), (run.Status, run.Counters.Processed, run.Counters.Quarantined));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Fact]
    public async Task A_server_that_stays_away_leaves_the_run_to_be_taken_up()
    {
        await using var bench = Bench();
        bench.Script<Item>().Batch = (batch, _) => batch.From is null ? batch.UpdateAsync($"revision = revision + 1") : throw Breaks.Lost();
        var held = await bench.StartAsync("item-batches", batchSize: 10);
        var began = bench.Time.GetTimestamp();

        var error = await Assert.ThrowsAsync<DripException>(() => bench.ExecuteAsync(held));

        var left = (await bench.Store.FindAsync(held.Run.Id))!;
        Assert.Equal("connection-lost", error.Code);
        Assert.Equal((RunStatus.Running, null, 10), (left.Status, left.Owner, left.Counters.Scanned));
        Assert.InRange(bench.Time.GetElapsedTime(began).TotalSeconds, 30, 34);
    }

    // Each call that is made without a fault, the first time or the first two, with and without its effect.
    private static async Task<List<Break>> BreaksOfAsync(Func<Breaks, Task> work, int most = 1)
    {
        var none = new Breaks(null);
        await work(none);
        List<Break> all = [];
        foreach (var (call, count) in none.Calls)
        {
            for (var nth = 1; nth <= Math.Min(count, most); nth++) all.AddRange([new Break(call, nth, IsDone: false), new Break(call, nth, IsDone: true)]);
        }

        Assert.True(all.Count > 20, "Hardly anything was called.");
        return all;
    }

    private static async Task RunAsync(string job, int partitions, Breaks breaks)
    {
        await using var bench = Bench();
        await bench.Store.MigrateAsync();
        var engine = Engine(bench, breaks);
        var options = OptionParser.Parse(new JobRegistry().AddJobs().Find(job).Info, new Dictionary<string, string?>());
        var held = await engine.StartAsync(new RunRequest(job, options) { BatchSize = 10, Partitions = partitions, Rate = 10 });

        await CheckAsync(bench, await engine.ExecuteAsync(held, null, default, default), partitions);
    }

    private static async Task WorkAsync(int partitions, Breaks breaks)
    {
        await using var bench = Bench();
        await bench.Store.MigrateAsync();
        var options = OptionParser.Parse(new JobRegistry().AddJobs().Find("item-batches").Info, new Dictionary<string, string?>());
        var run = await bench.Engine().EnqueueAsync(new RunRequest("item-batches", options) { BatchSize = 10, Partitions = partitions });

        await Engine(bench, breaks).WorkAsync(new WorkSettings(UntilIdle: true), null, default, default);

        await CheckAsync(bench, (await bench.Store.FindAsync(run.Id))!, partitions);
    }

    private static async Task CheckAsync(Workbench bench, Run run, int partitions)
    {
        Assert.Null(run.Error);
        Assert.Equal((RunStatus.Completed, Rows, Rows, null), (run.Status, run.Counters.Scanned, run.Counters.Processed, run.Owner));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
        var batches = await bench.BatchesAsync(run);
        Assert.Equal(run.Counters.Batches, batches.Length);
        Assert.Equal(1, bench.Ask<int>("SELECT count(*) FROM drip_run"));
        if (partitions == 1) Assert.Equal(1, bench.Ask<int>("SELECT max(epoch) FROM drip_run"));
    }

    private static Workbench Bench()
    {
        var bench = new Workbench(Item.TableOf(Rows)) { Time = new ManualTimeProvider { SkipsWaitsUpTo = TimeSpan.FromSeconds(20) } };
        bench.Script<Item>().CountTouches();
        return bench;
    }

    private static Engine Engine(Workbench bench, Breaks breaks)
    {
        var databases = new DatabaseSet();
        databases.Add("", new BreakingDatabase(new SqliteData(bench.Database), breaks));
        return new Engine(new JobRegistry().AddJobs(), breaks.Around(bench.Store), databases, bench.Services, bench.Time, NullLogger.Instance) { TellEvery = TimeSpan.Zero };
    }
}
