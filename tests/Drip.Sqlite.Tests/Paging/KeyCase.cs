using Dapper;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Paging;

/// <summary>A table with keys of one kind, and the jobs that walk it.</summary>
/// <param name="Job">The job that takes rows one by one; the one for whole batches has the same name and <c>-batches</c>.</param>
/// <param name="Table">The table's columns before <c>wanted</c> and <c>revision</c>, and what follows the closing parenthesis.</param>
/// <param name="Keys">The keys to insert, as SQL.</param>
internal sealed record KeyCase(string Job, string Table, string[] Keys)
{
    private const string Guids = "6F9619FF-8B86-D011-B42D-00CF4FC964FF";

    public string TableName { get; init; } = "keyed";

    public static IReadOnlyDictionary<string, KeyCase> All { get; } = new Dictionary<string, KeyCase>
    {
        ["int"] = new("touch-int-keyed", "id INTEGER PRIMARY KEY", Numbers(1, 2, 3, 4, 5, 7, 9, 10, 11, 12, int.MinValue, int.MaxValue, -1, 0)),
        ["int that is not the row number"] = new("touch-int-keyed", "id INT NOT NULL UNIQUE", Numbers(40, 30, 20, 10, -10, 0, 5, 35, 25, 15)),
        ["long with gaps and negatives"] = new("touch-long-keyed", "id INTEGER PRIMARY KEY", Numbers(long.MinValue, long.MinValue + 1, -5, -4, 0, 1, 3, 9_007_199_254_740_993, 9_007_199_254_740_992, long.MaxValue - 1, long.MaxValue)),
        ["long without row numbers"] = new("touch-long-keyed", "id INTEGER PRIMARY KEY NOT NULL) WITHOUT ROWID", Numbers(-3, -2, -1, 0, 1, 2, 3, 100, 1000, long.MaxValue)),
        ["long from the highest down"] = new("touch-long-keyed", "id INTEGER PRIMARY KEY DESC", Numbers(9, 8, 7, 1, 2, 3, 4, 5, 6)),
        ["text"] = new("touch-text-keyed", "id TEXT PRIMARY KEY NOT NULL", Texts("", " ", "a", "A", "b", "B", "é", "z", "ß", "漢字", "😀", "a b", "a'b", "a\"b", "%", "_", "10", "9", "\t", "\uFFFD", "\uFFFF")),
        ["text that ignores case"] = new("touch-text-keyed", "id TEXT PRIMARY KEY COLLATE NOCASE NOT NULL", Texts("Bob", "alice", "ALF", "carol", "Zed", "ann", "ANNA", "bobby", "é", "É", "_", "[")),
        ["text that ignores spaces at the end"] = new("touch-text-keyed", "id TEXT PRIMARY KEY COLLATE RTRIM NOT NULL", Texts("a", "a b ", "a b c", "b  ", "c", " c")),
        ["text without row numbers"] = new("touch-text-keyed", "id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID", Texts("b", "a", "B", "A", "", "zz", "z", "é", "😀")),
        ["text with NUL in it"] = new("touch-text-keyed", "id TEXT PRIMARY KEY NOT NULL", ["'a'", "'a' || char(0)", "'a' || char(0) || 'b'", "char(0)", "'b'"]),
        ["text in a column of no type"] = new("touch-text-keyed", "id PRIMARY KEY NOT NULL", ["'a'", "'b'", "12", "-3", "'12'", "1.5", "'1.5'", "1000"]),
        ["Guid"] = new("touch-guid-keyed", "id TEXT PRIMARY KEY NOT NULL", Texts([.. Enumerable.Range(0, 12).Select(i => GuidOf(i).ToUpperInvariant())])),
        ["Guid in lower case"] = new("touch-guid-keyed", "id TEXT PRIMARY KEY NOT NULL", Texts([.. Enumerable.Range(0, 12).Select(GuidOf)])),
        ["Guid in both cases"] = new("touch-guid-keyed", "id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID", Texts([.. Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? GuidOf(i) : GuidOf(i).ToUpperInvariant())])),
        ["Guid as bytes"] = new("touch-guid-keyed", "id BLOB PRIMARY KEY NOT NULL", [.. Enumerable.Range(0, 12).Select(i => $"x'{Convert.ToHexString(Guid.Parse(GuidOf(i)).ToByteArray())}'")]),
        ["Guid as bytes and as text"] = new("touch-guid-keyed", "id PRIMARY KEY NOT NULL) WITHOUT ROWID", [.. Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? $"'{GuidOf(i)}'" : $"x'{Convert.ToHexString(Guid.Parse(GuidOf(i)).ToByteArray())}'")]),
        ["moment"] = new("touch-moment-keyed", "id TEXT PRIMARY KEY NOT NULL", Texts("2024-01-01 00:00:00", "2024-01-01 00:00:00.0000001", "2024-01-01 00:00:00.5", "1999-12-31 23:59:59", "0001-01-01 00:00:00", "9999-12-31 23:59:59.9999999", "2024-02-29T12:00:00Z", "2024-02-29")),
        ["moment as a Julian day"] = new("touch-moment-keyed", "id REAL PRIMARY KEY NOT NULL", ["2460310.5", "2460310.75", "2451544.5", "2460311", "2460000.123456"]),
        ["two columns"] = new("touch-pair-keyed", "region TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (region, n)", Pairs()),
        ["two columns without row numbers"] = new("touch-pair-keyed", "region TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (region, n)) WITHOUT ROWID", Pairs()),
        ["two columns, one of which ignores case"] = new("touch-pair-keyed", "region TEXT COLLATE NOCASE NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (region, n)", Pairs()),
        ["three columns"] = new("touch-triple-keyed", "owner TEXT NOT NULL, at TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (owner, at, name)", Triples()),
        ["three columns without row numbers"] = new("touch-triple-keyed", "owner TEXT NOT NULL, at TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (owner, at, name)) WITHOUT ROWID", Triples()),
        ["odd names"] = new("touch-oddly-named", "\"group by\" INTEGER NOT NULL UNIQUE, rowid TEXT DEFAULT 'r', oid TEXT DEFAULT 'o'", Numbers(1, 2, 3, 5, 8, 13, 21))
        {
            TableName = "\"the \"\"order\"\" of 'things'\"",
        },
    };

    public int Rows => Keys.Length;

    /// <summary>A database with the table. Every third row is outside the scope, so that a touch of it would show.</summary>
    public Workbench Lay()
    {
        var closing = Table.IndexOf(") WITHOUT ROWID", StringComparison.Ordinal);
        var columns = closing < 0 ? Table : Table[..closing];
        // A table constraint comes behind all columns.
        var constraint = columns.IndexOf(", PRIMARY KEY (", StringComparison.Ordinal) is >= 0 and var primary ? primary : columns.IndexOf(", UNIQUE (", StringComparison.Ordinal);
        var (before, behind) = constraint < 0 ? (columns, "") : (columns[..constraint], columns[constraint..]);
        var bench = new Workbench(
            $"CREATE TABLE {TableName} ({before}, wanted INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 0{behind}){(closing < 0 ? "" : " WITHOUT ROWID")}");
        using var connection = bench.Connect();
        var names = string.Join(", ", before.Split(", ").Where(column => !column.Contains("DEFAULT", StringComparison.Ordinal))
            .Select(column => column.StartsWith('"') ? column[..(column.IndexOf('"', 1) + 1)] : column.Split(' ')[0]));
        using var transaction = connection.BeginTransaction();
        for (var i = 0; i < Rows; i++)
        {
            connection.Execute($"INSERT INTO {TableName} ({names}, wanted) VALUES ({Keys[i]}, {(i % 3 == 2 ? 0 : 1)})");
        }

        transaction.Commit();

        return bench;
    }

    private static string[] Numbers(params long[] keys) => Array.ConvertAll(keys, key => key == long.MinValue ? "(-9223372036854775807 - 1)" : key.ToString());

    private static string[] Texts(params string[] keys) => Array.ConvertAll(keys, key => $"'{key.Replace("'", "''")}'");

    private static string GuidOf(int i) => $"{i * 37 % 16:x}{i * 11 % 16:x}{Guids[2..].ToLowerInvariant()}";

    private static string[] Pairs() =>
    [
        .. from region in (string[])["eu", "us", "", "a'b", "é"] from number in (long[])[-1, 0, 1, 2, long.MaxValue] select $"'{region.Replace("'", "''")}', {number}",
    ];

    private static string[] Triples() =>
    [
        .. from owner in Enumerable.Range(0, 3) from day in (int[])[1, 2] from name in (string[])["x", "X", "y"] select $"'{GuidOf(owner)}', '2024-01-0{day} 00:00:00', '{name}'",
    ];
}
