using Drip.Benchmarks.Batches;
using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Worker;
using Drip.Leases;

namespace Drip.Benchmarks.Leases;

/// <summary>
/// What the protocol costs: the batch backfill with leases, epochs and fences against the same engine without. The lease is
/// renewed a hundred times as often as by default, so that renewals happen at all while it runs.
/// </summary>
internal sealed class LeaseComparison : IComparison
{
    private const string With = "Drip";
    private const string Without = "Drip without lease and fence";

    public string Name => "lease and fence";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var file = EmployeeFile.Make(scratch, scale.BatchRows);
        var often = new LeaseSettings { Duration = TimeSpan.FromMilliseconds(300), Renewal = TimeSpan.FromMilliseconds(100) };
        var never = new LeaseSettings { Duration = TimeSpan.FromDays(2), Renewal = TimeSpan.FromDays(1) };
        var contest = new Contest(file,
            new Contestant(With, path => DripWorker.RunAsync<MakeInterns, Candidate>(path, scale.BatchSize, leases: often)),
            new Contestant(Without, path => DripWorker.RunAsync<MakeInterns, Candidate>(path, scale.BatchSize, database => new UnfencedData(database), never)));
        await contest.RunAsync(scale);
        return [Measure.OfRounds(Name, Without, contest.Ratios(With, Without), 0.97)];
    }
}
