using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Worker;

namespace Drip.Benchmarks.Elements;

/// <summary>A backfill row by row, against the same by hand and with Dapper; and what it allocates.</summary>
internal sealed class ElementComparison : IComparison
{
    private const string Drip = "Drip";
    private const string ByHand = "hand-written ADO.NET";
    private const string Buffered = "Dapper, buffered";
    private const string Unbuffered = "Dapper, unbuffered";

    private readonly List<double> _bytesPerRow = [];

    public string Name => "element backfill";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var file = EmployeeFile.Make(scratch, scale.Rows);
        var contest = new Contest(file,
            new Contestant(Drip, path => CountingBytesAsync(path, scale.BatchSize)),
            new Contestant(ByHand, path => Task.FromResult(AdoElements.Run(path, scale.BatchSize))),
            new Contestant(Buffered, path => Task.FromResult(DapperElements.Run(path, scale.BatchSize, buffered: true))),
            new Contestant(Unbuffered, path => Task.FromResult(DapperElements.Run(path, scale.BatchSize, buffered: false))));
        await contest.RunAsync(scale);

        var dapper = contest.Fastest(Buffered, Unbuffered);
        return
        [
            Measure.OfRounds(Name, ByHand, contest.Ratios(Drip, ByHand), 1.8),
            Measure.OfRounds(Name, dapper, contest.Ratios(Drip, dapper), 2.3),
            new Measure("element backfill, bytes allocated per row (at most)", "-", Median.Of(_bytesPerRow.Skip(scale.WarmUps)), 200) { AtMost = true, Unit = "B" },
        ];
    }

    private async Task<long> CountingBytesAsync(string path, int batchSize)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var touched = await DripWorker.RunAsync<AddYear, Employee>(path, batchSize);
        _bytesPerRow.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)touched);
        return touched;
    }
}
