using Drip.Producers.Versions;
using Drip.Sqlite;

namespace Drip.Hosting.Producers;

/// <summary>Opens the versions of a run.</summary>
internal static class OpenHistory
{
    /// <exception cref="DripException">The worker does not have its producer.</exception>
    public static ProducerHistory Open(Worker worker, string directory, VersionRun run)
    {
        var producer = worker.Jobs.Producers.FirstOrDefault(known => known.Plan.Name == run.Producer) ?? throw new DripException(DripErrorKind.Usage, "unknown-producer",
            $"The run {run.Run} is one of the producer {run.Producer}, which this worker does not have.", "Use the worker that has it.");
        return ProducerHistory.Open(SqliteVersions.Storage, directory, run.Run, producer.Plan);
    }
}
