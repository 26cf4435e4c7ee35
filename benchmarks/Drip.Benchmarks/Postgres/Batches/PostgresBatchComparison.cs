using Drip.Benchmarks.Batches;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Postgres.Servers;
using Drip.Benchmarks.Postgres.Worker;

namespace Drip.Benchmarks.Postgres.Batches;

/// <summary>A backfill of one UPDATE for each batch on PostgreSQL, against the same by hand and with EF Core.</summary>
internal sealed class PostgresBatchComparison(BenchServer server) : IComparison
{
    private const string Drip = "Drip";
    private const string ByHand = "hand-written Npgsql";
    private const string Ef = "EF Core, ExecuteUpdate";

    public string Name => "PostgreSQL batch backfill";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var template = await EmployeeDatabase.MakeAsync(server, scale.PostgresBatchRows);
        var contest = new Contest(template,
            new Contestant(Drip, address => PostgresWorker.RunAsync<MakeInterns, Candidate>(address, scale.BatchSize)),
            new Contestant(ByHand, address => HandBatches.RunAsync(address, scale.BatchSize)),
            new Contestant(Ef, address => EfBatches.RunAsync(address, scale.BatchSize)));
        await contest.RunAsync(scale);
        return
        [
            Measure.OfRounds(Name, ByHand, contest.Ratios(Drip, ByHand), 1),
            Measure.OfRounds(Name, Ef, contest.Ratios(Drip, Ef), 1.2),
        ];
    }
}
