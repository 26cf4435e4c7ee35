using System.Globalization;
using Drip.Crash.Tests.Matrix;

namespace Drip.Crash.Tests;

/// <summary>
/// Two workers on one file, either of which is killed at any moment and started again: as often as <c>DRIP_KILLS</c> says,
/// with the seed that <c>DRIP_SEED</c> says.
/// </summary>
public sealed class RandomKills
{
    private const int Items = 600;
    private const int KillsPerRun = 6;

    private static readonly int Kills = Read("DRIP_KILLS") ?? 18;
    private static readonly int Seed = Read("DRIP_SEED") ?? Random.Shared.Next();

    [Fact]
    public async Task Workers_that_are_killed_at_any_moment_lose_and_repeat_nothing()
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}, {Kills} kills");
        for (var kills = 0; kills < Kills; kills += KillsPerRun) await RunAsync(new Random(HashCode.Combine(Seed, kills)), $"seed {Seed}, kill {kills}");
    }

    private static async Task RunAsync(Random random, string when)
    {
        using var folder = new ItemsFolder(Items);
        Assert.Equal(0, (await folder.RunAsync("run", "raise-slowly", "--partitions", "4", "--batch-size", "5", "--sleep", "8ms", "--detach")).ExitCode);
        CrashWorker[] workers = [folder.Start("worker", "--drain"), folder.Start("worker", "--drain")];
        try
        {
            for (var kill = 0; kill < KillsPerRun && folder.Status != "completed"; kill++)
            {
                var target = folder.Batches + random.Next(1, 8);
                await CrashWorker.UntilAsync(() => folder.Batches >= target || Array.TrueForAll(workers, worker => worker.HasExited), "batches");
                Thread.SpinWait(random.Next(100_000));
                var victim = random.Next(2);
                workers[victim].Kill();
                await EndAsync(workers[victim], when);
                workers[victim] = folder.Start("worker", "--drain");
            }

            foreach (var worker in workers) await EndAsync(worker, when);
        }
        finally
        {
            foreach (var worker in workers) worker.Dispose();
        }

        await FinishAsync(folder, when);
        Assert.True(folder.List<(long, long)>("SELECT revision, count(*) FROM items GROUP BY revision") is [(1, Items)], when);
        Assert.True(folder.Ask<long>("SELECT count(*) FROM effects") == Items, when);
        Assert.True(folder.Store.List<(long, long)>("SELECT scanned, processed FROM drip_run") is [(Items, Items)], when);
        Assert.True(folder.Ask<string>("PRAGMA integrity_check") == "ok", when);
        folder.AssertHistory();
    }

    // Kills that meet one partition four times in a row make it look poisoned, and then a person says to go on.
    private static async Task FinishAsync(ItemsFolder folder, string when)
    {
        while (folder.Status is var status and not "completed")
        {
            if (status == "failed") Assert.True(folder.Store.Ask<string>("SELECT error_message FROM drip_run")!.Contains("vanished", StringComparison.Ordinal), when);
            var ended = await folder.RunAsync(status == "failed" ? ["retry", folder.RunId!] : ["worker", "--drain"]);
            Assert.True(ended.ExitCode == 0, $"{when}: {ended.Errors}");
        }
    }

    private static async Task EndAsync(CrashWorker worker, string when)
    {
        var ended = await worker.EndAsync();
        Assert.True(ended.ExitCode is 0 or CrashWorker.Killed, $"{when}: {ended.ExitCode}, {ended.Errors}");
    }

    private static int? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
