using Drip.Crash.Tests.Matrix;
using Drip.Crash.Tests.Sites;

namespace Drip.Crash.Tests.Faults;

/// <summary>Someone ends the server's sessions of workers, whatever they do there just then.</summary>
public sealed class TerminatedBackends
{
    [Theory]
    [InlineData("any", "random() < 0.5", Site.Postgres)]
    [InlineData("the walks", "query LIKE '%items%' OR query LIKE '%effects%'", Site.Postgres)]
    [InlineData("cursors and leases", "query LIKE '%drip_cursor%'", Site.Postgres)]
    [InlineData("the store", "query LIKE '%drip_run%' OR query LIKE '%drip_batch%' OR query LIKE '%drip_event%'", Site.Postgres)]
    [InlineData("any", "random() < 0.5", Site.RowsInSqlite)]
    [InlineData("any", "random() < 0.5", Site.RowsInPostgres)]
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
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'test' AND ({condition})
                """);
        }

        // What a session said last is often something else than what it is mostly used for, so a choice by that meets few.
        Assert.True(ended >= (which == "any" ? 3 : 1), $"Only {ended} sessions of {which} were ended.");
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
