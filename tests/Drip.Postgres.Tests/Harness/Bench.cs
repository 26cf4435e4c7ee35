using Dapper;
using Drip.Batches;
using Drip.Data;
using Drip.Generated;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;
using Drip.Servers;
using Drip.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Drip.Postgres.Tests.Harness;

/// <summary>A database of its own with some tables, and an engine that runs the jobs of this assembly on it; runs are kept in memory.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly TestPostgres _server;

    private Bench(TestPostgres server, PostgresSettings? settings, TimeProvider? time)
    {
        _server = server;
        Database = new PostgresDatabase(server.ConnectionString, settings, time);
        Script<Item>();
    }

    public PostgresDatabase Database { get; }

    public ServiceList Services { get; } = new();

    public IRunStore Store { get; set; } = new InMemoryStore();

    public TestPostgres Server => _server;

    public static async Task<Bench> CreateAsync(string schema, PostgresSettings? settings = null, TimeProvider? time = null)
    {
        var server = await TestPostgres.CreateAsync();
        await server.ExecuteAsync(schema);
        return new Bench(server, settings, time);
    }

    /// <summary>What a job does, of those that leave it to the test.</summary>
    public Script<T> Script<T>() where T : IModel<T> =>
        (Script<T>?)Services.GetService(typeof(Script<T>)) ?? Services.Add(new Script<T>());

    public Engine Engine()
    {
        var databases = new DatabaseSet();
        databases.Add("", new PostgresData(Database));
        return new Engine(new JobRegistry().AddJobs(), Store, databases, Services, TimeProvider.System, NullLogger.Instance) { TellEvery = TimeSpan.Zero };
    }

    public async Task<HeldRun> StartAsync(string job, int? batchSize = null, long? limit = null)
    {
        var parsed = OptionParser.Parse(new JobRegistry().AddJobs().Find(job).Info, new Dictionary<string, string?>());
        return await Engine().StartAsync(new RunRequest(job, parsed) { BatchSize = batchSize, Limit = limit });
    }

    public Task<Run> ExecuteAsync(HeldRun held) => Engine().ExecuteAsync(held, _ => { }, default, default);

    public async Task<Run> RunAsync(string job, int? batchSize = null, long? limit = null) => await ExecuteAsync(await StartAsync(job, batchSize, limit));

    /// <summary>A run that is to end well.</summary>
    public async Task<Run> CompleteAsync(string job, int? batchSize = null, long? limit = null)
    {
        var run = await RunAsync(job, batchSize, limit);
        Assert.Null(run.Error?.Message);
        Assert.Equal(RunStatus.Completed, run.Status);
        return run;
    }

    /// <summary>The table of a scope, as the engine opens it.</summary>
    public ValueTask<ITable<T>> OpenAsync<T>(Scope<T>? scope = null) where T : IModel<T> => new PostgresData(Database).OpenAsync(scope ?? Scope<T>.All, default);

    public Task ExecuteAsync(string sql) => _server.ExecuteAsync(sql);

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await _server.OpenAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    public async Task<T[]> ListAsync<T>(string sql)
    {
        await using var connection = await _server.OpenAsync();
        return [.. await connection.QueryAsync<T>(sql)];
    }

    /// <summary>Another program's connection.</summary>
    public Task<NpgsqlConnection> ConnectAsync() => _server.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _server.DisposeAsync();
    }
}
