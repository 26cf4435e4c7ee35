using Drip.Crash.Tests.Histories;
using Drip.Crash.Tests.Sites;
using Drip.Servers;

namespace Drip.Crash.Tests.Matrix;

/// <summary>A folder with items, in a file there or on a server, and the workers that are started in it.</summary>
internal sealed class ItemsFolder : IDisposable, IAsyncDisposable
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

    private readonly PostgresSite? _server;

    /// <summary>Makes one with a file for both.</summary>
    public ItemsFolder(int items, params long[] poison) : this(items, Site.Sqlite, null) => Poison(poison);

    private ItemsFolder(int items, Site site, PostgresSite? server)
    {
        (Site, _server) = (site, server);
        _settings["DRIP_HISTORY"] = Directory.CreateDirectory(Path.Combine(FullName, "history")).FullName;
        _settings["CRASH_SITE"] = site.ToString();
        if (server is not null) _settings["CRASH_POSTGRES"] = server.ConnectionString;
        Rows = site is Site.Sqlite or Site.RowsInSqlite ? new SqliteFile(Path.Combine(FullName, "items.db")) : server!;
        Store = site switch
        {
            Site.RowsInSqlite => server!,
            Site.RowsInPostgres => new SqliteFile(Path.Combine(FullName, "store.db")),
            _ => Rows,
        };
        // A worker makes the tables of its store and not its file, of which an empty one is a sound beginning.
        if (site == Site.RowsInPostgres) File.Create(Path.Combine(FullName, "store.db")).Dispose();
        Rows.CreateItems(items);
    }

    /// <summary>Makes one wherever its rows and its store shall be.</summary>
    public static async Task<ItemsFolder> CreateAsync(Site site, int items, params long[] poison)
    {
        var folder = new ItemsFolder(items, site, site == Site.Sqlite ? null : new PostgresSite(await TestPostgres.CreateAsync()));
        folder.Poison(poison);
        return folder;
    }

    /// <summary>Makes one on a server of the test's own, which goes with it.</summary>
    public static ItemsFolder On(PostgresServer server, int items, Site site = Site.Postgres) => new(items, site, new PostgresSite(server));

    public string FullName { get; } = Path.Combine(Root, "drip-crash-" + Guid.NewGuid().ToString("N"));

    public Site Site { get; }

    /// <summary>Where items, effects and what says how far they are done are.</summary>
    public CrashDatabase Rows { get; }

    /// <summary>Where runs are recorded.</summary>
    public CrashDatabase Store { get; }

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

    /// <summary>Runs statements where the rows are.</summary>
    public void Execute(string sql) => Rows.Execute(sql);

    /// <summary>The one value that a statement gives where the rows are.</summary>
    public T? Ask<T>(string sql) => Rows.Ask<T>(sql);

    /// <summary>What a statement gives where the rows are.</summary>
    public T[] List<T>(string sql) => Rows.List<T>(sql);

    /// <summary>The only run; null before there is one.</summary>
    public string? RunId => HasRuns ? Store.Ask<string>("SELECT id FROM drip_run") : null;

    /// <summary>The status of the only run; null before there is one.</summary>
    public string? Status => HasRuns ? Store.Ask<string>("SELECT status FROM drip_run") : null;

    /// <summary>How many batches of the run committed.</summary>
    public long Batches => Rows.HasTable("drip_cursor") ? Ask<long>("SELECT coalesce(sum(batches), 0) FROM drip_cursor") : 0;

    /// <summary>For what hooks were called; that it may be more than once is promised.</summary>
    public string[] Hooks => File.Exists(Path.Combine(FullName, "hooks.txt")) ? [.. File.ReadLines(Path.Combine(FullName, "hooks.txt")).Distinct().Order()] : [];

    /// <summary>Whether hooks are still to be called.</summary>
    public bool HasHooksDue => IsDue(Store, "drip_outbox") || IsDue(Rows, "drip_batch_outbox");

    /// <summary>Whether a process holds what others would wait for.</summary>
    public bool IsLocked => Rows.IsLocked || (Store != Rows && Store.IsLocked);

    /// <summary>Every row of every table, those of the store too, to see that nothing was changed.</summary>
    public string[] Dump() => Store == Rows ? Rows.Dump() : [.. Rows.Dump(), .. Store.Dump()];

    /// <summary>Checks what the workers wrote down.</summary>
    public void AssertHistory(bool finished = true) => Assert.Equal([], HistoryChecker.Check(HistoryEvent.ReadAll(History), finished));

    public void Dispose() => Directory.Delete(FullName, recursive: true);

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    private bool HasRuns => Store.HasTable("drip_run") && Store.Ask<long>("SELECT count(*) FROM drip_run") > 0;

    private static bool IsDue(CrashDatabase database, string table) => database.HasTable(table) && database.Ask<long>($"SELECT count(*) FROM {table}") > 0;

    private void Poison(long[] poison)
    {
        if (poison.Length > 0) Execute($"UPDATE items SET state = 'poison' WHERE id IN ({string.Join(", ", poison)})");
    }
}
