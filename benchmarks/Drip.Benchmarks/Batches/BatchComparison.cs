using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Worker;

namespace Drip.Benchmarks.Batches;

/// <summary>A backfill of one UPDATE for each batch, against the same by hand and against one UPDATE of the whole table.</summary>
internal sealed class BatchComparison : IComparison
{
    private const string Drip = "Drip";
    private const string ByHand = "hand-written ADO.NET";
    private const string AtOnce = "one UPDATE of the table";

    public string Name => "batch backfill";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var file = EmployeeFile.Make(scratch, scale.BatchRows);
        var contest = new Contest(file,
            new Contestant(Drip, path => DripWorker.RunAsync<MakeInterns, Candidate>(path, scale.BatchSize)),
            new Contestant(ByHand, path => Task.FromResult(AdoBatches.Run(path, scale.BatchSize))),
            new Contestant(AtOnce, path => Task.FromResult(AdoBatches.RunAtOnce(path))));
        await contest.RunAsync(scale);
        return
        [
            Measure.OfRounds(Name, ByHand, contest.Ratios(Drip, ByHand), 0.95),
            Measure.OfRounds(Name, AtOnce, contest.Ratios(Drip, AtOnce), 0.45),
        ];
    }
}
