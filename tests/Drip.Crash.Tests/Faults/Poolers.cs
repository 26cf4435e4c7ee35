using Drip.Crash.Tests.Matrix;
using Drip.Servers;

namespace Drip.Crash.Tests.Faults;

/// <summary>Between the workers and the server is a pooler that lends sessions for one transaction each.</summary>
public sealed class Poolers
{
    [Theory]
    [InlineData("raise-slowly --partitions 4 --batch-size 5 --sleep 10ms")]
    [InlineData("raise-batches --partitions 4 --batch-size 5 --sleep 10ms")]
    public async Task Workers_that_only_poll_work_behind_a_pooler_and_one_that_dies_is_replaced(string job)
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var pooler = await Pgbouncer.StartAsync(database.ConnectionString);
        await using var folder = ItemsOnServer.On(database);
        folder.Set("CRASH_POSTGRES", pooler.ConnectionString);
        folder.Set("Drip__Postgres__PollOnly", "true");
        await folder.EnqueueAsync(job.Split(' '));
        using var victim = folder.Start("worker", "--drain");
        using var other = folder.Start("worker", "--drain");

        await folder.CommittedAsync(10);
        victim.Kill();
        var ended = await other.EndAsync();

        Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
        await folder.FinishAsync();
        folder.AssertDoneOnce();
    }

    [Fact]
    public async Task Rows_that_fail_are_found_behind_a_pooler()
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var pooler = await Pgbouncer.StartAsync(database.ConnectionString);
        await using var folder = ItemsOnServer.On(database);
        folder.Set("CRASH_POSTGRES", pooler.ConnectionString);
        folder.Set("Drip__Postgres__PollOnly", "true");
        folder.Execute("UPDATE items SET state = 'poison' WHERE id IN (33, 34, 120)");

        var first = await folder.RunAsync("run", "raise-sound");
        Assert.True(first.ExitCode == 5, $"{first.ExitCode}: {first.Errors}");
        Assert.Equal([33, 34, 120], folder.List<long>("SELECT id FROM items WHERE revision = 0 ORDER BY id"));
        folder.Mend();
        var retried = await folder.RunAsync("retry", folder.RunId!);

        Assert.True(retried.ExitCode == 0, $"{retried.ExitCode}: {retried.Errors}");
        Assert.Equal(ItemsOnServer.Items, folder.Ask<long>("SELECT count(*) FROM items WHERE revision = 1"));
    }
}
