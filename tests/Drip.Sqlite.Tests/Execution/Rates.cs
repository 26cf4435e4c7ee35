using System.Collections.Concurrent;
using Drip.Batches;
using Drip.Data;
using Drip.Jobs;
using Drip.Leases;
using Drip.Options;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Tests.Time;
using Drip.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drip.Sqlite.Tests.Execution;

/// <summary>The limit of rows per second (B21), kept by all workers of a run together.</summary>
public sealed class Rates
{
    [Fact]
    public async Task A_run_handles_no_more_rows_than_its_rate_allows()
    {
        await using var bench = Bench(1000);
        var time = (ManualTimeProvider)bench.Time;
        var began = time.GetTimestamp();
        List<double> moments = [];

        var run = await ExecuteAsync(bench, await StartAsync(bench, batchSize: 50, rate: 100), _ => moments.Add(time.GetElapsedTime(began).TotalSeconds));

        // The first report is before the first batch; batch n begins when (n - 1) · 50 rows have had their time.
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(1000, run.Counters.Processed);
        for (var n = 1; n <= 20; n++) Assert.Equal((n - 1) * 0.5, moments[n], 3);
    }

    [Fact]
    public async Task A_batch_is_not_more_than_about_a_second_s_worth_of_rows()
    {
        await using var bench = Bench(25);

        var run = await ExecuteAsync(bench, await StartAsync(bench, batchSize: 1000, rate: 10));

        Assert.Equal((RunStatus.Completed, 3), (run.Status, run.Counters.Batches));
        Assert.Equal(1000, run.BatchSize);
        Assert.Equal([10, 10, 5], (await bench.BatchesAsync(run)).Select(batch => batch.Size));
    }

    [Fact]
    public async Task Less_than_one_row_a_second_is_one_row_at_a_time()
    {
        await using var bench = Bench(3);
        var began = bench.Time.GetTimestamp();

        var run = await ExecuteAsync(bench, await StartAsync(bench, batchSize: 1000, rate: 0.1));

        Assert.Equal((RunStatus.Completed, 3, 3), (run.Status, run.Counters.Processed, run.Counters.Batches));
        Assert.InRange(bench.Time.GetElapsedTime(began).TotalSeconds, 20, 31);
    }

    [Fact]
    public async Task Two_workers_keep_the_rate_together()
    {
        // A minute's worth of rows, and one batch.
        await using var bench = Bench(6100);
        var time = new SteppedTimeProvider();
        bench.Time = time;
        var done = new ConcurrentQueue<(TimeSpan At, int Rows)>();
        bench.Script<Item>().Batch = async (batch, stop) =>
        {
            done.Enqueue((TimeSpan.FromTicks(time.GetTimestamp()), batch.Size));
            return await batch.UpdateAsync($"revision = revision + 1", stop);
        };
        var waiting = new Waiting();
        var held = await Engine(bench, "ann", waiting).StartAsync(Request(batchSize: 100, rate: 100, partitions: 2));
        using var leave = new CancellationTokenSource();

        var lead = Task.Run(() => Engine(bench, "ann", waiting).ExecuteAsync(held, null, default, default));
        var help = Task.Run(() => Engine(bench, "ben", waiting).WorkAsync(new WorkSettings(), null, leave.Token, default));
        while (!lead.IsCompleted) await waiting.GoOnAsync(time, lead);
        leave.Cancel();
        await help;

        var run = await lead;
        Assert.Equal((RunStatus.Completed, 6100), (run.Status, run.Counters.Processed));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
        var events = await bench.Store.ListEventsAsync(run.Id);
        Assert.Contains(events, happened => happened.Kind is RunEventKind.Joined or RunEventKind.Stolen);

        // At no moment were more rows done than the time until then allows, but for the one batch that may begin at once.
        var (rows, first) = (0, done.Min(batch => batch.At));
        foreach (var (at, count) in done.OrderBy(batch => batch.At))
        {
            rows += count;
            Assert.True(rows <= ((at - first).TotalSeconds * 100) + 101, $"{rows} rows after {(at - first).TotalSeconds} s.");
        }

        Assert.InRange((done.Max(batch => batch.At) - first).TotalSeconds, 59, 75);
    }

