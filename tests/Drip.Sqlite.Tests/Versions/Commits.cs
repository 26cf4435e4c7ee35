using Dapper;
using Drip.Sqlite.Tests.Versions.Harness;
using Drip.Sqlite.Versions;
using Drip.Tests.Time;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Tests.Versions;

public sealed class Commits
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Versions_are_committed_256_at_a_time_and_the_rest_when_somebody_waits_for_it()
    {
        await using var bench = new VersionBench();
        var run = bench.Begin(durability: Durability.Group, time: new SteppedTimeProvider());

        for (var version = 0; version < 600; version++) run.Append();
        await run.Log.FlushAsync();

        Assert.Equal(3, run.Log.Commits);
        Assert.Equal(600, run.Log.Reader.Count);
        Assert.Equal(3, run.Log.Commits);
        run.Log.Reader.Dispose();
    }

    [Fact]
    public async Task Versions_wait_for_others_no_longer_than_five_milliseconds()
    {
        await using var bench = new VersionBench();
        var time = new SteppedTimeProvider();
        var run = bench.Begin(time: time);
        using var reader = bench.Open();

        for (var version = 0; version < 10; version++) run.Append();
        time.Advance(TimeSpan.FromMilliseconds(4.9));
        Assert.Equal((0, 0), (run.Log.Commits, reader.Count));
        time.Advance(TimeSpan.FromMilliseconds(0.1));

        Assert.True(SpinWait.SpinUntil(() => reader.Count > 0, Long));
        Assert.Equal((1, 10), (run.Log.Commits, reader.Count));
    }

    [Fact]
    public async Task A_version_that_is_waited_for_is_committed_alone_and_those_who_wait_meanwhile_share_the_next_commit()
    {
        await using var bench = new VersionBench();
        var run = bench.Begin(durability: Durability.Strict, time: new SteppedTimeProvider());
        for (var version = 0; version < 3; version++)
        {
            run.Append();
            await run.Log.FlushAsync();
            Assert.Equal(version + 1, run.Log.Commits);
        }

        List<Task> flushes = [];
        using (Lock(bench))
        {
            for (var version = 0; version < 20; version++)
            {
                run.Append();
                flushes.Add(run.Log.FlushAsync().AsTask());
            }

            Assert.All(flushes, flush => Assert.False(flush.IsCompleted));
        }

        await Task.WhenAll(flushes).WaitAsync(Long);
        // The first group may have been taken before the others came.
        Assert.InRange(run.Log.Commits, 4, 5);
    }

    [Theory]
    [InlineData(Durability.Group, 2)]
    [InlineData(Durability.Strict, 2)]
    [InlineData(Durability.Relaxed, 1)]
    public async Task Commits_are_synced_unless_the_durability_is_relaxed(Durability durability, int synchronous)
    {
        await using var bench = new VersionBench();
        var run = bench.Begin(durability: durability);
        using var lease = await run.Log.Database.EnterWriterAsync();

        Assert.Equal(synchronous, lease.Connection.ExecuteScalar<int>("PRAGMA synchronous"));
        Assert.Equal("wal", lease.Connection.ExecuteScalar<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Appending_waits_while_the_disk_cannot_follow()
    {
        await using var bench = new VersionBench(new VersionSettings { MostWaiting = 10, GroupSize = 4 });
        var run = bench.Begin();
        var appended = 0;
        var appender = new Thread(() =>
        {
            for (; appended < 100; appended++) run.Append();
        });
        using (Lock(bench))
        {
            appender.Start();
            Assert.True(SpinWait.SpinUntil(() => appended >= 10 && (appender.ThreadState & ThreadState.WaitSleepJoin) != 0, Long));
            // Ten wait in the queue, and one group is being written.
            Assert.InRange(appended, 10, 14);
        }

        Assert.True(appender.Join(Long));
        await run.Log.FlushAsync();
        using var reader = bench.Open();
        Assert.Equal(100, reader.Count);
    }

    [Fact]
    public async Task A_file_that_stays_locked_fails_the_log_and_says_why()
    {
        await using var bench = new VersionBench(new VersionSettings { BusyTimeout = TimeSpan.FromMilliseconds(20) });
        var run = bench.Begin();
        using (Lock(bench))
        {
            run.Append();

            var error = await Assert.ThrowsAsync<DripException>(async () => await run.Log.FlushAsync());

            Assert.Equal((DripErrorKind.Busy, "database-locked"), (error.Kind, error.Code));
        }

        Assert.Equal(DripErrorKind.Busy, Assert.Throws<DripException>(() => run.Append()).Kind);
    }

    // Another program that is writing.
    private static SqliteConnection Lock(VersionBench bench)
    {
        var connection = new SqliteConnection($"Data Source={bench.File};Pooling=False");
        connection.Open();
        connection.Execute("BEGIN IMMEDIATE");
        return connection;
    }
}
