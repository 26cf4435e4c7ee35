using Drip.Batches;
using Drip.Data;
using Drip.Generated;
using Drip.Jobs;
using Drip.Leases;
using Drip.Options;
using Drip.Runs;
using Drip.Sqlite;
using Drip.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drip.Benchmarks.Worker;

/// <summary>Runs a job exactly as a worker does: the engine, with the store in the file of the data.</summary>
internal static class DripWorker
{
    /// <summary>Opens the file, makes the store, runs the job to its end, closes the file, and returns how many rows were processed.</summary>
    public static async Task<long> RunAsync<TJob, TRow>(string path, int batchSize, Func<SqliteDatabase, IDatabase>? data = null, LeaseSettings? leases = null)
        where TJob : class, IBackfill<TJob, TRow>
        where TRow : IModel<TRow>
    {
        var jobs = new JobRegistry();
        jobs.AddBackfill<TJob, TRow>();
        var database = new SqliteDatabase($"Data Source={path}");
        await using (database.ConfigureAwait(false))
        {
            var store = new SqlStore(new SqliteStoreDatabase(database));
            await store.MigrateAsync();
            var databases = new DatabaseSet();
            databases.Add("", data?.Invoke(database) ?? new SqliteData(database));
            var engine = new Engine(jobs, store, databases, NoServices.Instance, TimeProvider.System, NullLogger.Instance) { Leases = leases ?? new LeaseSettings() };

            var options = OptionParser.Parse(TJob.Info, new Dictionary<string, string?>());
            var held = await engine.StartAsync(new RunRequest(TJob.Info.Name, options) { BatchSize = batchSize });
            var run = await engine.ExecuteAsync(held, static _ => { }, CancellationToken.None, CancellationToken.None);
            return run.Status == RunStatus.Completed
                ? run.Counters.Processed
                : throw new InvalidOperationException($"The run {run.Id} ended as {run.Status.ToName()}: {run.Error}");
        }
    }
}
