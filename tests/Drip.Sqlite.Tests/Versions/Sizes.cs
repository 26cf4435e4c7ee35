using Drip.Producers.Versions;
using Drip.Sqlite.Tests.Versions.Harness;
using Drip.Sqlite.Versions;
using SQLitePCL;

namespace Drip.Sqlite.Tests.Versions;

public sealed class Sizes(ITestOutputHelper output)
{
    [Fact]
    public async Task A_version_of_one_change_and_its_step_takes_400_bytes_at_most()
    {
        await using var bench = new VersionBench();
        var run = bench.Begin();
        var pages = await BeginAsync(run, 1000);
        var before = new FileInfo(bench.File).Length + new FileInfo(bench.File + "-wal").Length;

        Write(run, pages, 10_000);
        await run.DisposeAsync();

        var size = (new FileInfo(bench.File).Length - before) / 10_000.0;
        output.WriteLine($"{size:F0} bytes a version, {run.Snapshots} snapshots");
        Assert.InRange(size, 50, 400);
        Assert.False(File.Exists(bench.File + "-wal"));
        Assert.True(run.Snapshots > 1);
    }

    [Fact]
    public async Task Opening_a_version_reads_some_snapshots_worth_of_bytes_however_long_the_run_is()
    {
        await using var bench = new VersionBench();
        var run = bench.Begin();
        var pages = await BeginAsync(run, 500);
        Write(run, pages, 30_000);
        await run.DisposeAsync();
        using var reader = (VersionReader)bench.Open();
        var expected = pages.Length;
        // The records, with those of the steps, as a snapshot has them.
        var snapshot = Snapshot(bench);

        for (var number = 999L; number <= 30_000; number += 1450)
        {
            var (bytes, misses) = (reader.BytesRead, Misses(reader));

            Assert.Equal(expected, reader.Load(number)[0].Count);

            Assert.InRange(reader.BytesRead - bytes, 1, 5 * snapshot + bench.Settings.SnapshotFloor);
            // A page has 4096 bytes, and may be half empty.
            Assert.InRange(Misses(reader) - misses, 0, 20 + 10 * (5 * snapshot + bench.Settings.SnapshotFloor) / 4096);
        }
    }

    [Fact]
    public async Task Listing_versions_and_finding_those_of_a_record_read_no_changes_of_others()
    {
        await using var bench = new VersionBench();
        var run = bench.Begin();
        Write(run, await BeginAsync(run, 500), 10_000);
        await run.DisposeAsync();
        using var reader = (VersionReader)bench.Open();

        Assert.Equal(100, reader.List(9000, 100).Count());
        Assert.Equal(0, reader.BytesRead);

        Assert.Equal(21, reader.Touching(0, 7).Count());
        Assert.InRange(reader.BytesRead, 1, 21 * 200 + bench.Settings.PartSize + 200);
    }

    private static async Task<Page[]> BeginAsync(WrittenRun run, int count)
    {
        run.KeepsStates = false;
        Page[] pages = [.. Enumerable.Range(1, count).Select(id => new Page(id, $"https://example.org/page/{id}", "new", 0))];
        StepRecord[] steps = [.. pages.Select(page => StepOf(page, 0))];
        run.Records[0].AddRange(pages);
        run.Records[run.Steps].AddRange(steps);
        run.Append([.. pages.Select(page => Change.Create(0, page)), .. steps.Select(step => Change.Create(run.Steps, step))]);
        await run.Log.FlushAsync();
        return pages;
    }

    // One data update and its step's a version.
    private static void Write(WrittenRun run, Page[] pages, int versions)
    {
        for (var version = 0; version < versions; version++)
        {
            var place = version * 7 % pages.Length;
            var (before, after) = (pages[place], pages[place] with { Status = version % 2 == 0 ? "fetched" : "failed", Size = version });
            var (step, done) = ((StepRecord)run.Records[run.Steps][place], StepOf(after, version + 1));
            pages[place] = after;
            run.Records[0][place] = after;
            run.Records[run.Steps][place] = done;
            run.Append(Change.Update(0, before, after), Change.Update(run.Steps, step, done));
        }
    }

    private static StepRecord StepOf(Page page, int attempts) => new(
        $"Crawl/Fetch/#{page.Id}", "Crawl", "Fetch", $"#{page.Id}", attempts == 0 ? StepOutcome.NotRun : StepOutcome.Succeeded, attempts,
        attempts == 0 ? null : new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMilliseconds(attempts), null);

    private static long Snapshot(VersionBench bench)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={bench.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(size) FROM drip_snapshot";
        return (long)command.ExecuteScalar()!;
    }

    private static long Misses(VersionReader reader)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_db_status(reader.Connection.Handle!, raw.SQLITE_DBSTATUS_CACHE_MISS, out var misses, out _, 0));
        return misses;
    }
}
