using Drip.Sqlite.Tests.Harness;
using Drip.Sqlite.Tests.Paging;

namespace Drip.Sqlite.Tests.Partitions;

/// <summary>Tables that are too long to be counted when they are divided, with keys of each type.</summary>
internal static class BigTables
{
    public const int Rows = 20_000;

    private const string Shuffled = "(i * 7919) % 20011";

    public static IReadOnlyDictionary<string, Func<int, Task<KeyedTable>>> All { get; } = new Dictionary<string, Func<int, Task<KeyedTable>>>
    {
        ["integers in order"] = seed => OpenAsync<LongKeyed>(seed, "id INTEGER PRIMARY KEY", "i"),
        ["integers that are not the row number"] = seed => OpenAsync<LongKeyed>(seed, "id INT NOT NULL UNIQUE", Shuffled),
        ["integers with a row at each end of all numbers"] = seed => OpenAsync<LongKeyed>(
            seed, "id INTEGER PRIMARY KEY", "CASE i WHEN 1 THEN 9223372036854775807 WHEN 2 THEN -9223372036854775807 - 1 ELSE i END"),
        ["integers in heaps far apart"] = seed => OpenAsync<LongKeyed>(seed, "id INTEGER PRIMARY KEY", "(i % 7) * 1000000000000 + i"),
        ["integers without row numbers"] = seed => OpenAsync<LongKeyed>(seed, "id INTEGER PRIMARY KEY NOT NULL", "i", " WITHOUT ROWID"),
        ["text"] = seed => OpenAsync<TextKeyed>(seed, "id TEXT PRIMARY KEY NOT NULL", $"'k' || ({Shuffled})"),
        ["text that ignores case"] = seed => OpenAsync<TextKeyed>(
            seed, "id TEXT PRIMARY KEY COLLATE NOCASE NOT NULL", $"CASE i % 2 WHEN 0 THEN 'key' ELSE 'KEY' END || ({Shuffled})"),
        ["Guid in upper case"] = seed => OpenAsync<GuidKeyed>(seed, "id TEXT PRIMARY KEY NOT NULL", $"printf('%08X-8B86-4011-B42D-00CF4FC964FF', ({Shuffled}) * 131071)"),
        ["Guid in lower case"] = seed => OpenAsync<GuidKeyed>(seed, "id TEXT PRIMARY KEY NOT NULL", $"printf('%08x-8b86-4011-b42d-00cf4fc964ff', ({Shuffled}) * 131071)"),
        ["Guid as bytes"] = seed => OpenAsync<GuidKeyed>(
            seed, "id BLOB PRIMARY KEY NOT NULL", $"CAST(printf('%05d', {Shuffled}) || 'xxxxxxxxxxx' AS BLOB)"),
        ["moments"] = seed => OpenAsync<MomentKeyed>(seed, "id TEXT PRIMARY KEY NOT NULL", $"datetime('2024-01-01', ({Shuffled}) || ' minutes')"),
        ["two columns"] = seed => OpenAsync<PairKeyed>(
            seed, "region TEXT COLLATE NOCASE NOT NULL, n INTEGER NOT NULL", "CASE i % 3 WHEN 0 THEN 'eu' WHEN 1 THEN 'US' ELSE 'asia' END, i / 3", constraint: ", PRIMARY KEY (region, n)"),
    };

    public static async Task<KeyedTable> OpenAsync<T>(
        int seed, string columns, string key, string closing = "", string constraint = "", int rows = Rows, Scope<T>? scope = null) where T : IModel<T>
    {
        var bench = new Workbench($"""
            CREATE TABLE keyed ({columns}, wanted INTEGER NOT NULL DEFAULT 1, revision INTEGER NOT NULL DEFAULT 0{constraint}){closing};
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO keyed SELECT {key}, 1, 0 FROM n;
            """);
        return await KeyedTable.OpenAsync(bench, seed, scope);
    }
}
