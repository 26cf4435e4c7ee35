using Drip.Jobs;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Store;
using Drip.Tests.Time;

namespace Drip.Sqlite.Tests.Execution;

/// <summary>Runs that are told to pause or to stop, and what goes on from there; with the store beside the rows and elsewhere.</summary>
public sealed class Requests
{
    private static readonly string Dead = (WorkerIdentity.Current with { ProcessId = int.MaxValue }).ToString();

    [Theory]
    [InlineData(RunRequestKind.Pause, RunStatus.Paused, true)]
    [InlineData(RunRequestKind.Pause, RunStatus.Paused, false)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopped, true)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopped, false)]
    public async Task A_run_that_is_told_finishes_its_batch_and_goes_on_from_there(RunRequestKind kind, RunStatus status, bool together)
    {
        await using var bench = Bench(50, together);
        var held = await bench.StartAsync("each-item", batchSize: 10);

        var run = await TellAfterAsync(bench, held, 2, kind);

        Assert.Equal((status, kind, "ann", null, 30), (run.Status, run.Request, run.RequestedBy, run.Owner, run.Counters.Scanned));
        Assert.Null(run.Error);
        Assert.Equal(30, bench.Ask<long>("SELECT sum(revision) FROM items"));

        var again = await bench.ExecuteAsync(await bench.Engine().TakeAsync(new TakeRequest(run.Id, TakeKind.Resume) { Who = "bob" }));

        Assert.Equal((RunStatus.Completed, null, 50, 5), (again.Status, again.Request, again.Counters.Scanned, again.Counters.Batches));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Theory]
    [InlineData(RunRequestKind.Pause)]
    [InlineData(RunRequestKind.Stop)]
    public async Task A_run_that_is_told_in_its_last_batch_is_complete(RunRequestKind kind)
    {
        await using var bench = Bench(30);

        var run = await TellAfterAsync(bench, await bench.StartAsync("each-item", batchSize: 10), 2, kind);

        Assert.Equal((RunStatus.Completed, null, 30), (run.Status, run.Request, run.Counters.Scanned));
    }

    [Theory]
    [InlineData(RunRequestKind.Pause, RunStatus.Paused)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopped)]
    public async Task A_run_that_sleeps_looks_each_second(RunRequestKind kind, RunStatus status)
    {
        await using var bench = Bench(50);
        var time = new ManualTimeProvider { SkipsWaitsUpTo = TimeSpan.FromSeconds(1) };
        bench.Time = time;
        var held = await bench.StartAsync("each-item", batchSize: 10, sleep: TimeSpan.FromHours(1));
        time.Skipping = _ =>
        {
            if (time.Waits.Count == 3) bench.Engine().AskAsync(held.Run.Id, kind, force: false, "ann").AsTask().GetAwaiter().GetResult();
        };

        var run = await bench.ExecuteAsync(held);

        Assert.Equal((status, 10), (run.Status, run.Counters.Scanned));
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(1), 3), time.Waits);
    }

    [Theory]
    [InlineData(RunRequestKind.Pause, RunStatus.Paused, true)]
    [InlineData(RunRequestKind.Pause, RunStatus.Paused, false)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopped, true)]
    [InlineData(RunRequestKind.Stop, RunStatus.Stopped, false)]
    public async Task A_worker_that_is_fenced_off_by_force_changes_nothing_more(RunRequestKind kind, RunStatus status, bool together)
    {
        await using var bench = Bench(50, together);
        var held = await bench.StartAsync("each-item", batchSize: 10);

        var error = await Assert.ThrowsAsync<DripException>(() => TellAfterAsync(bench, held, 2, kind, force: true));

        Assert.Equal((DripErrorKind.Busy, "lease-lost"), (error.Kind, error.Code));
        Assert.Equal(20, bench.Ask<long>("SELECT sum(revision) FROM items"));
        var run = await bench.Store.FindAsync(held.Run.Id);
        Assert.Equal((status, "ann", null), (run!.Status, run.RequestedBy, run.Owner));

        var again = await bench.ExecuteAsync(await bench.Engine().TakeAsync(new TakeRequest(run.Id, TakeKind.Resume)));

        Assert.Equal((RunStatus.Completed, 50), (again.Status, again.Counters.Scanned));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Fact]
    public async Task A_worker_that_is_fenced_off_before_its_first_batch_finds_its_cursor_taken()
    {
        await using var bench = Bench(50, together: false);
        var held = await bench.StartAsync("each-item");

        await bench.Engine().AskAsync(held.Run.Id, RunRequestKind.Stop, force: true, "ann");

        var error = await Assert.ThrowsAsync<DripException>(() => bench.ExecuteAsync(held));
        Assert.Equal("lease-lost", error.Code);
        Assert.Equal(0, bench.Ask<long>("SELECT sum(revision) FROM items"));
    }

    [Fact]
    public async Task A_forced_request_that_is_refused_fences_nobody_off()
    {
        await using var bench = Bench(50);
        var held = await bench.StartAsync("each-item", batchSize: 10);
        await bench.Engine().AskAsync(held.Run.Id, RunRequestKind.Stop, force: false, "ann");

        await Assert.ThrowsAsync<DripException>(async () => await bench.Engine().AskAsync(held.Run.Id, RunRequestKind.Pause, force: true, "bob"));

        Assert.Equal((RunStatus.Stopped, 10), (await bench.ExecuteAsync(held)) is var run ? (run.Status, run.Counters.Scanned) : default);
    }

    [Fact]
    public async Task A_run_that_somebody_paused_is_not_taken_up_behind_their_back()
    {
        await using var bench = Bench(50);
        var paused = await TellAfterAsync(bench, await bench.StartAsync("each-item", batchSize: 10), 1, RunRequestKind.Pause);

        var error = await Assert.ThrowsAsync<DripException>(() => bench.StartAsync("each-item"));

        Assert.Equal((DripErrorKind.Paused, $"Run {paused.Id} of each-item was paused by ann at 20 rows."), (error.Kind, error.Message));
        Assert.Equal($"Go on with: resume {paused.Id}.", error.Remedy);
    }

    [Fact]
    public async Task A_run_whose_worker_died_before_it_obeyed_is_paused_all_the_same()
    {
        await using var bench = Bench(50);
        var held = await bench.StartAsync("each-item");
        await bench.Engine().AskAsync(held.Run.Id, RunRequestKind.Pause, force: false, "ann");
        bench.Execute("UPDATE drip_run SET owner = @Dead", new { Dead });

        await Assert.ThrowsAsync<DripException>(() => bench.StartAsync("each-item"));

        var run = await bench.Store.FindAsync(held.Run.Id);
        Assert.Equal((RunStatus.Paused, "ann"), (run!.Status, run.RequestedBy));
    }

    [Fact]
    public async Task A_run_whose_worker_died_before_it_stopped_is_stopped_and_the_next_begins_anew()
    {
        await using var bench = Bench(50);
        var held = await bench.StartAsync("each-item");
        await bench.Engine().AskAsync(held.Run.Id, RunRequestKind.Stop, force: false, "ann");
        bench.Execute("UPDATE drip_run SET owner = @Dead", new { Dead });

        var next = await bench.StartAsync("each-item");

        Assert.NotEqual(held.Run.Id, next.Run.Id);
        Assert.Equal(RunStatus.Stopped, (await bench.Store.FindAsync(held.Run.Id))!.Status);
    }

    [Fact]
    public async Task A_run_that_failed_is_retried_from_its_cursor_when_its_cause_was_mended()
    {
        await using var bench = Bench(50);
        var script = bench.Script<Item>();
        var count = script.Element;
        script.Element = (item, changes) =>
        {
            if (item.Id == 27) throw new FormatException("'27' is not welcome.");
            count(item, changes);
        };
        var failed = await bench.RunAsync("each-item", batchSize: 10);
        script.Element = count;

        var run = await bench.ExecuteAsync(await bench.Engine().TakeAsync(new TakeRequest(failed.Id, TakeKind.Retry)));

        Assert.Equal((failed.Id, RunStatus.Completed, 50, 50), (run.Id, run.Status, run.Counters.Scanned, run.Counters.Processed));
        Assert.Null(run.Error);
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
        Assert.Equal([3], (await bench.BatchesAsync(run)).Where(batch => batch.Status == RunStatus.Failed).Select(batch => batch.Number));
    }

    [Theory]
    [InlineData(RunStatus.Completed, TakeKind.Resume, "show")]
    [InlineData(RunStatus.Completed, TakeKind.Retry, "show")]
    [InlineData(RunStatus.Failed, TakeKind.Resume, "retry")]
    [InlineData(RunStatus.Paused, TakeKind.Retry, "resume")]
    [InlineData(RunStatus.Stopped, TakeKind.Retry, "resume")]
    [InlineData(RunStatus.Running, TakeKind.Retry, "resume")]
    [InlineData(RunStatus.Pending, TakeKind.Retry, "resume")]
    public async Task What_cannot_be_gone_on_with_in_this_way_says_in_which_it_can(RunStatus status, TakeKind kind, string command)
    {
        await using var bench = Bench(1);
        await bench.Store.MigrateAsync();
        await bench.Store.CreateAsync(new Run { Id = "run1", Job = "each-item", Status = status, Options = "{}", BatchSize = 10, CreatedAt = DateTimeOffset.UnixEpoch });

        var error = await Assert.ThrowsAsync<DripException>(async () => await bench.Engine().TakeAsync(new TakeRequest("run1", kind)));

        Assert.Equal((DripErrorKind.Usage, "wrong-status"), (error.Kind, error.Code));
        Assert.Contains($"is {status.ToName()}", error.Message);
        Assert.Contains($"{command} run1", error.Remedy);
    }

    [Fact]
    public async Task A_run_that_is_at_work_is_not_gone_on_with_by_another()
    {
        await using var bench = Bench(10);
        var held = await bench.StartAsync("each-item");

        var error = await Assert.ThrowsAsync<DripException>(async () => await bench.Engine().TakeAsync(new TakeRequest(held.Run.Id, TakeKind.Resume)));

        Assert.Equal((DripErrorKind.Busy, "already-running"), (error.Kind, error.Code));
    }

    private static Workbench Bench(int rows, bool together = true)
    {
        var bench = new Workbench(Item.TableOf(rows));
        if (!together) bench.Store = new InMemoryStore();
        bench.Script<Item>().CountTouches();
        return bench;
    }

    // Tells it when so many batches are done, which the next batch brings to light.
    private static Task<Run> TellAfterAsync(Workbench bench, HeldRun held, int batches, RunRequestKind kind, bool force = false) =>
        bench.Engine().ExecuteAsync(held, progress =>
        {
            if (progress.Counters.Batches == batches) bench.Engine().AskAsync(held.Run.Id, kind, force, "ann").AsTask().GetAwaiter().GetResult();
        }, default, default);
}
