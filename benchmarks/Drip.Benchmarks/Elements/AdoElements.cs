using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Worker;
using Microsoft.Data.Sqlite;

namespace Drip.Benchmarks.Elements;

/// <summary>The same backfill by hand: a page is read into a list that is reused, and each row goes through one prepared UPDATE.</summary>
internal static class AdoElements
{
    public static long Run(string path, int batchSize)
    {
        using var progress = AdoProgress.Open(path, "add-year");

        using var read = progress.Command("SELECT id, name, department, age, active FROM employees WHERE id > $after ORDER BY id LIMIT $size");
        var after = AdoProgress.Parameter(read, "$after", SqliteType.Integer);
        read.Parameters.AddWithValue("$size", batchSize);

        using var update = progress.Command("UPDATE employees SET age = $age WHERE id = $id");
        var age = AdoProgress.Parameter(update, "$age", SqliteType.Integer);
        var id = AdoProgress.Parameter(update, "$id", SqliteType.Integer);

        var page = new List<Employee>(batchSize);
        long touched = 0;
        while (true)
        {
            using var transaction = progress.Connection.BeginTransaction(deferred: false);
            read.Transaction = update.Transaction = transaction;
            after.Value = progress.After;

            page.Clear();
            using (var reader = read.ExecuteReader())
            {
                while (reader.Read())
                {
                    page.Add(new Employee(
                        reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt32(3), reader.GetBoolean(4)));
                }
            }

            if (page.Count == 0) return touched;
            foreach (var employee in page)
            {
                var older = employee with { Age = employee.Age + 1 };
                age.Value = older.Age;
                id.Value = older.Id;
                touched += update.ExecuteNonQuery();
            }

            progress.Move(transaction, page[^1].Id);
            if (page.Count < batchSize) return touched;
        }
    }
}
