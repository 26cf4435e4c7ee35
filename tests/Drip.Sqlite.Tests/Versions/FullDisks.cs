using Dapper;
using Drip.Sqlite.Tests.Versions.Harness;
using Drip.Sqlite.Versions;

namespace Drip.Sqlite.Tests.Versions;

public sealed class FullDisks
{
    [Fact]
    public async Task A_full_disk_pauses_the_run_and_keeps_every_version_before()
    {
        await using var bench = new VersionBench(new VersionSettings { SnapshotFloor = 1000 });
        var run = bench.Begin();
        using (var lease = await run.Log.Database.EnterWriterAsync()) lease.Connection.Execute("PRAGMA max_page_count = 60");
        var committed = 0;

        var error = await Assert.ThrowsAsync<DripException>(async () =>
        {
            for (var version = 0; version < 1000; version++)
            {
                run.Append(Change.Create(0, new Page(version + 1, new string('x', 500), null, 0)));
                await run.Log.FlushAsync();
                committed++;
            }
        });

        Assert.Equal((DripErrorKind.Paused, "disk-full"), (error.Kind, error.Code));
        Assert.Equal($"The disk that holds {bench.File} is full.", error.Message);
        Assert.Contains("Make room, and go on from the run's last version", error.Remedy);
        Assert.Equal("disk-full", Assert.Throws<DripException>(() => run.Append()).Code);
        Assert.Equal("disk-full", (await Assert.ThrowsAsync<DripException>(async () => await run.Log.FlushAsync())).Code);
        Assert.Equal("disk-full", (await Assert.ThrowsAsync<DripException>(async () => await run.Log.EndAsync(StepOutcome.Failed))).Code);

        Assert.Equal(committed, run.Log.Reader.Count);
        Assert.Equal(run.States[committed - 1], run.Log.Reader.Load(committed - 1));
        run.Log.Reader.Dispose();
        await run.DisposeAsync();
        Assert.Equal(0, run.OpenViews);

        var branch = bench.Branch(run, committed - 1, "on");
        branch.Append(Change.Create(0, new Page(5000, "", null, 0)));
        await branch.Log.FlushAsync();
        using var reader = bench.Open("on");
        Assert.Equal(branch.States[committed], reader.Load(committed));
    }
}
