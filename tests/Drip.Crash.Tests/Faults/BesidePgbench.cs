using System.Diagnostics;
using System.Globalization;
using Drip.Crash.Tests.Matrix;
using Drip.Servers;
using Npgsql;

namespace Drip.Crash.Tests.Faults;

/// <summary>
/// While <c>pgbench</c> runs its standard workload, four worker processes mark every account, and two of them are killed again and again.
/// <c>DRIP_PGBENCH</c> says how many hundred thousand accounts there are.
/// </summary>
public sealed class BesidePgbench
{
    private const int Workers = 4;
    private const int Victims = 2;
    private const int Times = 8;
    private static readonly int Scale = Environment.GetEnvironmentVariable("DRIP_PGBENCH") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;

    private static readonly int Accounts = Scale * 100_000;

    [Theory]
    [InlineData("mark-accounts")]
    [InlineData("mark-accounts-by-batch")]
    public async Task Every_account_is_touched_once_and_the_sums_of_the_workload_agree(string job)
    {
        var random = ItemsOnServer.Random();
        await using var database = await TestPostgres.CreateAsync();
        await using var folder = ItemsOnServer.On(database);
        using (var making = Pgbench(database, "-i", "-q", "-s", $"{Scale}"))
        {
            await making.WaitForExitAsync();
            Assert.Equal(0, making.ExitCode);
        }

        using var workload = Pgbench(database, "-n", "-c", "4", "-j", "2", "-T", "3600");
        // A batch for each thousandth of the accounts.
        await folder.EnqueueAsync(job, "--batch-size", $"{Accounts / 1000}");
        var workers = Enumerable.Range(0, Workers).Select(_ => folder.Start("worker", "--drain")).ToArray();
        var kills = 0;
        try
        {
            for (var time = 0; time < Times && folder.Status != "completed"; time++)
            {
                await folder.CommittedAsync(random.Next(40, 120));
                foreach (var victim in Enumerable.Range(0, Workers).OrderBy(_ => random.Next()).Take(Victims).ToList())
                {
                    workers[victim].Kill();
                    if (await EndAsync(workers[victim]) == CrashWorker.Killed) kills++;
                    workers[victim].Dispose();
                    workers[victim] = folder.Start("worker", "--drain");
                }
            }

            foreach (var worker in workers) await EndAsync(worker);
        }
        finally
        {
            foreach (var worker in workers) worker.Dispose();
        }

        await FinishAsync(folder);
        Assert.False(workload.HasExited, "The workload ended before the backfill.");
        workload.Kill();
        await workload.WaitForExitAsync();
        await CrashWorker.UntilAsync(() => folder.Ask<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pgbench'") == 0, "the workload to be gone");

        TestContext.Current.TestOutputHelper!.WriteLine($"{kills} kills, {folder.Ask<long>("SELECT count(*) FROM pgbench_history")} transactions of the workload");
        Assert.True(kills >= Times / 2, $"Only {kills} workers were killed at work.");
        Assert.Equal([("x", (long)Accounts)], folder.List<(string, long)>("SELECT rtrim(filler), count(*) FROM pgbench_accounts GROUP BY 1 ORDER BY 1"));
        var sums = folder.List<(long, long, long, long)>("""
            SELECT (SELECT sum(abalance) FROM pgbench_accounts)::bigint, (SELECT sum(tbalance) FROM pgbench_tellers)::bigint,
                   (SELECT sum(bbalance) FROM pgbench_branches)::bigint, (SELECT sum(delta) FROM pgbench_history)::bigint
            """).Single();
        Assert.Equal((sums.Item4, sums.Item4, sums.Item4, sums.Item4), sums);
        Assert.True(folder.Ask<long>("SELECT count(*) FROM pgbench_history") > 0, "The workload did nothing.");
        Assert.Equal(("completed", (long)Accounts, (long)Accounts), folder.Store.List<(string, long, long)>("SELECT status, scanned, processed FROM drip_run").Single());
        folder.AssertHistory();
    }

    // Kills that meet one partition four times in a row make it look poisoned, and then a person says to go on.
    private static async Task FinishAsync(ItemsFolder folder)
    {
        while (folder.Status is var status and not "completed")
        {
            if (status == "failed") Assert.Contains("vanished", folder.Store.Ask<string>("SELECT error_message FROM drip_run"));
            var ended = await folder.RunAsync(status == "failed" ? ["retry", folder.RunId!] : ["worker", "--drain"]);
            Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
        }
    }

    private static async Task<int> EndAsync(CrashWorker worker)
    {
        var ended = await worker.EndAsync();
        Assert.True(ended.ExitCode is 0 or CrashWorker.Killed, $"{ended.ExitCode}: {ended.Errors}");
        return ended.ExitCode;
    }

    private static Process Pgbench(TestPostgres database, params string[] arguments)
    {
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(Program(), [.. arguments, "-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, server.Database!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    // Beside the server's programs: what is in PATH may be a script that only looks for it, and a kill would meet that.
    private static string Program()
    {
        const string debian = "/usr/lib/postgresql";
        var found = Directory.Exists(debian) ? Directory.EnumerateDirectories(debian).Select(version => Path.Combine(version, "bin", "pgbench")).Where(File.Exists).Max() : null;
        return found ?? "pgbench";
    }
}
