using Drip.Data;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Partitions;

/// <summary>Files that the first released version has made.</summary>
public sealed class OldFiles
{
    private const string OldCursors = """
        CREATE TABLE drip_cursor (
          run TEXT NOT NULL,
          partition INTEGER NOT NULL,
          epoch INTEGER NOT NULL,
          "key" TEXT,
          scanned INTEGER NOT NULL DEFAULT 0,
          processed INTEGER NOT NULL DEFAULT 0,
          batches INTEGER NOT NULL DEFAULT 0,
          active_us INTEGER NOT NULL DEFAULT 0,
          untold TEXT,
          moved_at TEXT,
          PRIMARY KEY (run, partition)
        );
        INSERT INTO drip_cursor VALUES ('run', 0, 7, '[4]', 4, 3, 2, 1500, 'batches', '2026-01-01T00:00:00.000Z');
        """;

    private static readonly Cursor Old = new("run", 0, 7) { After = 4, Scanned = 4, Processed = 3, Batches = 2, Active = TimeSpan.FromMilliseconds(1.5), Untold = "batches" };

    [Fact]
    public async Task A_cursor_of_the_first_version_goes_on_where_it_was()
    {
        await using var table = await KeyedTable.OpenAsync(new Workbench(Item.TableOf(10) + OldCursors), scope: Scope<Item>.All);

        Assert.Equal(Old, Assert.Single(await table.Cursors.PlanAsync("run", [5L], null, default)));
        var claimed = await table.Cursors.ClaimAsync("run", 0, 7, KeyedTable.Claim("me"), default);
        Assert.Equal([5, 6], (await table.StepAsync(claimed!, 2))!.Value.Walked.Select(key => (long)key.Parts[0]));
    }

    [Fact]
    public async Task A_cursor_of_the_first_version_is_listed_before_a_job_is_opened()
    {
        await using var bench = new Workbench(Item.TableOf(10) + OldCursors);

        Assert.Equal(Old, Assert.Single(await new SqliteData(bench.Database).Cursors.ListAsync("run", default)));
    }

    [Fact]
    public async Task A_run_of_the_first_version_is_fenced_before_a_job_is_opened()
    {
        await using var bench = new Workbench(Item.TableOf(10) + OldCursors);

        await new SqliteData(bench.Database).Cursors.FenceAsync("run", 0, default);

        Assert.Equal(8, bench.Ask<long>("SELECT epoch FROM drip_cursor"));
    }

    [Fact]
    public async Task Many_workers_bring_a_file_up_to_date_at_once()
    {
        for (var i = 0; i < 5; i++)
        {
            await using var bench = new Workbench(Item.TableOf(10) + OldCursors);
            var workers = Enumerable.Range(0, 4).Select(_ => new SqliteData(bench.Open(bench.Path)));

            await Task.WhenAll(workers.Select(worker => Task.Run(async () => await (await worker.OpenAsync(Scope<Item>.All, default)).DisposeAsync())));

            Assert.Equal(Old, Assert.Single(await new SqliteData(bench.Database).Cursors.ListAsync("run", default)));
        }
    }

    [Fact]
    public async Task A_file_that_is_up_to_date_is_only_looked_at()
    {
        await using var table = await KeyedTable.OpenAsync(new Workbench(Item.TableOf(10)), scope: Scope<Item>.All);
        var version = table.Bench.Ask<long>("PRAGMA schema_version");
        using var watch = table.Bench.Connect();
        using var before = watch.CreateCommand();
        before.CommandText = "PRAGMA data_version";
        var seen = before.ExecuteScalar();

        await using (await table.Data.OpenAsync(Scope<Item>.All, default))
        {
            Assert.Equal(seen, before.ExecuteScalar());
        }

        Assert.Equal(version, table.Bench.Ask<long>("PRAGMA schema_version"));
    }
}
