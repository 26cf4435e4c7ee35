using Drip.Benchmarks.Postgres.Worker;

namespace Drip.Benchmarks.Postgres.Batches;

/// <summary>The batch backfill by hand: prepared commands, a page's end found by its key, one transaction for each batch.</summary>
internal static class HandBatches
{
    public static async Task<long> RunAsync(string address, int batchSize)
    {
        await using var progress = await HandProgress.OpenAsync(address, "make-interns");
        var (after, findAfter, to) = (HandProgress.Of(0L), HandProgress.Of(0L), HandProgress.Of(0L));
        await using var find = await progress.PrepareAsync(
            "SELECT id FROM employees WHERE role IS NULL AND id > $1 ORDER BY id LIMIT 1 OFFSET $2", findAfter, HandProgress.Of(batchSize - 1));
        await using var update = await progress.PrepareAsync(
            "UPDATE employees SET role = 'intern' WHERE role IS NULL AND id > $1 AND id <= $2", after, to);

        long touched = 0;
        while (true)
        {
            await using var transaction = await progress.Connection.BeginTransactionAsync();
            after.TypedValue = findAfter.TypedValue = progress.After;
            // The last page is not full, and goes to the end of the table.
            var end = await find.ExecuteScalarAsync();
            to.TypedValue = end is long key ? key : long.MaxValue;
            touched += await update.ExecuteNonQueryAsync();
            await progress.CommitAsync(transaction, to.TypedValue);
            if (end is null) return touched;
        }
    }
}
