using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Postgres.Worker;
using Npgsql;

namespace Drip.Benchmarks.Postgres.Elements;

/// <summary>
/// The element backfill by hand: a page is read into a list that is reused, its rows locked, and written back either by one prepared UPDATE
/// for each row, all sent together, or by one UPDATE from arrays.
/// </summary>
internal static class HandElements
{
    public const string Select = "SELECT id, name, department, age, active FROM employees";

    /// <summary>One prepared UPDATE for each row, sent as one batch.</summary>
    public static Task<long> RunAsync(string address, int batchSize) => WalkAsync(address, batchSize, "add-year", 0, long.MaxValue, (connection, page) => EachAsync(connection, page));

    /// <summary>One UPDATE of the page from arrays of keys and values.</summary>
    public static async Task<long> RunWithArraysAsync(string address, int batchSize)
    {
        Arrays? arrays = null;
        return await WalkAsync(address, batchSize, "add-year", 0, long.MaxValue, async (connection, page) =>
        {
            arrays ??= await Arrays.PrepareAsync(connection);
            return await arrays.WriteAsync(page);
        });
    }

    /// <summary>Walks the rows of a range.</summary>
    public static async Task<long> WalkAsync(
        string address, int batchSize, string job, long from, long to, Func<NpgsqlConnection, List<Employee>, Task<int>> write)
    {
        await using var progress = await HandProgress.OpenAsync(address, job, from);
        var after = HandProgress.Of(0L);
        await using var read = await progress.PrepareAsync(
            $"{Select} WHERE id > $1 AND id <= $3 ORDER BY id LIMIT $2 FOR NO KEY UPDATE", after, HandProgress.Of(batchSize), HandProgress.Of(to));

        var page = new List<Employee>(batchSize);
        long touched = 0;
        while (true)
        {
            await using var transaction = await progress.Connection.BeginTransactionAsync();
            after.TypedValue = progress.After;
            page.Clear();
            await using (var reader = await read.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                {
                    page.Add(new Employee(
                        reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt32(3), reader.GetBoolean(4)));
                }
            }

            if (page.Count == 0) return touched;
            for (var i = 0; i < page.Count; i++) page[i] = page[i] with { Age = page[i].Age + 1 };
            touched += await write(progress.Connection, page);
            await progress.CommitAsync(transaction, page[^1].Id);
            if (page.Count < batchSize) return touched;
        }
    }

    // The commands of a batch share one prepared statement: the connection knows it by its text.
    private static async Task<int> EachAsync(NpgsqlConnection connection, List<Employee> page)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var employee in page)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE employees SET age = $1 WHERE id = $2")
            {
                Parameters = { HandProgress.Of(employee.Age), HandProgress.Of(employee.Id) },
            });
        }

        await batch.PrepareAsync();
        return await batch.ExecuteNonQueryAsync();
    }

    private sealed class Arrays(NpgsqlCommand command, NpgsqlParameter<int[]> ages, NpgsqlParameter<long[]> ids)
    {
        public static async Task<Arrays> PrepareAsync(NpgsqlConnection connection)
        {
            var (ages, ids) = (new NpgsqlParameter<int[]> { TypedValue = [] }, new NpgsqlParameter<long[]> { TypedValue = [] });
            var command = new NpgsqlCommand("UPDATE employees SET age = new.age FROM unnest($1, $2) AS new (age, id) WHERE employees.id = new.id", connection)
            {
                Parameters = { ages, ids },
            };
            await command.PrepareAsync();
            return new Arrays(command, ages, ids);
        }

        public async Task<int> WriteAsync(List<Employee> page)
        {
            var (newAges, keys) = (new int[page.Count], new long[page.Count]);
            for (var i = 0; i < page.Count; i++) (newAges[i], keys[i]) = (page[i].Age, page[i].Id);
            (ages.TypedValue, ids.TypedValue) = (newAges, keys);
            return await command.ExecuteNonQueryAsync();
        }
    }
}
