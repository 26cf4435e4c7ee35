using Dapper;
using Drip.Benchmarks.Worker;

namespace Drip.Benchmarks.Elements;

/// <summary>A row as Dapper makes it: it sets properties, and so converts SQLite's integers.</summary>
internal sealed class DapperEmployee
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public string? Department { get; set; }

    public int Age { get; set; }

    public bool Active { get; set; }
}

/// <summary>The same backfill with Dapper: one query for a page, one call for the updates of a page.</summary>
internal static class DapperElements
{
    public const string Select = "SELECT id, name, department, age, active FROM employees";

    public static long Run(string path, int batchSize, bool buffered)
    {
        using var progress = AdoProgress.Open(path, "add-year");
        long touched = 0;
        while (true)
        {
            using var transaction = progress.Connection.BeginTransaction(deferred: false);
            var page = progress.Connection.Query<DapperEmployee>(
                Select + " WHERE id > @After ORDER BY id LIMIT @Size", new { progress.After, Size = batchSize }, transaction, buffered).AsList();
            if (page.Count == 0) return touched;

            foreach (var employee in page) employee.Age++;
            touched += progress.Connection.Execute("UPDATE employees SET age = @Age WHERE id = @Id", page, transaction);
            progress.Move(transaction, page[^1].Id);
            if (page.Count < batchSize) return touched;
        }
    }
}
