using System.Diagnostics;
using System.Globalization;
using Drip.Benchmarks.Measuring;
using Microsoft.Data.Sqlite;

namespace Drip.Benchmarks.Pipelines;

/// <summary>What a step costs that is on the disk: a version of its record each, against one INSERT per step by hand (WAL, synchronous=NORMAL).</summary>
internal sealed class DurableStepComparison : IComparison
{
    public string Name => "durable steps";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var graph = new StepGraph(scale.StepLayers);
        var plan = graph.Plan();
        var number = 0;
        List<double> ratios = [];
        for (var round = -scale.WarmUps; round < scale.Rounds; round++)
        {
            double drip, hand;
            if (round % 2 == 0) (drip, hand) = (await DripAsync(), Hand());
            else (hand, drip) = (Hand(), await DripAsync());
            if (round >= 0) ratios.Add(hand / drip);
        }

        return [Measure.OfRounds("pipeline step, durable", "one INSERT per step by hand, in ADO.NET", [.. ratios], 0.8)];

        async Task<double> DripAsync()
        {
            var directory = scratch.PathOf(string.Create(CultureInfo.InvariantCulture, $"steps-{number++}"));
            GC.Collect();
            var start = Stopwatch.GetTimestamp();
            var producer = new GraphProducer(graph, plan, new ProducerOptions { Directory = directory, Durability = Durability.Relaxed });
            var result = await producer.RunAsync();
            var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            graph.Check("Drip");
            if (!result.Succeeded || producer.History.Count < graph.Count) throw new InvalidOperationException("A step failed, or has no version.");
            Directory.Delete(directory, recursive: true);
            return elapsed;
        }

        double Hand()
        {
            var path = scratch.PathOf(string.Create(CultureInfo.InvariantCulture, $"steps-{number++}.db"));
            GC.Collect();
            var start = Stopwatch.GetTimestamp();
            RunByHand(graph, path);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            graph.Check("The loop by hand");
            File.Delete(path);
            return elapsed;
        }
    }

    // The steps one after the other, each recorded when it has run, in a transaction of its own.
    private static void RunByHand(StepGraph graph, string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using (var begin = connection.CreateCommand())
        {
            begin.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE step (name TEXT PRIMARY KEY, outcome INTEGER NOT NULL, attempts INTEGER NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;";
            begin.ExecuteNonQuery();
        }

        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO step VALUES ($name, 1, 1, $at)";
        var (name, at) = (insert.Parameters.Add("$name", SqliteType.Text), insert.Parameters.Add("$at", SqliteType.Text));
        for (var step = 0; step < graph.Count; step++)
        {
            graph.Run(step);
            name.Value = string.Create(CultureInfo.InvariantCulture, $"Layers/S{step}");
            at.Value = DateTime.UtcNow;
            insert.ExecuteNonQuery();
        }
    }
}
