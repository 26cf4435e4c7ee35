using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Drip.Hosting.Commands;
using Drip.Hosting.Output;
using Drip.Producers.Versions;
using Drip.Sqlite;

namespace Drip.Hosting.Producers;

/// <summary><c>history [RUN]</c>: the runs of producers, or the versions of one run.</summary>
internal static class HistoryCommand
{
    private const int LastVersions = 50;

    public static Command Create(Worker worker)
    {
        var run = new Argument<string?>("run") { Description = "The run's id, the beginning of it, or 'last'; without it all runs are listed", Arity = ArgumentArity.ZeroOrOne };
        var directory = VersionDirectory.Flag();
        var all = new Option<bool>("--all") { Description = $"Show every version, not only the last {LastVersions}", Arity = ArgumentArity.Zero };
        var json = JsonFlag.Create();
        var command = new Command("history", "Show the runs of producers, or the versions of one run") { run, directory, all, json };
        command.SetAction(parsed =>
        {
            var folder = VersionDirectory.Of(parsed, directory);
            if (parsed.GetValue(run) is not { } typed)
            {
                var runs = SqliteVersions.Storage.List(folder);
                if (parsed.GetValue(json)) JsonLine.Write(worker.Screen, writer => WriteRuns(writer, runs));
                else WriteRuns(worker.Screen, runs, folder);
                return;
            }

            var found = VersionDirectory.Find(folder, typed);
            var history = OpenHistory.Open(worker, folder, found);
            var from = parsed.GetValue(all) ? 0 : Math.Max(0, history.Count - LastVersions);
            if (parsed.GetValue(json)) JsonLine.Write(worker.Screen, writer => WriteVersions(writer, found, history, from));
            else WriteVersions(worker.Screen, found, history, from);
        });
        return command;
    }

    private static void WriteRuns(Screen screen, IReadOnlyList<VersionRun> runs, string folder)
    {
        if (runs.Count == 0)
        {
            screen.WriteLine($"There is no run in the directory {folder}. Begin one with: produce");
            return;
        }

        var table = new TextTable("RUN", "PRODUCER", "VERSIONS>", "BEGUN", "ENDED", "OUTCOME", "FROM");
        foreach (var run in runs)
        {
            table.Add(run.Run, run.Producer, Phrase.Number(run.Versions), Phrase.Time(run.BegunAt), run.EndedAt is { } ended ? Phrase.Time(ended) : "",
                run.Outcome is { } outcome ? ProduceProgress.Word(outcome) : "not ended", run.Parent is { } parent ? $"{parent.Run}@{parent.Version}" : "");
        }

        table.WriteTo(screen);
    }

    private static void WriteRuns(Utf8JsonWriter json, IReadOnlyList<VersionRun> runs)
    {
        json.WriteStartArray();
        foreach (var run in runs) Write(json, run, end: true);
        json.WriteEndArray();
    }

    private static void WriteVersions(Screen screen, VersionRun run, ProducerHistory history, int from)
    {
        screen.WriteLine($"Run {run.Run} of {run.Producer}{(run.Parent is { } parent ? $", from {parent.Run}@{parent.Version}" : "")}: "
            + $"{Phrase.Count(history.Count, "version")}, {(run.Outcome is { } outcome ? ProduceProgress.Word(outcome) : "not ended")}");
        var table = new TextTable("VERSION>", "AT", "WHAT", "STEP", "RECORD", "TRY>");
        foreach (var version in history.From(from))
        {
            table.Add(version.Number.ToString(CultureInfo.InvariantCulture), Phrase.Time(version.At), version.Kind,
                version.Step.Length > 0 ? $"{version.Pipeline}/{version.Step}" : version.Pipeline, version.Record?.ToString() ?? "", version.Attempt > 0 ? Phrase.Number(version.Attempt) : "");
        }

        table.WriteTo(screen);
    }

    private static void WriteVersions(Utf8JsonWriter json, VersionRun run, ProducerHistory history, int from)
    {
        Write(json, run, end: false);
        json.WriteStartArray("history");
        foreach (var version in history.From(from))
        {
            json.WriteStartObject();
            json.WriteNumber("version", version.Number);
            json.WriteTime("at", version.At);
            json.WriteString("kind", version.Kind);
            if (version.Pipeline.Length > 0) json.WriteString("pipeline", version.Pipeline);
            if (version.Step.Length > 0) json.WriteString("step", version.Step);
            if (version.Record is { } record) json.WriteString("record", record.ToString());
            if (version.Attempt > 0) json.WriteNumber("attempt", version.Attempt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, VersionRun run, bool end)
    {
        json.WriteStartObject();
        json.WriteString("run", run.Run);
        json.WriteString("producer", run.Producer);
        json.WriteNumber("versions", run.Versions);
        json.WriteTime("begunAt", run.BegunAt);
        json.WriteTime("endedAt", run.EndedAt);
        json.WriteText("outcome", run.Outcome is { } outcome ? ProduceProgress.Word(outcome) : null);
        json.WriteText("from", run.Parent is { } parent ? $"{parent.Run}@{parent.Version}" : null);
        if (end) json.WriteEndObject();
    }
}
