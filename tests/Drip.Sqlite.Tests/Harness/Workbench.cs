using Dapper;
using Drip.Batches;
using Drip.Data;
using Drip.Generated;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;
using Drip.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drip.Sqlite.Tests.Harness;

/// <summary>A database file of its own, and an engine that runs the jobs of this assembly on it.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    // In memory where there is such a place: hundreds of small files are written, and none must survive.
    private static readonly string Root = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(System.IO.Path.Combine(Root, "drip-" + Guid.NewGuid().ToString("N")));
    private readonly List<SqliteDatabase> _opened = [];
    private IRunStore? _store;

    public Workbench(string schema, SqliteSettings? settings = null)
    {
        Path = InFolder("data.db");
        System.IO.File.WriteAllBytes(Path, []);
        Execute(schema);
        Database = Open(Path, settings);
        Script<Item>();
    }

    public string Path { get; }

    public SqliteDatabase Database { get; }

    public ServiceList Services { get; } = new();

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>At once, so that tests see in the store what happened; null for the engine's own.</summary>
    public TimeSpan? TellEvery { get; set; } = TimeSpan.Zero;

    /// <summary>Every progress that the engine reported.</summary>
    public List<RunProgress> Progress { get; } = [];

    /// <summary>The hooks for all jobs; by default there are none.</summary>
    public IHookHandler? HookHandler { get; set; }

    /// <summary>By default in the same file as the data.</summary>
    public IRunStore Store
    {
        get => _store ??= new SqlStore(new SqliteStoreDatabase(Database));
        set => _store = value;
    }

    /// <summary>What a job does, of those that leave it to the test.</summary>
    public Script<T> Script<T>() where T : IModel<T> =>
        (Script<T>?)Services.GetService(typeof(Script<T>)) ?? Services.Add(new Script<T>());

    public SqliteDatabase Open(string path, SqliteSettings? settings = null)
    {
        var database = new SqliteDatabase($"Data Source={path};Mode=ReadWriteCreate", settings ?? new SqliteSettings { SynchronousNormal = true });
        _opened.Add(database);
        return database;
    }

    public string InFolder(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>An engine as another worker would have it.</summary>
    public Engine Engine(IRunStore? store = null)
    {
        var databases = new DatabaseSet();
        databases.Add("", new SqliteData(Database));
        var jobs = new JobRegistry().AddJobs();
        if (HookHandler is not null) jobs.AddHookHandler(HookHandler, HookHandler.GetType().FullName!);
        return TellEvery is { } every
            ? new Engine(jobs, store ?? Store, databases, Services, Time, NullLogger.Instance) { TellEvery = every }
            : new Engine(jobs, store ?? Store, databases, Services, Time, NullLogger.Instance);
    }

    public async Task<HeldRun> StartAsync(string job, int? batchSize = null, long? limit = null, TimeSpan? sleep = null, Dictionary<string, string?>? options = null)
    {
        await Store.MigrateAsync();
        var parsed = OptionParser.Parse(new JobRegistry().AddJobs().Find(job).Info, options ?? []);
        return await Engine().StartAsync(new RunRequest(job, parsed) { BatchSize = batchSize, Limit = limit, Sleep = sleep });
    }

    public Task<Run> ExecuteAsync(HeldRun held, CancellationToken drain = default, CancellationToken abort = default) =>
        Engine().ExecuteAsync(held, Progress.Add, drain, abort);

    public async Task<Run> RunAsync(string job, int? batchSize = null, long? limit = null, TimeSpan? sleep = null, CancellationToken drain = default, CancellationToken abort = default) =>
        await ExecuteAsync(await StartAsync(job, batchSize, limit, sleep), drain, abort);

    /// <summary>The batches of a run, oldest first.</summary>
    public async Task<BatchRecord[]> BatchesAsync(Run run) =>
        [.. (await Store.ListBatchesAsync(new BatchFilter(run.Id, Limit: 1000))).Reverse()];

    /// <summary>Another program: a connection without any of Drip's settings.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False;Default Timeout=1");
        connection.Open();
        // What a test prepares need not survive a loss of power.
        connection.Execute("PRAGMA synchronous=OFF");
        return connection;
    }

    public void Execute(string sql, object? parameters = null)
    {
        using var connection = Connect();
        connection.Execute(sql, parameters);
    }

    public T? Ask<T>(string sql)
    {
        using var connection = Connect();
        return connection.ExecuteScalar<T>(sql);
    }

    public T[] List<T>(string sql)
    {
        using var connection = Connect();
        return [.. connection.Query<T>(sql)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened) await database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
