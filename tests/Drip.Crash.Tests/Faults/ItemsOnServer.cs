using System.Globalization;
using Drip.Crash.Tests.Matrix;
using Drip.Crash.Tests.Sites;
using Drip.Servers;

namespace Drip.Crash.Tests.Faults;

/// <summary>What the tests of faults do with items on a server, and what must be there at the end.</summary>
internal static class ItemsOnServer
{
    /// <summary>How many items there are unless a test says otherwise.</summary>
    public const int Items = 400;

    /// <summary>Long enough that nobody loses a lease only because the machine is busy.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    /// <summary>A seed that <c>DRIP_SEED</c> says, or one that no one knows before; the test's output says it.</summary>
    public static Random Random()
    {
        var seed = Environment.GetEnvironmentVariable("DRIP_SEED") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : System.Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"To repeat: DRIP_SEED={seed}");
        return new Random(seed);
    }

    public static async Task<ItemsFolder> CreateAsync(Site site = Site.Postgres, int items = Items) => WithLease(await ItemsFolder.CreateAsync(site, items));

    public static ItemsFolder On(PostgresServer server, Site site = Site.Postgres) => WithLease(ItemsFolder.On(server, Items, site));

    /// <summary>Waits until so many more batches have committed, or the run is over.</summary>
    public static Task CommittedAsync(this ItemsFolder folder, long more)
    {
        var target = folder.Batches + more;
        return CrashWorker.UntilAsync(() => folder.Batches >= target || folder.Status is "completed" or "failed" or "paused", $"{target} batches");
    }

    /// <summary>Enqueues a run.</summary>
    public static async Task EnqueueAsync(this ItemsFolder folder, params string[] arguments)
    {
        var ended = await folder.RunAsync(["run", .. arguments, "--detach"]);
        Assert.True(ended.ExitCode == 0, ended.Errors);
    }

    /// <summary>Brings the run to its end with workers that nobody disturbs.</summary>
    public static async Task FinishAsync(this ItemsFolder folder)
    {
        for (var starts = 0; folder.Status is var status and not "completed"; starts++)
        {
            Assert.True(starts < 4 && status != "failed", $"After {starts} more workers the run is {status}: {folder.Store.Ask<string>("SELECT error_message FROM drip_run")}");
            var ended = await folder.RunAsync(status is "paused" or "stopped" ? ["resume", folder.RunId!] : ["worker", "--drain"]);
            Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
        }
    }

    /// <summary>Fails unless each row was touched exactly once, and the store and the workers' own notes agree with that.</summary>
    public static void AssertDoneOnce(this ItemsFolder folder)
    {
        var items = folder.Ask<long>("SELECT count(*) FROM items");
        Assert.Equal([(1L, items)], folder.List<(long, long)>("SELECT revision, count(*) FROM items GROUP BY revision ORDER BY revision"));
        Assert.Equal((items, items), folder.List<(long, long)>("SELECT count(*), count(DISTINCT item) FROM effects").Single());
        Assert.Equal(("completed", items, items), folder.Store.List<(string, long, long)>("SELECT status, scanned, processed FROM drip_run").Single());
        Assert.Equal(0, folder.Ask<long>("SELECT count(*) FROM drip_quarantine"));
        folder.AssertHistory();
    }

    private static ItemsFolder WithLease(ItemsFolder folder)
    {
        folder.Set("Drip__Lease__Duration", $"{Lease.TotalSeconds}s");
        folder.Set("Drip__Lease__Renewal", "200ms");
        return folder;
    }
}
