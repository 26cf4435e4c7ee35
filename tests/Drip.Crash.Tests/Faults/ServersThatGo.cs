using Drip.Crash.Tests.Matrix;
using Drip.Crash.Tests.Sites;
using Drip.Servers;

namespace Drip.Crash.Tests.Faults;

/// <summary>The server crashes, or is restarted, or has no place for anyone, while workers are at work.</summary>
public sealed class ServersThatGo
{
    [Theory]
    [InlineData(Site.Postgres)]
    [InlineData(Site.RowsInSqlite)]
    [InlineData(Site.RowsInPostgres)]
    public async Task Workers_outlive_a_server_that_crashes_several_times(Site site)
    {
        var random = ItemsOnServer.Random();
        await using var server = await OwnPostgres.StartAsync();
        await using var folder = ItemsOnServer.On(server, site);
        await folder.EnqueueAsync("raise-slowly", "--partitions", "3", "--batch-size", "5", "--sleep", "15ms");
        using var first = folder.Start("worker", "--drain");
        using var second = folder.Start("worker", "--drain");

        for (var i = 0; i < 4; i++)
        {
            await folder.CommittedAsync(random.Next(2, 8));
            Thread.SpinWait(random.Next(200_000));
            await server.CrashAsync();
            await server.StartAgainAsync();
        }

        await EndAsync(first, second);
        await folder.FinishAsync();
        folder.AssertDoneOnce();
    }

    [Fact]
    public async Task A_run_command_that_meets_a_restart_goes_on_and_ends_well()
    {
        await using var server = await OwnPostgres.StartAsync();
        await using var folder = ItemsOnServer.On(server);
        using var worker = folder.Start("run", "raise-slowly", "--batch-size", "10", "--sleep", "20ms");

        await folder.CommittedAsync(5);
        await server.StopAsync();
        await server.StartAgainAsync();

        await EndAsync(worker);
        folder.AssertDoneOnce();
    }

    [Theory]
    [InlineData("run raise-slowly --batch-size 10 --sleep 20ms")]
    [InlineData("worker --drain")]
    public async Task A_server_that_stays_away_for_longer_than_a_lease_loses_nothing(string command)
    {
        await using var server = await OwnPostgres.StartAsync();
        await using var folder = ItemsOnServer.On(server);
        if (command.StartsWith("worker", StringComparison.Ordinal)) await folder.EnqueueAsync("raise-slowly", "--batch-size", "10", "--sleep", "20ms");
        using var worker = folder.Start(command.Split(' '));

        await folder.CommittedAsync(5);
        await server.CrashAsync();
        await CrashWorker.UntilAsync(() => worker.HasExited || worker.Age > 4 * ItemsOnServer.Lease, "twice the lease");
        await server.StartAgainAsync();

        // It leaves and says why, or waits for the server and goes on; never anything else.
        var ended = await worker.EndAsync();
        Assert.True(ended.ExitCode is 0 or 6 or 7, $"{ended.ExitCode}: {ended.Errors}");
        Assert.DoesNotContain("unexpected", ended.Errors);
        await folder.FinishAsync();
        folder.AssertDoneOnce();
    }

    [Fact]
    public async Task A_server_that_takes_no_more_connections_for_a_while_is_waited_for()
    {
        await using var server = await OwnPostgres.StartAsync();
        await server.ExecuteAsync("ALTER SYSTEM SET max_connections = 20");
        await server.StopAsync();
        await server.StartAgainAsync();
        await using var folder = ItemsOnServer.On(server);
        using var worker = folder.Start("run", "raise-slowly", "--batch-size", "10", "--sleep", "20ms");
        await folder.CommittedAsync(5);

        var others = new List<Npgsql.NpgsqlConnection>();
        try
        {
            // Its own sessions are ended, and whoever is quicker gets their places.
            await folder.Rows.CrowdOutAsync(server, others);
            await CrashWorker.UntilAsync(() => worker.HasExited || CountRefusals(server) > 0, "a connection to be refused");
        }
        finally
        {
            foreach (var other in others) await other.DisposeAsync();
        }

        await EndAsync(worker);
        folder.AssertDoneOnce();
    }

    private static int CountRefusals(OwnPostgres server) =>
        File.ReadLines(Path.Combine(server.Folder, "data", "server.log")).Count(line => line.Contains("already", StringComparison.Ordinal) || line.Contains("remaining connection slots", StringComparison.Ordinal));

    private static async Task EndAsync(params CrashWorker[] workers)
    {
        foreach (var worker in workers)
        {
            var ended = await worker.EndAsync();
            Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
            Assert.DoesNotContain("unexpected", ended.Errors);
        }
    }
}
