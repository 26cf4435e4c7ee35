using System.CommandLine;
using System.Globalization;
using Drip.Hosting.Output;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;
using Drip.Store;

namespace Drip.Hosting.Commands;

/// <summary><c>runs</c>: what ran, newest first.</summary>
internal sealed class RunsCommand
{
    private const int MostRuns = 1000;

    private readonly Option<string> _job = new("--job") { Description = "Only runs of this job", HelpName = "name" };
    private readonly Option<string> _status = new("--status") { Description = "Only runs with this status", HelpName = "status" };
    private readonly Option<string> _limit = new("--limit") { Description = "The most runs to list (default: 50)", HelpName = "runs" };
    private readonly Option<string> _before = new("--before") { Description = "Only runs older than this one: the next page", HelpName = "run" };
    private readonly Option<bool> _json = JsonFlag.Create();
    private readonly Worker _worker;

    private RunsCommand(Worker worker) => _worker = worker;

    public static Command Create(Worker worker)
    {
        var runs = new RunsCommand(worker);
        runs._job.CompletionSources.Add([.. worker.Jobs.All.Select(job => job.Info.Name)]);
        runs._status.CompletionSources.Add(StatusNames());
        var command = new Command("runs", "List runs, newest first") { runs._job, runs._status, runs._limit, runs._before, runs._json };
        command.SetAction(runs.ListAsync);
        return command;
    }

    private async Task<int> ListAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // Runs of a job that the worker no longer has are still there to be looked at, so the name is not checked.
        var filter = new RunFilter(parsed.GetValue(_job), Status(parsed), Before: parsed.GetValue(_before), Limit: Limit(parsed));
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

        var table = new TextTable("RUN", "JOB", "STATUS", "ROWS>", "TOTAL>", "TIME>", "CREATED", "BY");
        foreach (var run in runs)
        {
            table.Add(
                run.Id, run.Job, run.Status.ToName(), Phrase.Number(run.Counters.Processed),
                run.Counters.Total is { } total ? Phrase.Number(total) : "?", Phrase.Duration(run.Counters.Active), Phrase.Time(run.CreatedAt), run.CreatedBy ?? "");
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

    private int Limit(ParseResult parsed)
    {
        if (parsed.GetValue(_limit) is not { } text) return 50;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostRuns) return limit;
        throw new DripException(DripErrorKind.Usage, "malformed-option",
            $"The value {Quoted.Text(text)} of --limit is no such number of runs.",
            $"Give --limit a whole number from 1 to {Phrase.Number(MostRuns)}.");
    }

    private static string[] StatusNames() => Array.ConvertAll(Enum.GetValues<RunStatus>(), status => status.ToName());
}
