using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Crash.Tests.Sites;

/// <summary>A file that workers use.</summary>
internal sealed class SqliteFile(string path) : CrashDatabase
{
    static SqliteFile() => Batteries_V2.Init();

    public override bool IsLocked
    {
        get
        {
            using var connection = Connect("ReadWrite");
            var isBusy = raw.sqlite3_exec(connection.Handle!, "BEGIN IMMEDIATE") == raw.SQLITE_BUSY;
            if (!isBusy) connection.Execute("ROLLBACK");
            return isBusy;
        }
    }

    public override string Integrity => Ask<string>("PRAGMA integrity_check")!;

    public override void CreateItems(int items)
    {
        using var connection = Connect("ReadWriteCreate");
        connection.Execute("""
            CREATE TABLE items (id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'sound', revision INTEGER NOT NULL DEFAULT 0);
            CREATE TABLE effects (id INTEGER PRIMARY KEY, item INTEGER NOT NULL);
            WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < @items) INSERT INTO items (id) SELECT i FROM n;
            """, new { items });
    }

    // A store that no worker has made yet is no file either.
    public override bool HasTable(string name) => File.Exists(path) && Ask<long>($"SELECT count(*) FROM sqlite_master WHERE name = '{name}'") > 0;

    public override string[] Dump()
    {
        using var connection = Connect("ReadOnly");
        return [.. connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").SelectMany(table =>
        {
            var columns = string.Join(" || ', ' || ", connection.Query<string>($"SELECT name FROM pragma_table_info('{table}')").Select(column => $"""quote("{column}")"""));
            return connection.Query<string>($"SELECT '{table}: ' || {columns} FROM {table} ORDER BY 1");
        })];
    }

    protected override TResult Use<TResult>(bool isWriting, Func<DbConnection, TResult> work)
    {
        using var connection = Connect(isWriting ? "ReadWrite" : "ReadOnly");
        return work(connection);
    }

    private SqliteConnection Connect(string mode)
    {
        var connection = new SqliteConnection($"Data Source={path};Mode={mode};Pooling=False");
        connection.Open();
        return connection;
    }
}
