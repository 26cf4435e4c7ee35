using Drip.Crash.Tests.Matrix;

namespace Drip.Crash.Tests;

/// <summary>Several processes at work on one file, none of which anybody disturbs.</summary>
public sealed class TwoProcesses : IDisposable
{
    private const int Items = 400;
    private static readonly string[] Jobs = ["raise-divided", "raise-rows", "raise-batches", "raise-slowly", "raise-strictly"];

    private readonly ItemsFolder _folder = new(Items);

    public TwoProcesses()
    {
        // On a machine that is busy a short lease runs out by itself, and what is rescued is said.
        _folder.Set("Drip__Lease__Duration", "20s");
        _folder.Set("Drip__Lease__Renewal", "1s");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_workers_and_a_run_lose_no_claim_to_a_busy_file_and_handle_each_row_once()
    {
        foreach (var job in Jobs) Assert.Equal(0, (await _folder.RunAsync("run", job, "--detach")).ExitCode);

        var ends = await Task.WhenAll(
            _folder.RunAsync("worker", "--drain", "--concurrency", "2"),
            _folder.RunAsync("worker", "--drain"),
            _folder.RunAsync("run", "raise-sound", "--partitions", "2"));

        // A busy file, a lost lease and a run that could not be taken would be said there.
        Assert.All(ends, ended => Assert.Equal((0, ""), (ended.ExitCode, ended.Errors)));
        Assert.Equal(
            [.. Jobs.Append("raise-sound").Order().Select(job => (job, "completed", (long)Items, (long)Items))],
            _folder.List<(string, string, long, long)>("SELECT job, status, scanned, processed FROM drip_run ORDER BY job"));
        Assert.Equal([(Jobs.Length + 1, Items)], _folder.List<(long, long)>("SELECT revision, count(*) FROM items GROUP BY revision"));
        Assert.Equal((Jobs.Length + 1) * Items, _folder.Ask<long>("SELECT count(*) FROM effects"));
        Assert.Equal("ok", _folder.Ask<string>("PRAGMA integrity_check"));
        _folder.AssertHistory();
    }

    [Fact]
    public async Task The_walks_of_one_process_handle_each_row_once_however_they_meet()
    {
        // They meet where a partition is short, and differently each time.
        const int times = 25;
        for (var i = 0; i < times; i++)
        {
            var run = await _folder.RunAsync("run", "raise-divided", "--json");
            Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        }

        Assert.Equal([(times, Items)], _folder.List<(long, long)>("SELECT revision, count(*) FROM items GROUP BY revision"));
        _folder.AssertHistory();
    }
}