    [Fact]
    public async Task The_limit_holds_for_whoever_goes_on_after_a_worker_that_vanished()
    {
        await using var bench = Bench(100);
        var time = (ManualTimeProvider)bench.Time;
        using var kill = new CancellationTokenSource();
        var held = await StartAsync(bench, batchSize: 10, rate: 10);
        await ExecuteAsync(bench, held, progress => { if (progress.Counters.Batches == 2) kill.Cancel(); }, abort: kill.Token);
        bench.Execute("UPDATE drip_run SET paced_until = @until", new { until = time.GetUtcNow().AddSeconds(7).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'") });
        var began = time.GetTimestamp();
        List<double> moments = [];

        var taken = await bench.Engine().TakeAsync(new TakeRequest(held.Run.Id, TakeKind.Resume));
        var run = await ExecuteAsync(bench, taken, _ => moments.Add(time.GetElapsedTime(began).TotalSeconds));

        Assert.Equal((RunStatus.Completed, 100, 10.0), (run.Status, run.Counters.Processed, run.Rate));
        Assert.Equal([7, 8, 9], moments[1..4].Select(moment => Math.Round(moment, 3)));
    }

    [Fact]
    public async Task A_run_that_waits_for_its_rate_is_paused()
    {
        await using var bench = Bench(10);
        var held = await StartAsync(bench, batchSize: 10, rate: 0.05);
        bench.Time = new ManualTimeProvider
        {
            SkipsWaitsUpTo = TimeSpan.FromSeconds(1),
            Skipping = _ => bench.Store.RequestAsync(held.Run.Id, held.Run.Epoch, RunRequestKind.Pause, false, false, "ann", bench.Time.GetUtcNow()).AsTask().GetAwaiter().GetResult(),
        };

        var run = await ExecuteAsync(bench, held);

        Assert.Equal((RunStatus.Paused, 1), (run.Status, run.Counters.Processed));
        Assert.Equal(0.05, (await bench.Store.FindAsync(run.Id))!.Rate);
    }

    private static Workbench Bench(int rows)
    {
        var bench = new Workbench(Item.TableOf(rows)) { Time = new ManualTimeProvider { SkipsWaitsUpTo = TimeSpan.FromMinutes(1) } };
        bench.Script<Item>().CountTouches();
        return bench;
    }

    private static RunRequest Request(int batchSize, double rate, int partitions = 1) =>
        new("item-batches", OptionParser.Parse(new JobRegistry().AddJobs().Find("item-batches").Info, new Dictionary<string, string?>())) { BatchSize = batchSize, Rate = rate, Partitions = partitions };

    private static async Task<HeldRun> StartAsync(Workbench bench, int batchSize, double rate)
    {
        await bench.Store.MigrateAsync();
        return await bench.Engine().StartAsync(Request(batchSize, rate));
    }

    private static Task<Run> ExecuteAsync(Workbench bench, HeldRun held, Action<RunProgress>? progress = null, CancellationToken abort = default) =>
        bench.Engine().ExecuteAsync(held, progress, default, abort);

    private static Engine Engine(Workbench bench, string worker, Waiting waiting)
    {
        bench.Store.MigrateAsync().AsTask().GetAwaiter().GetResult();
        var databases = new DatabaseSet();
        databases.Add("", new SqliteData(bench.Database));
        return new Engine(new JobRegistry().AddJobs(), bench.Store, databases, bench.Services, bench.Time, NullLogger.Instance)
        {
            Worker = worker,
            Liveness = new Liveness(bench.Time, _ => false),
            Threads = new Threads(Task.Run, waiting.WaitAsync),
        };
    }

    /// <summary>Counts those who wait, so that the clock goes on only when both workers do.</summary>
    private sealed class Waiting
    {
        private int _count;

        public async Task WaitAsync(TimeSpan time, TimeProvider clock, CancellationToken stop)
        {
            var end = Task.Delay(time, clock, stop);
            Interlocked.Increment(ref _count);
            try
            {
                await end;
            }
            finally
            {
                Interlocked.Decrement(ref _count);
            }
        }

        public async Task GoOnAsync(SteppedTimeProvider time, Task lead)
        {
            while (Volatile.Read(ref _count) < 2 && !lead.IsCompleted) await Task.Yield();
            time.Advance(TimeSpan.FromMilliseconds(50));
        }
    }
}
