using Drip.Benchmarks.Worker;
using Microsoft.Data.Sqlite;

namespace Drip.Benchmarks.Batches;

/// <summary>The same backfill by hand: prepared commands that are reused, and one transaction for each batch.</summary>
internal static class AdoBatches
{
    public static long Run(string path, int batchSize)
    {
        using var progress = AdoProgress.Open(path, "make-interns");

        using var find = progress.Command("SELECT count(*), max(id) FROM (SELECT id FROM employees WHERE role IS NULL AND id > $after ORDER BY id LIMIT $size)");
        var findAfter = AdoProgress.Parameter(find, "$after", SqliteType.Integer);
        find.Parameters.AddWithValue("$size", batchSize);

        using var update = progress.Command("UPDATE employees SET role = $role WHERE role IS NULL AND id > $after AND id <= $to");
        update.Parameters.AddWithValue("$role", "intern");
        var updateAfter = AdoProgress.Parameter(update, "$after", SqliteType.Integer);
        var updateTo = AdoProgress.Parameter(update, "$to", SqliteType.Integer);

        long touched = 0;
        while (true)
        {
            using var transaction = progress.Connection.BeginTransaction(deferred: false);
            find.Transaction = update.Transaction = transaction;
            findAfter.Value = updateAfter.Value = progress.After;

            long count, to;
            using (var page = find.ExecuteReader())
            {
                page.Read();
                count = page.GetInt64(0);
                if (count == 0) return touched;
                to = page.GetInt64(1);
            }

            updateTo.Value = to;
            touched += update.ExecuteNonQuery();
            progress.Move(transaction, to);
            if (count < batchSize) return touched;
        }
    }

    /// <summary>The limit of what a backfill can be: the whole table at once, with nothing to go on from.</summary>
    public static long RunAtOnce(string path)
    {
        using var progress = AdoProgress.Open(path, "make-interns");
        using var update = progress.Command("UPDATE employees SET role = $role WHERE role IS NULL");
        update.Parameters.AddWithValue("$role", "intern");
        return update.ExecuteNonQuery();
    }
}
