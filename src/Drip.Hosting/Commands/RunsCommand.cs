using System.CommandLine;
using Drip.Hosting.Output;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;
using Drip.Store;

namespace Drip.Hosting.Commands;

/// <summary><c>runs</c>: what ran, newest first.</summary>
internal sealed class RunsCommand
{
    private readonly Option<string> _job = new("--job") { Description = "Only runs of this job", HelpName = "name" };
    private readonly Option<string> _status = new("--status") { Description = "Only runs with this status", HelpName = "status" };
    private readonly NumberFlag _limit = new("--limit", "runs", 1000, "The most runs to list (default: 50)");
    private readonly Option<string> _before = new("--before") { Description = "Only runs older than this one: the next page", HelpName = "run" };
    private readonly Option<bool> _json = JsonFlag.Create();
    private readonly Worker _worker;

    private RunsCommand(Worker worker) => _worker = worker;

    public static Command Create(Worker worker)
    {
        var runs = new RunsCommand(worker);
        runs._job.CompletionSources.Add([.. worker.Jobs.All.Select(job => job.Info.Name)]);
        runs._status.CompletionSources.Add(StatusNames());
        var command = new Command("runs", "List runs, newest first") { runs._job, runs._status, runs._limit.Option, runs._before, runs._json };
        command.SetAction(runs.ListAsync);
        return command;
    }

    private async Task<int> ListAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // Runs of a job that the worker no longer has are still there to be looked at, so the name is not checked.
        var filter = new RunFilter(parsed.GetValue(_job), Status(parsed), Before: parsed.GetValue(_before), Limit: (int?)_limit.Read(parsed) ?? 50);
        var runs = await _worker.Store.ListAsync(filter, cancellationToken).ConfigureAwait(false);
        if (parsed.GetValue(_json))
        {
            JsonLine.Write(_worker.Screen, json =>
            {
                json.WriteStartArray();
                foreach (var run in runs) RunJson.WriteRun(json, run);
                json.WriteEndArray();
            });
        }
        else
        {
            WriteText(runs, filter.Limit);
        }

        return ExitCode.Done;
    }

    private void WriteText(IReadOnlyList<Run> runs, int limit)
    {
        if (runs.Count == 0)
        {
            _worker.Screen.WriteLine("There are no such runs.");
            return;
        }

        // Columns that would say the same of every run are left out.
        var hasPartitions = runs.Any(run => run.Partitions > 1);
        var hasQuarantine = runs.Any(run => run.Counters.Quarantined > 0);
        var table = new TextTable(
            ["RUN", "JOB", "STATUS", "ROWS>", "TOTAL>", .. TextTable.If(hasQuarantine, "QUARANTINED>"), .. TextTable.If(hasPartitions, "PARTITIONS>"), "TIME>", "CREATED", "BY"]);
        foreach (var run in runs)
        {
            table.Add([
                run.Id, run.Job, run.Status.ToName(), Phrase.Number(run.Counters.Processed), run.Counters.Total is { } total ? Phrase.Number(total) : "?",
                .. TextTable.If(hasQuarantine, Phrase.Number(run.Counters.Quarantined)), .. TextTable.If(hasPartitions, Phrase.Number(run.Partitions)),
                Phrase.Duration(run.Counters.Active), Phrase.Time(run.CreatedAt), run.CreatedBy ?? "",
            ]);
        }

        table.WriteTo(_worker.Screen);
        if (runs.Count == limit) _worker.Screen.WriteLine($"Older ones: runs --before {runs[^1].Id}");
    }

    private RunStatus? Status(ParseResult parsed)
    {
        if (parsed.GetValue(_status) is not { } text) return null;
        if (RunStatusExtensions.FromName(text.ToLowerInvariant()) is { } status) return status;
        var nearest = NearestName.Find(text, StatusNames());
        throw new DripException(DripErrorKind.Usage, "unknown-status",
            $"There is no status {Quoted.Text(text)}.",
            (nearest is null ? "" : $"Did you mean '{nearest}'? ") + $"Give one of {string.Join(", ", StatusNames())}.");
    }

    private static string[] StatusNames() => Array.ConvertAll(Enum.GetValues<RunStatus>(), status => status.ToName());
}
