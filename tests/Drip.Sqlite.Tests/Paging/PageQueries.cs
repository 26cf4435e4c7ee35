using Dapper;
using Drip.Sqlite.Tests.Harness;
using SQLitePCL;

namespace Drip.Sqlite.Tests.Paging;

/// <summary>A page costs one query, and that query seeks: its cost does not depend on how many rows lie before it.</summary>
public sealed class PageQueries
{
    public static TheoryData<string> Jobs => ["touch-long-keyed", "touch-text-keyed", "touch-guid-keyed", "touch-pair-keyed", "touch-triple-keyed"];

    [Theory, MemberData(nameof(Jobs))]
    public async Task Rows_that_come_one_by_one_cost_one_query_for_each_batch(string job)
    {
        var (queries, batches) = await TraceAsync(job);

        // The last page is not full, and one more look finds the stored form of its last key.
        Assert.InRange(queries.Length, batches, batches + 1);
        Assert.All(queries[..batches], query => Assert.Contains("LIMIT 2", query));
    }

    [Theory, MemberData(nameof(Jobs))]
    public async Task A_batch_that_does_not_ask_for_its_rows_costs_one_query(string job)
    {
        var (queries, batches) = await TraceAsync(job + "-batches");

        Assert.Equal(batches, queries.Length);
    }

    [Theory, MemberData(nameof(Jobs))]
    public async Task Every_page_behind_the_first_seeks_in_the_index_and_sorts_nothing(string job)
    {
        foreach (var form in (string[])["", "-batches"])
        {
            var (queries, batches) = await TraceAsync(job + form);
            await using var bench = Case(job).Lay();
            using var connection = bench.Connect();
            foreach (var query in queries[1..batches])
            {
                var plan = string.Join('\n', connection.Query($"EXPLAIN QUERY PLAN {query}").Select(step => (string)step.detail));

                Assert.Contains("SEARCH", plan);
                Assert.DoesNotMatch("SCAN (TABLE )?(\"?keyed)", plan);
                // With several columns the rows of one page, never more, are numbered to find the last.
                if (job is not ("touch-pair-keyed" or "touch-triple-keyed") || form == "") Assert.DoesNotContain("TEMP B-TREE", plan);
            }
        }
    }

    [Fact]
    public async Task Rows_are_read_on_demand_and_once()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        bench.Script<Item>().Batch = (batch, _) =>
        {
            var rows = batch.Rows;
            Assert.Same(rows, batch.Rows);
            return Task.FromResult(rows.Count);
        };
        var queries = await QueriesAsync(bench, "items", () => bench.RunAsync("item-batches", batchSize: 5));

        // Two pages, each found and then read, and one look behind the last.
        Assert.Equal(2, queries.Count(query => query.StartsWith("SELECT \"id\", \"name\"", StringComparison.Ordinal)));
        Assert.Equal(3, queries.Count(query => query.Contains("SELECT count(*), max", StringComparison.Ordinal)));
    }

    private static KeyCase Case(string job) => KeyCase.All.Values.First(keys => keys.Job == job);

    private static async Task<(string[] Queries, int Batches)> TraceAsync(string job)
    {
        await using var bench = Case(job.Replace("-batches", "")).Lay();
        bench.Services.Add(new Walk());
        // An uneven number of rows, so that the last page ends the walk.
        if (bench.Ask<long>("SELECT count(*) FROM keyed WHERE wanted") % 2 == 0) bench.Execute("UPDATE keyed SET wanted = 0 WHERE _rowid_ = (SELECT min(_rowid_) FROM keyed WHERE wanted)");
        var batches = 0;
        var queries = await QueriesAsync(bench, "keyed", async () => batches = (int)(await bench.RunAsync(job, batchSize: 2)).Counters.Batches);
        return (queries, batches);
    }

    // The queries of a table on the writer connection; the total is counted on another.
    private static async Task<string[]> QueriesAsync(Workbench bench, string table, Func<Task> run)
    {
        await bench.Store.MigrateAsync();
        var queries = new List<string>();
        strdelegate_trace trace = (_, statement) => queries.Add(statement);
        using (var lease = await bench.Database.EnterWriterAsync()) raw.sqlite3_trace(lease.Connection.Handle!, trace, null);
        await run();
        using (var lease = await bench.Database.EnterWriterAsync()) raw.sqlite3_trace(lease.Connection.Handle!, (strdelegate_trace)null!, null);
        return [.. queries.Where(query => query.StartsWith("SELECT", StringComparison.Ordinal) && query.Contains($"\"{table}\"", StringComparison.Ordinal) && !query.Contains("LIMIT 0", StringComparison.Ordinal))];
    }
}
