using System.Diagnostics;
using Dapper;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Drip.Store;

namespace Drip.Sqlite.Tests.Execution;

public sealed class FullDisks
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_may_not_grow_pauses_the_run_which_goes_on_when_it_may(bool storeIsInTheFile)
    {
        await using var bench = new Workbench(Item.TableOf(30));
        if (!storeIsInTheFile) bench.Store = new InMemoryStore();
        bench.Script<Item>().Element = (item, changes) => changes.Update(item with { Name = new string('x', 50_000), Revision = item.Revision + 1 });
        var held = await bench.StartAsync("each-item", batchSize: 5);
        await SetMostPagesAsync(bench, bench.Ask<long>("PRAGMA page_count") + 150);

        var error = await Assert.ThrowsAsync<DripException>(() => bench.ExecuteAsync(held));

        Assert.Equal((DripErrorKind.Paused, "disk-full"), (error.Kind, error.Code));
        var paused = (await bench.Store.FindAsync(held.Run.Id))!;
        Assert.Equal((RunStatus.Paused, null, null), (paused.Status, paused.Owner, paused.FinishedAt));
        Assert.Contains("is full", paused.Error!.Message);
        var done = bench.Ask<long>("SELECT sum(revision) FROM items");
        Assert.Equal((paused.Counters.Scanned, 0), (done, done % 5));

        await SetMostPagesAsync(bench, int.MaxValue);
        var again = await bench.StartAsync("each-item", batchSize: 5);
        var run = await bench.ExecuteAsync(again);

        Assert.True(again.TakenUp);
        Assert.Equal((RunStatus.Completed, 30, 6, null), (run.Status, run.Counters.Scanned, run.Counters.Batches, run.Error));
        Assert.Equal([1], bench.List<int>("SELECT DISTINCT revision FROM items"));
    }

    [Fact]
    public async Task A_disk_that_is_full_pauses_the_run_which_goes_on_when_there_is_room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can mount a small disk; run the tests as root to see this one.");
        await using var bench = new Workbench(Item.Table) { Store = new InMemoryStore() };
        var disk = Directory.CreateDirectory(bench.InFolder("disk")).FullName;
        Assert.SkipUnless(Shell("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk) == 0, "A small disk cannot be mounted here.");
        try
        {
            await RunOnAsync(disk, bench);
        }
        finally
        {
            Shell("umount", "-l", disk);
        }
    }

    private static async Task RunOnAsync(string disk, Workbench bench)
    {
        var path = System.IO.Path.Combine(disk, "small.db");
        await using var database = new SqliteDatabase($"Data Source={path};Mode=ReadWriteCreate");
        using (var lease = await database.EnterWriterAsync()) lease.Connection.Execute(Item.TableOf(20));
        var databases = new Drip.Data.DatabaseSet();
        databases.Add("", new SqliteData(database));
        var engine = new Batches.Engine(new Jobs.JobRegistry().AddJobs(), bench.Store, databases, bench.Services, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var request = new Jobs.RunRequest("each-item", Options.OptionParser.Parse(new Jobs.JobRegistry().AddJobs().Find("each-item").Info, new Dictionary<string, string?>())) { BatchSize = 2 };
        bench.Script<Item>().Element = (item, changes) => changes.Update(item with { Name = new string('x', 60_000), Revision = item.Revision + 1 });

        var error = await Assert.ThrowsAsync<DripException>(async () => await engine.ExecuteAsync(await engine.StartAsync(request), null, default, default));

        Assert.Equal(DripErrorKind.Paused, error.Kind);
        Assert.Equal(RunStatus.Paused, Assert.Single(await bench.Store.ListAsync(new RunFilter())).Status);

        Assert.Equal(0, Shell("mount", "-o", "remount,size=64m", disk));
        var run = await engine.ExecuteAsync(await engine.StartAsync(request), null, default, default);

        Assert.Equal((RunStatus.Completed, 20), (run.Status, run.Counters.Scanned));
        using var reader = database.OpenReader();
        Assert.Equal([1], reader.Query<int>("SELECT DISTINCT revision FROM items"));
        Assert.Equal("ok", reader.ExecuteScalar<string>("PRAGMA integrity_check"));
    }

    private static async Task SetMostPagesAsync(Workbench bench, long pages)
    {
        using var lease = await bench.Database.EnterWriterAsync();
        lease.Connection.Execute($"PRAGMA max_page_count = {Math.Min(pages, 1073741823)}");
    }

    private static int Shell(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
