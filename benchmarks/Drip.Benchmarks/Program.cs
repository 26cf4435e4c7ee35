using System.Globalization;
using Drip.Benchmarks;
using Drip.Benchmarks.Batches;
using Drip.Benchmarks.Elements;
using Drip.Benchmarks.Generators;
using Drip.Benchmarks.Hooks;
using Drip.Benchmarks.Leases;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Pipelines;
using Drip.Benchmarks.Postgres.Batches;
using Drip.Benchmarks.Postgres.Claims;
using Drip.Benchmarks.Postgres.Elements;
using Drip.Benchmarks.Postgres.Partitions;
using Drip.Benchmarks.Postgres.Reading;
using Drip.Benchmarks.Postgres.Servers;
using Drip.Benchmarks.Processes;
using Drip.Benchmarks.Reading;
using Drip.Benchmarks.Results;

if (args is [PeakMemory.Command, var path, var batchSize])
{
    await PeakMemory.WalkAsync(path, int.Parse(batchSize, CultureInfo.InvariantCulture));
    return 0;
}

if (Request.Parse(args) is not { } request)
{
    Console.Error.WriteLine(Request.Usage);
    return 2;
}

using var server = new BenchServer();
IComparison[] comparisons =
[
    new BatchComparison(), new LeaseComparison(), new ElementComparison(), new ReadingComparison(), new ColdStart(), new AotSize(), new PeakMemory(),
    new HookComparison(), new StepComparison(), new DurableStepComparison(), new GeneratorComparison(),
    new PostgresBatchComparison(server), new PostgresElementComparison(server), new PostgresReadingComparison(server),
    new PartitionComparison(server), new ClaimComparison(server),
];

using var scratch = new Scratch();
var measures = new List<Measure>();
Console.WriteLine("what | against | ratio | target | met");
foreach (var comparison in comparisons.Where(request.Wants))
{
    try
    {
        foreach (var measure in await comparison.RunAsync(request.Scale, scratch))
        {
            measures.Add(measure);
            Console.WriteLine(Text.Line(measure));
        }
    }
    catch (NoServerException error)
    {
        Console.WriteLine($"{comparison.Name} | skipped: {error.Message}");
    }
}

if (request.Only.Count == 0) ResultsFile.Write(Repository.Results, request.Scale, Machine.Describe(scratch.Folder, server.Version), measures);
if (request.Json is not null) ResultsJson.Write(request.Json, measures);
return 0;
