using System.CommandLine;
using Drip.Hosting.Output;

namespace Drip.Hosting.Commands;

/// <summary><c>list</c>: the jobs and the producers of this worker.</summary>
internal static class ListCommand
{
    public static Command Create(Worker worker)
    {
        var json = JsonFlag.Create();
        var command = new Command("list", "List the jobs of this worker") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json)) WriteJson(worker);
            else WriteText(worker);
        });
        return command;
    }

    private static void WriteText(Worker worker)
    {
        if (worker.Jobs.All.Count == 0 && worker.Jobs.Producers.Count == 0)
        {
            worker.Screen.WriteLine("This worker has no jobs yet. Write a class with [Backfill] and call builder.AddJobs().");
            return;
        }

        if (worker.Jobs.All.Count > 0) WriteJobs(worker);
        if (worker.Jobs.Producers.Count == 0) return;
        if (worker.Jobs.All.Count > 0) worker.Screen.WriteLine();
        var producers = new TextTable("PRODUCER", "STEPS>", "DESCRIPTION");
        foreach (var producer in worker.Jobs.Producers)
            producers.Add(producer.Plan.Name, Phrase.Number(producer.Plan.Pipelines.Sum(pipeline => pipeline.Steps.Count)), producer.Plan.Description ?? "");
        producers.WriteTo(worker.Screen);
    }

    private static void WriteJobs(Worker worker)
    {
        var table = new TextTable("JOB", "TABLE", "BATCH>", "DESCRIPTION");
        foreach (var job in worker.Jobs.All)
            table.Add(job.Info.Name, job.Schema.Table, Phrase.Number(job.Info.BatchSize), job.Info.Description ?? "");
        table.WriteTo(worker.Screen);
    }

    private static void WriteJson(Worker worker) => JsonLine.Write(worker.Screen, json =>
    {
        json.WriteStartArray();
        foreach (var job in worker.Jobs.All)
        {
            json.WriteStartObject();
            json.WriteString("job", job.Info.Name);
            json.WriteText("description", job.Info.Description);
            json.WriteString("class", job.Info.Class);
            json.WriteString("table", job.Schema.Table);
            json.WriteText("database", job.Info.Database);
            json.WriteNumber("batchSize", job.Info.BatchSize);
            json.WriteNumber("sleepMs", (long)job.Info.Sleep.TotalMilliseconds);
            json.WriteNumberOrNull("ratePerSecond", job.Info.RatePerSecond);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
