using Drip.Crash.Tests.Matrix;
using Drip.Servers;

namespace Drip.Crash.Tests.Faults;

/// <summary>Between a worker and its server is a network that has a bad day.</summary>
public sealed class BadNetworks
{
    [Theory]
    [InlineData("raise-slowly --sleep 20ms")]
    [InlineData("raise-batches")]
    [InlineData("raise-divided")]
    public async Task A_worker_behind_a_line_that_went_silent_is_replaced_and_changes_nothing_when_the_line_comes_back(string job)
    {
        var random = ItemsOnServer.Random();
        await using var database = await TestPostgres.CreateAsync();
        await using var proxy = TcpProxy.To(database.ConnectionString);
        await using var folder = ItemsOnServer.On(database);
        folder.Set("CRASH_POSTGRES", proxy.ConnectionString);
        proxy.Delay = TimeSpan.FromMilliseconds(1);
        // The server ends what is left open of a worker that says nothing, as its keepalives do where a line is really dead.
        folder.Set("Drip__Postgres__IdleInTransactionTimeout", "1s");
        folder.Set("Drip__Postgres__LockTimeout", "1s");
        using var cutOff = folder.Start(["run", .. job.Split(' '), "--batch-size", "5"]);
        await folder.CommittedAsync(random.Next(3, 12));
        Thread.SpinWait(random.Next(200_000));

        proxy.Silence();
        folder.Set("CRASH_POSTGRES", database.ConnectionString);
        var other = await folder.RunAsync("worker", "--drain");
        // The lease of the first may have had some time left when the second one looked.
        await CrashWorker.UntilAsync(() => folder.Status is "completed" || cutOff.Age > 3 * ItemsOnServer.Lease, "the lease to run out");
        await folder.FinishAsync();
        var finished = folder.Dump();
        proxy.Resume();
        var left = await cutOff.EndAsync();

        Assert.True(other.ExitCode == 0, other.Errors);
        Assert.True(left.ExitCode is 6 or 7, $"{left.ExitCode}: {left.Errors}");
        Assert.DoesNotContain("unexpected", left.Errors);
        Assert.Equal(finished, folder.Dump());
        folder.AssertDoneOnce();
    }

    [Theory]
    [InlineData(CommitFate.AnswerIsLost, "raise-rows --batch-size 10")]
    [InlineData(CommitFate.NeverArrives, "raise-rows --batch-size 10")]
    [InlineData(CommitFate.AnswerIsLost, "raise-batches --batch-size 10")]
    [InlineData(CommitFate.NeverArrives, "raise-batches --batch-size 10")]
    [InlineData(CommitFate.AnswerIsLost, "raise-divided")]
    [InlineData(CommitFate.NeverArrives, "raise-divided")]
    public async Task A_commit_of_which_no_answer_came_is_found_out_and_done_once(CommitFate fate, string job)
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var proxy = TcpProxy.To(database.ConnectionString, marker: "effects");
        await using var folder = ItemsOnServer.On(database);
        folder.Set("CRASH_POSTGRES", proxy.ConnectionString);
        var lost = proxy.LoseCommit(fate);
        using var worker = folder.Start(["run", .. job.Split(' ')]);

        // What never arrives is the same batch each time, and to that a worker comes back for about as long as its lease lasts.
        var (times, most) = (0, fate == CommitFate.NeverArrives ? 3 : 8);
        while (await Task.WhenAny(lost, worker.EndAsync()) == lost)
        {
            times++;
            lost = proxy.LoseCommit(fate);
            if (times == most) break;
        }

        // The one that is still to come stands.
        proxy.Spare();
        var ended = await worker.EndAsync();
        Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
        Assert.True(times >= 3, $"Only {times} commits were lost.");
        folder.AssertDoneOnce();
    }

    [Theory]
    [InlineData("raise-rows --batch-size 20")]
    [InlineData("raise-batches --batch-size 20")]
    public async Task A_commit_that_arrives_long_after_its_worker_gave_it_up_does_nothing_twice(string job)
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var proxy = TcpProxy.To(database.ConnectionString, marker: "effects");
        await using var folder = ItemsOnServer.On(database);
        folder.Set("CRASH_POSTGRES", proxy.ConnectionString);
        var lost = proxy.LoseCommit(CommitFate.ArrivesLate);
        using var worker = folder.Start(["run", .. job.Split(' ')]);

        await lost;
        // To know what became of it, or to do the batch again, somebody has to wait for whoever still has its locks.
        await CrashWorker.UntilAsync(() => folder.Ask<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0, "someone to wait");
        proxy.Deliver();

        var ended = await worker.EndAsync();
        Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
        folder.AssertDoneOnce();
    }

    [Fact]
    public async Task Connections_that_are_reset_at_random_lose_and_repeat_nothing()
    {
        var random = ItemsOnServer.Random();
        await using var database = await TestPostgres.CreateAsync();
        await using var proxy = TcpProxy.To(database.ConnectionString);
        await using var folder = ItemsOnServer.On(database);
        folder.Set("CRASH_POSTGRES", proxy.ConnectionString);
        await folder.EnqueueAsync("raise-slowly", "--partitions", "4", "--batch-size", "4", "--sleep", "10ms");
        using var worker = folder.Start("worker", "--drain");

        var resets = 0;
        for (; !worker.HasExited && folder.Status != "completed"; resets++)
        {
            await folder.CommittedAsync(random.Next(1, 8));
            Thread.SpinWait(random.Next(200_000));
            proxy.Reset();
        }

        var ended = await worker.EndAsync();
        Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
        Assert.True(resets >= 5, $"Only {resets} resets.");
        await folder.FinishAsync();
        folder.AssertDoneOnce();
    }

    [Fact]
    public async Task A_network_that_refuses_for_a_moment_is_waited_for()
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var proxy = TcpProxy.To(database.ConnectionString);
        await using var folder = ItemsOnServer.On(database);
        folder.Set("CRASH_POSTGRES", proxy.ConnectionString);
        using var worker = folder.Start("run", "raise-slowly", "--batch-size", "10", "--sleep", "10ms");
        await folder.CommittedAsync(3);

        var refused = proxy.Refuse();
        await refused;
        proxy.Accept();

        var ended = await worker.EndAsync();
        Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Errors}");
        folder.AssertDoneOnce();
    }
}
