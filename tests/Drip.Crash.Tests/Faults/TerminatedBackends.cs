using Drip.Crash.Tests.Matrix;
using Drip.Crash.Tests.Sites;

namespace Drip.Crash.Tests.Faults;

/// <summary>Someone ends the server's sessions of workers, whatever they do there just then.</summary>
public sealed class TerminatedBackends
{
    // A walk's session says by an advisory lock which partition it walks.
    private const string Walks = "EXISTS (SELECT FROM pg_locks AS l WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.mode = 'ShareLock')";

    [Theory]
    [InlineData("any", "random() < 0.5", Site.Postgres)]
    [InlineData("any", "random() < 0.5", Site.RowsInSqlite)]
    [InlineData("any", "random() < 0.5", Site.RowsInPostgres)]
    [InlineData("the walks", Walks, Site.Postgres)]
    [InlineData("leases and the store", "NOT " + Walks, Site.Postgres)]
    public async Task Workers_whose_sessions_are_ended_at_random_go_on(string which, string condition, Site site)
    {
        var random = ItemsOnServer.Random();
        await using var folder = await ItemsOnServer.CreateAsync(site);
        await folder.EnqueueAsync("raise-slowly", "--partitions", "4", "--batch-size", "4", "--sleep", "10ms");
        using var first = folder.Start("worker", "--drain");
        using var second = folder.Start("worker", "--drain");
        var server = site == Site.RowsInSqlite ? folder.Store : folder.Rows;

        var ended = 0L;
        while (folder.Status != "completed" && !(first.HasExited && second.HasExited))
        {
            await folder.CommittedAsync(random.Next(1, 6));
            Thread.SpinWait(random.Next(200_000));
            ended += server.Ask<long>($"""
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity AS a
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'test' AND ({condition})
                """);
        }

        Assert.True(ended >= 3, $"Only {ended} sessions of {which} were ended.");
        foreach (var worker in (CrashWorker[])[first, second])
        {
            var left = await worker.EndAsync();
            Assert.True(left.ExitCode == 0, $"{left.ExitCode}: {left.Errors}");
            Assert.DoesNotContain("unexpected", left.Errors);
        }

        await folder.FinishAsync();
        folder.AssertDoneOnce();
    }
}
