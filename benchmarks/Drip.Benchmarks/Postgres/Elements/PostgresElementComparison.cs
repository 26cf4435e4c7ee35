using Drip.Benchmarks.Elements;
using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Postgres.Servers;
using Drip.Benchmarks.Postgres.Worker;

namespace Drip.Benchmarks.Postgres.Elements;

/// <summary>A backfill row by row on PostgreSQL, against the same by hand, with Dapper and with EF Core; and what it allocates.</summary>
internal sealed class PostgresElementComparison(BenchServer server) : IComparison
{
    private const string Drip = "Drip";
    private const string ByHand = "hand-written Npgsql, an UPDATE per row in one NpgsqlBatch";
    private const string Arrays = "hand-written Npgsql, one UPDATE from arrays";
    private const string Dapper = "Dapper";
    private const string Ef = "EF Core, tracked";

    private readonly List<double> _bytesPerRow = [];

    public string Name => "PostgreSQL element backfill";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var template = await EmployeeDatabase.MakeAsync(server, scale.PostgresRows);
        var contest = new Contest(template,
            new Contestant(Drip, address => CountingBytesAsync(address, scale.BatchSize)),
            new Contestant(ByHand, address => HandElements.RunAsync(address, scale.BatchSize)),
            new Contestant(Arrays, address => HandElements.RunWithArraysAsync(address, scale.BatchSize)),
            new Contestant(Dapper, address => DapperPages.RunAsync(address, scale.BatchSize)) { Rounds = 1 },
            new Contestant(Ef, address => EfElements.RunAsync(address, scale.BatchSize)));
        await contest.RunAsync(scale);
        return
        [
            Measure.OfRounds(Name, ByHand, contest.Ratios(Drip, ByHand), 1),
            Measure.OfRounds(Name, Ef, contest.Ratios(Drip, Ef), 5),
            Measure.OfRounds(Name, Dapper, contest.Ratios(Drip, Dapper), null),
            Measure.OfRounds(Name, Arrays, contest.Ratios(Drip, Arrays), null),
            new Measure(Name + ", bytes allocated per row (at most)", "-", Median.Of(_bytesPerRow.Skip(scale.WarmUps)), null) { AtMost = true, Unit = "B" },
        ];
    }

    private async Task<long> CountingBytesAsync(string address, int batchSize)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var touched = await PostgresWorker.RunAsync<AddYear, Employee>(address, batchSize);
        _bytesPerRow.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)touched);
        return touched;
    }
}
