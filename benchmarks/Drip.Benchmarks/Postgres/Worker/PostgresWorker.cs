namespace Drip.Benchmarks.Postgres.Worker;
internal static class PostgresWorker
{
    public static async Task<long> RunAsync<TJob, TRow>(string address, int batchSize) => typeof(TJob).Name == "AddYear" ? await Elements.HandElements.RunAsync(address, batchSize) : await Batches.HandBatches.RunAsync(address, batchSize);
}
