using System.Text.Json.Nodes;
using Drip.Servers;
using Npgsql;

namespace Drip.Aot.Tests;

/// <summary>The published worker on PostgreSQL does what the same worker does under JIT.</summary>
public sealed class OnPostgres
{
    public static TheoryData<string> Jobs => TheSameAsUnderJit.Jobs;

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task A_job_answers_the_same_and_leaves_the_same_rows(string job)
    {
        await using var publishedRows = await ShopAsync();
        await using var compiledRows = await ShopAsync();
        var untouched = await RowsAsync(publishedRows);

        var published = await RunAsync(ShopWorker.PublishedOnPostgres, publishedRows, job);
        var compiled = await RunAsync(ShopWorker.CompiledOnPostgres, compiledRows, job);

        Assert.Equal(compiled, published);
        Assert.Equal(await RowsAsync(compiledRows), await RowsAsync(publishedRows));
        Assert.NotEqual(untouched, await RowsAsync(publishedRows));
    }

    [Fact]
    public async Task A_worker_takes_what_another_process_puts_into_the_queue()
    {
        await using var shop = await ShopAsync();

        var put = await ShopWorker.PublishedOnPostgres.RunOnAsync(shop.ConnectionString, "run", "normalize-names", "--detach", "--partitions", "2");
        Assert.True(put.ExitCode == 0, put.Error);
        var worked = await ShopWorker.PublishedOnPostgres.RunOnAsync(shop.ConnectionString, "worker", "--concurrency", "2", "--drain");

        Assert.True(worked.ExitCode == 0, worked.Error);
        Assert.Equal(0L, await shop.ScalarAsync<long>("SELECT count(*) FROM employees WHERE revision <> 1"));
    }

    private static async Task<TestPostgres> ShopAsync()
    {
        var shop = await TestPostgres.CreateAsync();
        // What psql does with the file: its own commands left out, its one variable put in.
        var sql = string.Join('\n', File.ReadLines(Repository.PathOf("samples", "ShopOnPostgres", "shop.sql")).Where(line => !line.TrimStart().StartsWith('\\')));
        await shop.ExecuteAsync(sql.Replace(":employees", "2000", StringComparison.Ordinal));
        return shop;
    }

    // The answer without the run's id and its times.
    private static async Task<string> RunAsync(ShopWorker worker, TestPostgres shop, string job)
    {
        var outcome = await worker.RunOnAsync(shop.ConnectionString, "run", job, "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var answer = JsonNode.Parse(outcome.Output)!.AsObject();
        foreach (var member in (string[])["run", "durationMs", "rowsPerSecond"]) Assert.True(answer.Remove(member));
        return answer.ToJsonString();
    }

    private static async Task<List<string>> RowsAsync(TestPostgres shop)
    {
        await using var connection = await shop.OpenAsync();
        var rows = new List<string>();
        foreach (var table in (string[])["employees", "order_lines", "sessions", "payments"])
        {
            await using var command = new NpgsqlCommand($"SELECT '{table}: ' || t::text FROM {table} AS t ORDER BY 1", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
