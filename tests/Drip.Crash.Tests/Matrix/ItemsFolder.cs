using Dapper;
using Drip.Crash.Tests.Histories;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Crash.Tests.Matrix;

/// <summary>A folder with an items.db, and the workers that are started in it.</summary>
internal sealed class ItemsFolder : IDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(300);

    // In memory where there is such a place: a killed process loses nothing that it wrote, on whatever disk.
    private static readonly string Root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly Dictionary<string, string> _settings = new()
    {
        ["Drip__Lease__Duration"] = $"{Lease.TotalMilliseconds}ms",
        ["Drip__Lease__Renewal"] = "100ms",
        ["Drip__Poll"] = "20ms",
        ["Drip__User"] = "tester",
    };

    static ItemsFolder() => Batteries_V2.Init();

    public ItemsFolder(int items, params long[] poison)
    {
        _settings["DRIP_HISTORY"] = Directory.CreateDirectory(Path.Combine(FullName, "history")).FullName;
        using var connection = Connect("ReadWriteCreate");
        connection.Execute("""
            CREATE TABLE items (id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'sound', revision INTEGER NOT NULL DEFAULT 0);
            CREATE TABLE effects (id INTEGER PRIMARY KEY, item INTEGER NOT NULL);
            WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < @items) INSERT INTO items (id) SELECT i FROM n;
            """, new { items });
        connection.Execute("UPDATE items SET state = 'poison' WHERE id IN @poison", new { poison });
    }

    public string FullName { get; } = Path.Combine(Root, "drip-crash-" + Guid.NewGuid().ToString("N"));

    public string History => _settings["DRIP_HISTORY"];

    /// <summary>Changes a setting of the workers that are started from now on.</summary>
    public void Set(string name, string value) => _settings[name] = value;

    public CrashWorker Start(params string[] arguments) => new(FullName, arguments, _settings);

    /// <summary>Starts a worker that gets a signal when it comes to a place for the n-th time.</summary>
    public CrashWorker StartToFail(string place, int nth, string signal, params string[] arguments) =>
        new(FullName, arguments, [.. _settings, new("DRIP_FAILPOINT", $"{place}:{nth}"), new("DRIP_FAILPOINT_SIGNAL", signal)]);

    /// <summary>Starts a worker and waits for its end.</summary>
    public async Task<Ended> RunAsync(params string[] arguments)
    {
        using var worker = Start(arguments);
        return await worker.EndAsync();
    }

    /// <summary>Makes items that fail sound.</summary>
    public void Mend() => Execute("UPDATE items SET state = 'sound'");

    public void Execute(string sql)
    {
        using var connection = Connect("ReadWrite");
        connection.Execute(sql);
    }

    public T? Ask<T>(string sql)
    {
        using var connection = Connect("ReadOnly");
        return connection.ExecuteScalar<T>(sql);
    }

    public T[] List<T>(string sql)
    {
        using var connection = Connect("ReadOnly");
        return [.. connection.Query<T>(sql)];
    }

    /// <summary>The only run; null before there is one.</summary>
    public string? RunId => HasRuns ? Ask<string>("SELECT id FROM drip_run") : null;

    /// <summary>The status of the only run; null before there is one.</summary>
    public string? Status => HasRuns ? Ask<string>("SELECT status FROM drip_run") : null;

    /// <summary>How many batches of the run committed.</summary>
    public long Batches => HasTable("drip_cursor") ? Ask<long>("SELECT coalesce(sum(batches), 0) FROM drip_cursor") : 0;

    /// <summary>For what hooks were called; that it may be more than once is promised.</summary>
    public string[] Hooks => File.Exists(Path.Combine(FullName, "hooks.txt")) ? [.. File.ReadLines(Path.Combine(FullName, "hooks.txt")).Distinct().Order()] : [];

    /// <summary>Whether hooks are still to be called.</summary>
    public bool HasHooksDue => Array.Exists((string[])["drip_outbox", "drip_batch_outbox"], table => HasTable(table) && Ask<long>($"SELECT count(*) FROM {table}") > 0);

    /// <summary>Whether a process holds the write lock.</summary>
    public bool IsLocked
    {
        get
        {
            using var connection = Connect("ReadWrite");
            var isBusy = raw.sqlite3_exec(connection.Handle!, "BEGIN IMMEDIATE") == raw.SQLITE_BUSY;
            if (!isBusy) connection.Execute("ROLLBACK");
            return isBusy;
        }
    }

    /// <summary>Every row of every table, those of the store too, to see that nothing was changed.</summary>
    public string[] Dump()
    {
        using var connection = Connect("ReadOnly");
        return [.. connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").SelectMany(table =>
        {
            var columns = string.Join(" || ', ' || ", connection.Query<string>($"SELECT name FROM pragma_table_info('{table}')").Select(column => $"""quote("{column}")"""));
            return connection.Query<string>($"SELECT '{table}: ' || {columns} FROM {table} ORDER BY 1");
        })];
    }

    /// <summary>Checks what the workers wrote down.</summary>
    public void AssertHistory(bool finished = true) => Assert.Equal([], HistoryChecker.Check(HistoryEvent.ReadAll(History), finished));

    public void Dispose() => Directory.Delete(FullName, recursive: true);

    private bool HasRuns => HasTable("drip_run") && Ask<long>("SELECT count(*) FROM drip_run") > 0;

    private bool HasTable(string name) => Ask<long>($"SELECT count(*) FROM sqlite_master WHERE name = '{name}'") > 0;

    private SqliteConnection Connect(string mode)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(FullName, "items.db")};Mode={mode};Pooling=False");
        connection.Open();
        return connection;
    }
}
