using Dapper;
using Drip.Benchmarks.Elements;
using Drip.Benchmarks.Postgres.Worker;

namespace Drip.Benchmarks.Postgres.Elements;

/// <summary>The element backfill with Dapper: one query for a page, one call for the updates of a page.</summary>
internal static class DapperPages
{
    public static async Task<long> RunAsync(string address, int batchSize)
    {
        await using var progress = await HandProgress.OpenAsync(address, "add-year");
        long touched = 0;
        while (true)
        {
            await using var transaction = await progress.Connection.BeginTransactionAsync();
            var page = (await progress.Connection.QueryAsync<DapperEmployee>(
                HandElements.Select + " WHERE id > @After ORDER BY id LIMIT @Size FOR NO KEY UPDATE", new { progress.After, Size = batchSize }, transaction)).AsList();
            if (page.Count == 0) return touched;

            foreach (var employee in page) employee.Age++;
            touched += await progress.Connection.ExecuteAsync("UPDATE employees SET age = @Age WHERE id = @Id", page, transaction);
            await progress.CommitAsync(transaction, page[^1].Id);
            if (page.Count < batchSize) return touched;
        }
    }
}
