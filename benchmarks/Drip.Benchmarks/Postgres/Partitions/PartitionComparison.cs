using Drip.Benchmarks.Elements;
using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Postgres.Servers;
using Drip.Benchmarks.Postgres.Worker;
using Drip.Generated;

namespace Drip.Benchmarks.Postgres.Partitions;

/// <summary>Two walks of one process over one run against one: where the author's code waits for a service, and where all of it is work for a core.</summary>
internal sealed class PartitionComparison(BenchServer server) : IComparison
{
    private const string One = "Partitions = 1";
    private const string Two = "Partitions = 2";

    public string Name => "PostgreSQL, Partitions = 2";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var template = await EmployeeDatabase.MakeAsync(server, scale.PostgresRows * 2);
        return
        [
            Measure.OfRounds(Name + ", a service that answers in 10 ms is asked for each batch", One, await RatiosAsync<AskService>(template, scale), 1.6),
            Measure.OfRounds(Name + ", no waiting; a walk and its server process need a core each", One, await RatiosAsync<AddYear>(template, scale), null),
        ];
    }

    private static async Task<double[]> RatiosAsync<TJob>(ITemplate template, Scale scale) where TJob : class, IBackfill<TJob, Employee>
    {
        var contest = new Contest(template,
            new Contestant(Two, address => PostgresWorker.RunAsync<TJob, Employee>(address, scale.BatchSize, partitions: 2)),
            new Contestant(One, address => PostgresWorker.RunAsync<TJob, Employee>(address, scale.BatchSize)));
        await contest.RunAsync(scale);
        return contest.Ratios(Two, One);
    }
}
