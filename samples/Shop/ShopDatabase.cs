using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Shop;

/// <summary>Makes the sample's database. The same number of employees always makes the same rows.</summary>
internal static class ShopDatabase
{
    public const string FileName = "shop.db";

    private const string Schema = """
        CREATE TABLE employees (
          id INTEGER PRIMARY KEY, name TEXT NOT NULL, department TEXT, role TEXT,
          age INTEGER NOT NULL, active INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE order_lines (
          order_id INTEGER NOT NULL, line INTEGER NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL,
          unit_price TEXT NOT NULL, total TEXT, PRIMARY KEY (order_id, line)) WITHOUT ROWID;
        CREATE TABLE sessions (
          id TEXT PRIMARY KEY NOT NULL, employee_id INTEGER NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, state INTEGER NOT NULL);
        CREATE TABLE payments (id INTEGER PRIMARY KEY, amount TEXT NOT NULL, cents INTEGER);
        """;

    private static readonly string[] Departments = ["eng", "sales", "support", "finance", "people"];
    private static readonly string[] Roles = ["engineer", "manager", "clerk"];
    private static readonly string[] FirstNames = ["ann", "BORIS", "Chloé", "dmitri", "EVA", "farid", "Grace", "hana", "IVAN", "jo"];
    private static readonly string[] LastNames = ["lee", "NOVAK", "Okafor", "pérez", "QUINN", "rossi", "Schmidt", "tanaka", "UNGER", "van dyk"];

    /// <summary>Makes the file under another name and moves it into place, so that a seed that was cut short leaves nothing half done.</summary>
    public static void Make(int employees)
    {
        var unfinished = FileName + ".unfinished";
        foreach (var file in (string[])[unfinished, unfinished + "-journal"]) File.Delete(file);

        using (var connection = new SqliteConnection($"Data Source={unfinished};Pooling=False"))
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096;");
            using var transaction = connection.BeginTransaction();
            Execute(connection, Schema);
            Fill(connection, employees);
            transaction.Commit();
        }

        foreach (var file in (string[])[FileName, FileName + "-wal", FileName + "-shm"]) File.Delete(file);
        File.Move(unfinished, FileName);
    }

    private static void Fill(SqliteConnection connection, int employees)
    {
        var random = new Random(42);
        var start = new DateTime(2025, 1, 1);
        Insert(connection, "INSERT INTO employees VALUES ($0, $1, $2, $3, $4, $5, 0)", employees, i =>
        [
            i + 1,
            Untidy(Pick(random, FirstNames), Pick(random, LastNames), random),
            random.Next(20) == 0 ? null : Pick(random, Departments),
            random.Next(4) == 0 ? Pick(random, Roles) : null,
            random.Next(18, 67),
            random.Next(10) == 0 ? 0 : 1,
        ]);
        Insert(connection, "INSERT INTO order_lines VALUES ($0, $1, $2, $3, $4, NULL)", employees / 5, i =>
        [
            (i / 3) + 1, (i % 3) + 1, $"sku-{random.Next(1000):0000}", random.Next(1, 10), (random.Next(100, 10_000) / 100m).ToString("0.0#", CultureInfo.InvariantCulture),
        ]);
        Insert(connection, "INSERT INTO sessions VALUES ($0, $1, $2, NULL, $3)", employees / 10, i =>
        [
            NextGuid(random).ToString().ToUpperInvariant(), random.Next(1, employees + 1),
            start.AddMinutes(random.Next(60 * 24 * 600)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), random.Next(3) == 0 ? 1 : 0,
        ]);
        Insert(connection, "INSERT INTO payments VALUES ($0, $1, NULL)", employees / 10, i =>
        [
            i + 1, string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 5000)}{(random.Next(2) == 0 ? '.' : ',')}{random.Next(100):00}"),
        ]);
    }

    private static void Insert(SqliteConnection connection, string sql, int rows, Func<int, object?[]> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < rows; i++)
        {
            var values = row(i);
            for (var p = 0; p < values.Length; p++)
            {
                if (i == 0) command.Parameters.Add(new SqliteParameter($"${p}", values[p] ?? DBNull.Value));
                else command.Parameters[p].Value = values[p] ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }

    private static string Untidy(string first, string last, Random random) => random.Next(3) switch
    {
        0 => $"  {first} {last}",
        1 => $"{first}   {last} ",
        _ => $"{first} {last}",
    };

    private static Guid NextGuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
