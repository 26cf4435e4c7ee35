using Drip.Batches;
using Drip.Benchmarks.Worker;
using Drip.Data;
using Drip.Generated;
using Drip.Jobs;
using Drip.Options;
using Drip.Postgres;
using Drip.Runs;
using Drip.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drip.Benchmarks.Postgres.Worker;

/// <summary>Runs a job exactly as a worker does: the engine, with the store in the database of the data.</summary>
internal static class PostgresWorker
{
    /// <summary>Connects, runs the job to its end, disconnects, and returns how many rows were processed.</summary>
    public static async Task<long> RunAsync<TJob, TRow>(string address, int batchSize, int partitions = 1)
        where TJob : class, IBackfill<TJob, TRow>
        where TRow : IModel<TRow>
    {
        var jobs = new JobRegistry();
        jobs.AddBackfill<TJob, TRow>();
        await using var worker = await OpenStoreAsync(address);
        var databases = new DatabaseSet();
        databases.Add("", new PostgresData(worker.Database));
        var engine = new Engine(jobs, worker.Value, databases, NoServices.Instance, worker.Value.Clock ?? TimeProvider.System, NullLogger.Instance);

        var options = OptionParser.Parse(TJob.Info, new Dictionary<string, string?>());
        var held = await engine.StartAsync(new RunRequest(TJob.Info.Name, options) { BatchSize = batchSize, Partitions = partitions });
        var run = await engine.ExecuteAsync(held, static _ => { }, CancellationToken.None, CancellationToken.None);
        return run.Status == RunStatus.Completed
            ? run.Counters.Processed
            : throw new InvalidOperationException($"The run {run.Id} ended as {run.Status.ToName()}: {run.Error}");
    }

    /// <summary>The store in this database, made if it is missing.</summary>
    public static async Task<OpenStore> OpenStoreAsync(string address)
    {
        var database = new PostgresDatabase(address);
        var store = new SqlStore(new PostgresStoreDatabase(database));
        await store.MigrateAsync();
        return new OpenStore(database, store);
    }
}

/// <summary>A store and its database, closed together.</summary>
internal sealed class OpenStore(PostgresDatabase database, IRunStore store) : IAsyncDisposable
{
    public PostgresDatabase Database => database;

    public IRunStore Value => store;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await database.DisposeAsync();
    }
}
